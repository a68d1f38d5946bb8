import { describe, expect, it } from 'vitest';
import { normalQuantile } from '../../src/statistics/normal.ts';
import { testNormality } from '../../src/statistics/normality.ts';
import { createRandom, type Random } from '../../src/statistics/random.ts';

const uniform = (random: Random) => (random.nextUint32() + 0.5) / 2 ** 32;
const share = (draw: (random: Random) => number) => {
  const random = createRandom(1);
  const trials = Array.from({ length: 1000 }, () => testNormality(Array.from({ length: 30 }, () => draw(random))));
  return trials.filter((found) => found.kind === 'tested' && found.p <= 0.01).length / trials.length;
};

describe('testNormality', () => {
  it('keeps its level on normal values, and sees modes and tails', () => {
    expect(share((random) => normalQuantile(uniform(random)))).toBeLessThanOrEqual(0.02);
    expect(share((random) => 0.5 * normalQuantile(uniform(random)) - (uniform(random) < 0.3 ? 3 : 0))).toBeGreaterThan(
      0.8,
    );
    expect(share((random) => -Math.log(uniform(random)))).toBeGreaterThan(0.7);
  });

  it('has no shape to test in few or equal values, and refuses what is no number', () => {
    expect(testNormality([1, 2, 3, 4])).toEqual({ kind: 'constant' });
    expect(testNormality([2, 2, 2, 2, 2])).toEqual({ kind: 'constant' });
    expect(() => testNormality([1, 2, NaN, 4, 5])).toThrow('NaN');
  });

  it('does not mind scale, place, sign or size', () => {
    const values = [1, 2, 4, 4.5, 9, 12];
    const { p } = { p: NaN, ...testNormality(values) };
    for (const change of [(x: number) => x * 1e300, (x: number) => -x, (x: number) => 3 * x + 7]) {
      expect(testNormality(values.map(change))).toMatchObject({ p: expect.closeTo(p, 9) });
    }
  });
});
