import { describe, expect, it } from 'vitest';
import { renderMarkdown } from '../../reports/markdown.ts';
import { comparisonSchema } from '../../src/comparison/comparison.schema.ts';
import { createCell, createComparison, createMixedComparison, createShortComparison } from './comparison-factory.ts';

const golden = (name: string) => `../fixtures/reports/${name}.md`;

describe('the Markdown report', () => {
  it('of made-up comparisons is one of real ones: they fit the schema', () => {
    for (const comparison of [createMixedComparison(), createShortComparison()]) {
      expect(comparisonSchema.parse(comparison)).toEqual(comparison);
    }
  });

  it('shows every verdict with its reason, and what a reader must know besides', async () => {
    const plots = [{ title: 'tcp_rr over bridge: latency', path: 'plots/tcp_rr-bridge.svg' }];
    await expect(renderMarkdown(createMixedComparison(), { plots })).toMatchFileSnapshot(golden('mixed'));
  });

  it('says what a short, partial run cannot tell', async () => {
    await expect(renderMarkdown(createShortComparison())).toMatchFileSnapshot(golden('short'));
  });

  it('lets no text from outside become markup', () => {
    const hostile = 'a|b <img src=x onerror=1>\n# [click](http://example.org) `x` @someone **b**';
    const report = renderMarkdown(
      createComparison(
        [
          createCell({
            id: `docker/bridge/${hostile.replaceAll('/', '')}/latency`,
            verdict: 'invalid',
            reason: hostile,
          }),
        ],
        {
          warnings: [hostile],
          parameterDifference: [
            { parameter: hostile, layer: 'guest', baseline: hostile, candidate: null, applied: true },
          ],
        },
      ),
    );
    expect(report).not.toMatch(/<img|\]\(http|@someone|\*\*b|`x`|\n# /);
    const [head, ruler, row] = report.split('\n').filter((line) => line.startsWith('|'));
    const pipes = (line = '') => line.split('|').length;
    expect([pipes(ruler), pipes(row)]).toEqual([pipes(head), pipes(head)]);
  });

  it('does not depend on anything but the comparison, and does not change it', () => {
    const comparison = createMixedComparison();
    const copy = structuredClone(comparison);
    expect(renderMarkdown(comparison)).toBe(renderMarkdown(copy));
    expect(comparison).toEqual(copy);
  });
});
