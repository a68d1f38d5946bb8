import { describe, expect, it } from 'vitest';
import { listComparisons } from '../../reports/list-comparisons.ts';
import { renderMarkdown } from '../../reports/markdown.ts';
import {
  createCell,
  createComparison,
  createGuestRatio,
  createMixedComparison,
  createSide,
} from './comparison-factory.ts';

const rowsOf = (comparison: Parameters<typeof listComparisons>[0], title: string) =>
  listComparisons(comparison).find((remark) => remark.title.startsWith(title))?.table?.rows;

describe('what rows show together', () => {
  it('a test over all its rows, where it has several', () => {
    expect(rowsOf(createMixedComparison(), 'Each test')).toEqual([
      ['tcp_rr', '2', '↓ lower', '−16.0 % (−20.0 to −12.0)', '< 0.001'],
    ]);
  });

  it('the rows whose spread changed, and how many were tested', () => {
    const comparison = createMixedComparison();
    expect(rowsOf(comparison, 'Spread')).toEqual([
      ['tcp_rr docker bridge', '▲ steadier', '0.480 x (0.310 to 0.720)', '0.004'],
    ]);
    expect(renderMarkdown(comparison)).toContain('No other change shown in 1 of 2 rows.');
  });

  it('in one sentence when no spread changed', () => {
    const spread = { ratio: 1.1, interval95: null, p: 0.4, verdict: 'inconclusive' as const };
    const [remark] = listComparisons(createComparison([createCell({ spread })]));
    expect(remark?.lines).toEqual(['No change shown in 1 of 1 rows.']);
    expect(remark?.table).toBeUndefined();
  });

  it('one guest as a multiple of another, on both sides', () => {
    expect(rowsOf(createMixedComparison(), 'One guest')).toEqual([
      ['tcp_rr', 'bridge', 'docker / bare', '↓ lower', '1.27 x (1.21 to 1.34)', '0.894 x'],
    ]);
  });

  it('always with the accelerator of a virtual machine', () => {
    const ratio = { estimate: 3.1, interval95: null };
    const guestRatios = [
      { ...createGuestRatio('baseline', ratio), guest: 'qemu' as const, accelerator: 'tcg' as const },
    ];
    const cell = createCell({ id: 'qemu/bridge/tcp_rr/latency', accelerator: 'tcg' });
    const text = renderMarkdown(createComparison([cell], { guestRatios }));
    expect(text).toMatch(/^\| tcp\\?_rr \| qemu \(tcg\)/m);
    expect(text).toContain('qemu (tcg) / bare');
  });
});

describe('what would be in the way', () => {
  it('has no guests side by side where ids name none', () => {
    const cells = ['Encode sec/op', 'a/b/c/d', 'docker/bridge/tcp_rr/latency'].map((id) => createCell({ id }));
    expect(rowsOf(createComparison(cells), 'Guests')).toBeUndefined();
  });

  it('is folded when it is a long table of guests, not when it is short', () => {
    const guestRatios = Array.from({ length: 13 }, (_, index) => ({
      ...createGuestRatio('baseline', { estimate: 1.2, interval95: null }),
      host: `host${index}`,
    }));
    const report = (count: number) =>
      renderMarkdown(createComparison([createCell()], { guestRatios: guestRatios.slice(0, count) }));
    expect(report(13)).toContain(
      '### One guest as a multiple of another\n\n<details><summary>13 rows</summary>\n\n| test |',
    );
    expect(report(12)).toContain('### One guest as a multiple of another\n\n| test |');
  });

  it('is no row of zeros: values far below a second have a scaled unit', () => {
    const cell = createCell({
      id: 'Encode/small-8 sec/op',
      metric: { name: 'Encode/small-8', unit: 'sec/op', better: 'lower' },
      baseline: createSide(2402e-9),
      candidate: createSide(2502e-9),
    });
    expect(renderMarkdown(createComparison([cell])).replaceAll('\u00a0', ' ')).toContain(
      '| 2.40 µs/op (2.28 to 2.64) | 2.50 µs/op (2.38 to 2.75) |',
    );
  });
});

describe('a comparison of values without a run', () => {
  it('is shown with what is known of it', () => {
    const text = renderMarkdown({ ...createComparison([createCell()]), context: null });
    expect(text).toContain('Unchanged: candidate against baseline');
    expect(text).toContain('how they were measured is not known');
    expect(text).not.toContain('Proof of treatment');
    expect(text).not.toContain('run.jsonl');
  });
});

describe('how the table is explained', () => {
  it('says what the change is for each unit of evidence', () => {
    const cells = (['block', 'sample'] as const).map((observation) => createCell({ observation }));
    const text = renderMarkdown(createComparison(cells));
    expect(text).toContain('change, where the unit is the block: middle of all ratios');
    expect(text).toContain('every value is taken as independent');
    expect(text).not.toContain('medians of the fresh starts');
  });
});
