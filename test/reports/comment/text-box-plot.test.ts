import { describe, expect, it } from 'vitest';
import { drawPlots, drawTextBoxes } from '../../../reports/text-box-plot.ts';
import { createCell, createSide, emptySide } from '../comparison-factory.ts';

const box = (minimum: number, q1: number, median: number, q3: number, maximum: number) =>
  createSide(median, { minimum, q1, median, q3, maximum });

const metric = { name: 'latency', unit: 'x', better: 'lower' } as const;

/** The two lines of letters behind the names of the sides. */
const linesOf = (text: string | null) =>
  (text ?? '')
    .split('\n')
    .slice(1)
    .map((line) => line.slice(11));

describe('a box plot of letters', () => {
  it('has both sides on one scale from the smallest to the largest value', () => {
    const cell = createCell({
      metric,
      margin: null,
      baseline: box(0, 10, 20, 30, 59),
      candidate: box(10, 10, 10, 40, 40),
    });
    const [baseline = '', candidate = ''] = linesOf(drawTextBoxes(cell));
    expect(baseline).toBe(`├${'─'.repeat(9)}${'▒'.repeat(10)}█${'▒'.repeat(10)}${'─'.repeat(28)}┤`);
    expect(candidate).toBe(`${' '.repeat(10)}█${'▒'.repeat(30)}`);
    expect(drawTextBoxes(cell)).toMatch(/^tcp_rr docker bridge: 0 x to 59\.0 x\n/);
  });

  it('does not make a difference large that does not matter', () => {
    const [baseline = '', candidate = ''] = linesOf(
      drawTextBoxes(
        createCell({
          metric,
          margin: { value: 0.02, source: 'policy' },
          baseline: box(100, 100, 100, 100, 100),
          candidate: box(100.5, 100.5, 100.5, 100.5, 100.5),
        }),
      ),
    );
    expect(Math.abs(baseline.indexOf('█') - candidate.indexOf('█'))).toBeLessThan(5);
  });

  it('is in the middle where all values are the same', () => {
    const same = box(5, 5, 5, 5, 5);
    expect(linesOf(drawTextBoxes(createCell({ metric, margin: null, baseline: same, candidate: same })))).toEqual([
      `${' '.repeat(30)}█`,
      `${' '.repeat(30)}█`,
    ]);
  });

  it('draws the single replies of ping', () => {
    const replies = { n: 80, minimum: 1, q1: 2, median: 3, q3: 4, maximum: 9 };
    expect(drawTextBoxes(createCell({ metric, baseline: createSide(5, { replies }), candidate: emptySide }))).toMatch(
      /^tcp_rr docker bridge: 1\.00 x to 9\.00 x\nbaseline {3}├.*┤\ncandidate {2}nothing measured$/,
    );
  });

  it('is not there without values', () => {
    const cell = createCell({ baseline: emptySide, candidate: emptySide });
    expect(drawTextBoxes(cell)).toBeNull();
    expect(drawPlots([cell], true)).toBeNull();
  });

  it('does not end its block of code early', () => {
    const cell = createCell({ id: 'a```\n```\nb' });
    expect(drawPlots([cell], false)?.match(/```/g)).toHaveLength(2);
  });
});
