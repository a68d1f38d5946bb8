import type { CommentInput } from '../../../reports/comment.ts';
import { createCell, createComparison, createSide, regression } from '../comparison-factory.ts';
import { createInput, createRequest, createRequested, createSection } from './comment-factory.ts';

/** What a title, a log or a file of a stranger may hold. */
export const hostile =
  'a|b <img src=x onerror=1>\n# [click](http://example.org) `x` ``` @someone **b** $y$ #12 </details>\n> [!CAUTION] --> ~~~\u001b[31m\u202e';

/** Every field that any text can reach holds the worst of it. */
export function createHostileInput(repeat = 1): CommentInput {
  const text = hostile.repeat(repeat);
  const side = { profile: text, sha256: text, revision: text };
  const reading = { parameter: text, layer: 'guest', requested: text, found: text, probe: text } as const;
  const difference = { parameter: text, layer: 'guest', baseline: text, candidate: text } as const;
  const result = createComparison(
    (['invalid', 'inconclusive', 'regressed', 'improved'] as const).flatMap((verdict) =>
      [`${text.replaceAll('/', '')}/bridge/tcp_rr/latency`, text].map((id) =>
        createCell({
          ...(verdict === 'regressed' ? regression : {}),
          ...{ id, verdict, reason: text, warnings: [text] },
          metric: { name: text, unit: text, better: 'lower' },
          baseline: createSide(61.1e-6),
          candidate: createSide(62e-6),
          spread: { ratio: 2, interval95: [1.5, 3], p: 0.001, pAdjusted: 0.01, verdict: 'regressed' },
        }),
      ),
    ),
    {
      context: {
        baseline: side,
        candidate: side,
        runs: [text],
        versions: { netperf: text },
        facts: { 'host.cpu.model': text },
      },
      plan: { name: text },
      environmentDifference: [{ scope: 'host', key: text, baseline: text, candidate: text, declared: false }],
      parameterDifference: [
        { ...difference, applied: true },
        { ...difference, applied: false },
      ],
      notApplied: [{ parameter: text, layer: 'host', side: 'baseline', value: text }],
      treatment: {
        ...{ verified: 0, mismatch: 1, unprobed: 0, notApplicable: 0 },
        notVerified: [{ ...reading, side: 'baseline', result: 'mismatch' }],
        readings: [{ ...reading, side: 'candidate', result: 'verified' }],
      },
      headlines: [
        {
          ...{ test: text, metric: { name: text, unit: text, better: 'lower' }, cells: 2 },
          ...{ ratio: { estimate: 1, interval95: null }, p: 0.5, pMethod: text },
        },
      ],
      failures: [
        {
          ...{ deployment: text, side: 'baseline', guest: 'docker', attachment: 'bridge', test: null },
          ...{ reason: text, retried: false },
        },
      ],
      warnings: [text],
    },
  );
  return createInput({
    state: 'partial',
    request: createRequest({
      approvedBy: text,
      comparisons: [
        createRequested({ name: text, notes: [text], parameterDifference: [{ ...difference, applied: true }] }),
      ],
      hosts: [text],
      notes: [text],
    }),
    sections: [
      createSection(result, { comparison: text, host: text, missing: text }),
      createSection(null, { comparison: text, host: text, missing: text }),
    ],
    links: {
      run: text,
      artifacts: [
        { name: text, url: `https://example.org/${text}` },
        { name: text, url: 'javascript:alert(1)' },
      ],
    },
    gate: { conclusion: 'failure', sentence: text },
  });
}
