import { describe, expect, it } from 'vitest';
import { computeDetectableRankShift } from '../../src/statistics/detectable-rank-shift.ts';
import { compareRanks } from '../../src/statistics/mann-whitney-test.ts';
import { createRandom } from '../../src/statistics/random.ts';

const generator = createRandom(11);
/** Sum of twelve uniform numbers: close to normal with standard deviation 1. */
const drawNormal = () =>
  Array.from({ length: 12 }, () => generator.nextUint32() / 2 ** 32).reduce((sum, value) => sum + value, -6);
const draw = (size: number, shift = 0) => Array.from({ length: size }, () => drawNormal() + shift);
const question = { baselineSize: 20, candidateSize: 20, level: 0.05, power: 0.8 };

describe('computeDetectableRankShift', () => {
  it('is found by the test in about 80 % of trials', () => {
    const pooled = draw(2000);
    for (const level of [0.05, 0.05 / 48]) {
      const shift = computeDetectableRankShift({ ...question, level, pooled, random: createRandom(1) }) ?? NaN;
      let found = 0;
      for (let trial = 0; trial < 500; trial += 1) {
        const { p, candidateWins } = compareRanks(draw(20), draw(20, shift));
        if (p <= level && candidateWins > 200) found += 1;
      }
      expect(found / 500).toBeGreaterThan(0.74);
      expect(found / 500).toBeLessThan(0.86);
    }
  });

  it('grows with scale, falls with size, is the same for the same seed', () => {
    const pooled = draw(40);
    const compute = (change: object) =>
      computeDetectableRankShift({ ...question, pooled, random: createRandom(1), ...change }) ?? NaN;
    expect(compute({})).toBe(compute({}));
    expect(compute({ pooled: pooled.map((value) => value * 4) })).toBe(4 * compute({}));
    expect(compute({ baselineSize: 80, candidateSize: 80 })).toBeLessThan(compute({}));
    expect(compute({ level: 0.001 })).toBeGreaterThan(compute({}));
  });

  it('is null for sides that can never be significant, 0 for constant data, and refuses no data', () => {
    const options = { ...question, random: createRandom(1) };
    expect(computeDetectableRankShift({ ...options, pooled: [1, 2], baselineSize: 3, candidateSize: 3 })).toBeNull();
    expect(computeDetectableRankShift({ ...options, pooled: [1, 1] })).toBe(0);
    expect(() => computeDetectableRankShift({ ...options, pooled: [] })).toThrow('found none');
    expect(() => computeDetectableRankShift({ ...options, pooled: [NaN] })).toThrow('found NaN');
  });
});
