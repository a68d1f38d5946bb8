import { describe, expect, it } from 'vitest';
import { renderMarkdown } from '../../reports/markdown.ts';
import { comparisonSchema } from '../../src/comparison/comparison.schema.ts';
import {
  createCell,
  createComparison,
  createInvalidComparison,
  createMixedComparison,
  createQuietComparison,
  createShortComparison,
  createWholeComparison,
  emptySide,
} from './comparison-factory.ts';

const situations = {
  mixed: createMixedComparison,
  invalid: createInvalidComparison,
  short: createShortComparison,
  quiet: createQuietComparison,
  empty: () => createComparison([]),
};

const hostile = 'a|b <img src=x onerror=1>\n# [click](http://example.org) `x` @someone **b** $y$';

describe('the Markdown report', () => {
  it.each(Object.entries(situations))(
    'of a made-up comparison (%s) is one of a real one: it fits the schema',
    (_, create) => {
      expect(comparisonSchema.parse(create())).toEqual(create());
    },
  );

  it.each(Object.entries(situations))('reads well: %s', async (name, create) => {
    await expect(renderMarkdown(create())).toMatchFileSnapshot(`../fixtures/reports/${name}.md`);
  });

  it('shows pictures by their paths', () => {
    const plots = [{ title: 'tcp_rr over bridge: latency', path: 'plots/tcp_rr-bridge.svg' }];
    expect(renderMarkdown(createMixedComparison(), { plots })).toContain(
      '\n\n### Box plots\n\n![tcp_rr over bridge: latency](plots/tcp_rr-bridge.svg)\n\n',
    );
  });

  it('lets no text from outside become markup', () => {
    const report = renderMarkdown(createHostileComparison(), { plots: [{ title: hostile, path: 'plots/a.svg' }] });
    expect(report).not.toMatch(/<img|\]\(http|http:\/\/|@someone|\*\*b|`x`|\n# |\$y/);
    const tables = report.split('\n\n').filter((part) => part.startsWith('|'));
    expect(tables.length).toBeGreaterThan(4);
    for (const table of tables) {
      expect(new Set(table.split('\n').map((line) => line.split('|').length)).size).toBe(1);
    }
  });

  it('folds what is long and never what is invalid', () => {
    const cells = Array.from({ length: 20 }, (_, index) =>
      createCell({ id: `docker/bridge/test${index}/latency`, verdict: 'invalid', reason: `reason ${index}` }),
    );
    const warnings = cells.map((_, index) => `warning ${index}`);
    const report = renderMarkdown(createComparison(cells, { warnings }));
    expect(openText(report)).toContain('reason 19');
    expect(openText(report)).not.toContain('warning 19');
    expect(report).toContain('- warning 19');
  });

  it('names the number of samples where it is not the planned one', () => {
    const cell = createCell({ baseline: { ...createCell().baseline, n: 7 }, candidate: emptySide });
    const [row] = renderMarkdown(createComparison([cell])).match(/^\| tcp_rr .*$/m) ?? [];
    expect(row?.replaceAll('\u00a0', ' ')).toContain('| 61.1 µs (58.0 to 67.2), n 7 | – |');
  });

  it('of two guests with every metric stays well below the size of a comment on GitHub', () => {
    expect(renderMarkdown(createWholeComparison()).length).toBeLessThan(65_536 / 3);
  });

  it('does not depend on anything but the comparison, and does not change it', () => {
    const comparison = createMixedComparison();
    const copy = structuredClone(comparison);
    expect(renderMarkdown(comparison)).toBe(renderMarkdown(copy));
    expect(comparison).toEqual(copy);
  });
});

/** The text that is visible before anything is unfolded. */
function openText(report: string): string {
  return report.replace(/<details>.*?<\/details>/gs, '');
}

/** Every field that any text can reach holds the worst of it. */
function createHostileComparison() {
  const side = { profile: hostile, sha256: 'c'.repeat(64), revision: hostile };
  const reading = { requested: hostile, found: hostile, probe: hostile };
  return createComparison(
    ['invalid', 'inconclusive'].flatMap((verdict) =>
      [hostile, 'bare'].map((guest) =>
        createCell({
          id: `${guest.replaceAll('/', '')}/bridge/tcp_rr/latency`,
          metric: { name: hostile, unit: hostile, better: 'lower' },
          role: guest === hostile && verdict === 'invalid' ? 'secondary' : 'primary',
          verdict: verdict === 'invalid' ? 'invalid' : 'inconclusive',
          reason: hostile,
          warnings: [hostile],
        }),
      ),
    ),
    {
      context: {
        baseline: side,
        candidate: side,
        runs: [hostile],
        versions: { netperf: hostile },
        facts: { 'host.cpu.model': hostile },
      },
      environmentDifference: [{ scope: 'host', key: hostile, baseline: hostile, candidate: hostile, declared: false }],
      parameterDifference: [{ parameter: hostile, layer: 'guest', baseline: hostile, candidate: null, applied: true }],
      notApplied: [{ parameter: hostile, layer: 'host', side: 'baseline', value: hostile }],
      treatment: {
        verified: 0,
        mismatch: 1,
        unprobed: 0,
        notApplicable: 0,
        notVerified: [{ side: 'baseline', parameter: hostile, layer: 'guest', ...reading, result: 'mismatch' }],
      },
      failures: [
        {
          deployment: hostile,
          side: 'baseline',
          guest: 'docker',
          attachment: 'bridge',
          test: null,
          reason: hostile,
          retried: false,
        },
      ],
      warnings: [hostile],
    },
  );
}
