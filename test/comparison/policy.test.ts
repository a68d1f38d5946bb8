import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Context } from '../../src/comparison/comparison.schema.ts';
import { decideGate, hasUsableCell } from '../../src/comparison/decide-gate.ts';
import { summarizeFamily } from '../../src/comparison/family-verdict.ts';
import { parsePolicy } from '../../src/comparison/parse-policy.ts';
import { defaultPolicy } from '../../src/comparison/policy.schema.ts';
import { ConfigurationError } from '../../src/errors.ts';
import { buildRun } from './build-run.ts';
import { compare } from './compare.ts';

describe('parsePolicy', () => {
  it('reads margins by metric and by cell, and the gate', () => {
    const text = [
      'margins: { throughput: 0.03, latency_p99: 0.1 }',
      'cellMargins:',
      '  docker/bridge/tcp_rr/latency: 0.04',
      '  stock-1:bare/vf/ping/loss: 0.5',
      'gate: { inconclusive: fail }',
    ].join('\n');
    expect(parsePolicy(text, 'tunegate.policy.yaml')).toEqual({
      margins: { throughput: 0.03, latency_p99: 0.1 },
      cellMargins: { 'docker/bridge/tcp_rr/latency': 0.04, 'stock-1:bare/vf/ping/loss': 0.5 },
      gate: { inconclusive: 'fail' },
      history: {},
    });
  });

  it('keeps the defaults of what is left out', () => {
    expect(parsePolicy('margins: {}', 'p.yaml')).toEqual(defaultPolicy);
    expect(parsePolicy('gate: {}', 'p.yaml')).toEqual(defaultPolicy);
  });

  it.each([
    ['margins:\n  throughpt: 0.01', 'p.yaml:2:3: unknown key "throughpt" (did you mean "throughput"?) in margins'],
    ['margins:\n  latency: 2 %', 'p.yaml:2:12: margins.latency must be a number from 0.0001 to 1, found "2 %"'],
    ['margins:\n  latency: 0', 'p.yaml:2:12: margins.latency must be a number from 0.0001 to 1, found 0'],
    ['margins:\n  latency: 2', 'p.yaml:2:12: margins.latency must be a number from 0.0001 to 1, found 2'],
    ['gates: {}', 'p.yaml:1:1: unknown key "gates" (did you mean "gate"?)'],
    ['gate: { inconclusive: red }', 'p.yaml:1:23: gate.inconclusive must be pass or fail, found "red"'],
    [
      'cellMargins:\n  docker/bridge/tcp_rr: 0.1',
      'p.yaml:2:3: a key of cellMargins must be guest/attachment/test/metric with the words of `tunegate plan`, as in docker/bridge/tcp_rr/latency, found "docker/bridge/tcp_rr"',
    ],
    ['cellMargins: { docker/bridge/tcp_rr/throughput: 0.1 }', 'p.yaml:1:16: a key of cellMargins must be'],
    ['cellMargins: { docker/bridge/tcp_rr/latency/x: 0.1 }', 'p.yaml:1:16: a key of cellMargins must be'],
    ['- 1', 'p.yaml:1:1'],
    ['margins: [', 'p.yaml:1'],
  ])('refuses %j with place, key, found and accepted', (text, message) => {
    expect(() => parsePolicy(text, 'p.yaml')).toThrow(ConfigurationError);
    expect(() => parsePolicy(text, 'p.yaml')).toThrow(message);
  });

  it('throws nothing but its own error, whatever the text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        try {
          parsePolicy(text, 'p.yaml');
        } catch (thrown) {
          expect(thrown).toBeInstanceOf(ConfigurationError);
        }
      }),
    );
  });
});

describe('summarizeFamily', () => {
  const verdicts = ['unchanged', 'improved', 'inconclusive', 'invalid', 'regressed'] as const;

  it('takes the first present of regressed, invalid, inconclusive, improved, unchanged', () => {
    for (const [index, worst] of verdicts.entries()) {
      const cells = verdicts.slice(0, index + 1).map((verdict) => ({ role: 'primary' as const, verdict }));
      expect(summarizeFamily(cells)).toMatchObject({ verdict: worst, [worst]: 1, unchanged: 1 });
    }
  });

  it('counts primary cells only', () => {
    const family = summarizeFamily([
      { role: 'secondary', verdict: 'regressed' },
      { role: 'primary', verdict: 'improved' },
    ]);
    expect(family).toEqual({
      verdict: 'improved',
      regressed: 0,
      improved: 1,
      unchanged: 0,
      inconclusive: 0,
      invalid: 0,
    });
    expect(summarizeFamily([]).verdict).toBe('inconclusive');
  });
});

describe('decideGate', () => {
  const comparison = compare(buildRun());
  const none = { verdict: 'unchanged', regressed: 0, improved: 0, unchanged: 0, inconclusive: 0, invalid: 0 } as const;
  const strict = { ...defaultPolicy, gate: { inconclusive: 'fail' as const } };
  const decide = (
    family: Partial<typeof comparison.family>,
    policy = defaultPolicy,
    status: Context['status'] = 'complete',
  ) =>
    decideGate(
      {
        ...comparison,
        family: { ...none, ...family },
        context: comparison.context && { ...comparison.context, status },
      },
      policy,
    );

  it('is 0 when nothing speaks against the change', () => {
    expect(decide({ unchanged: 3, improved: 1 })).toBe(0);
  });

  it('is 3 for a regression, whatever else there is', () => {
    expect(decide({ regressed: 1, invalid: 1 }, strict, 'killed')).toBe(3);
  });

  it('is 4 for an invalid cell or a run that is not complete', () => {
    expect(decide({ invalid: 1 })).toBe(4);
    for (const status of ['partial', 'interrupted', 'killed'] as const)
      expect(decide({}, defaultPolicy, status)).toBe(4);
  });

  it('lets inconclusive pass unless the policy says otherwise', () => {
    expect(decide({ inconclusive: 2 })).toBe(0);
    expect(decide({ inconclusive: 2 }, strict)).toBe(4);
    expect(decide({ inconclusive: 0 }, strict)).toBe(0);
  });
});

describe('hasUsableCell', () => {
  it('wants measured samples on both sides of a cell', () => {
    const run = buildRun();
    expect(hasUsableCell(compare(run))).toBe(true);
    expect(hasUsableCell(compare({ ...run, samples: [] }))).toBe(false);
    const baseline = run.deployments.filter(({ side }) => side === 'baseline').map(({ id }) => id);
    const samples = run.samples.filter(({ deployment }) => baseline.includes(deployment));
    expect(hasUsableCell(compare({ ...run, samples }))).toBe(false);
  });
});
