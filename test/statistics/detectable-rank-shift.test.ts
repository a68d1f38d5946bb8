import { describe, expect, it } from 'vitest';
import {
  computeBootstrapRankShift,
  computeDetectableRankShift,
  findCriticalWins,
} from '../../src/statistics/detectable-rank-shift.ts';
import { compareRanks } from '../../src/statistics/mann-whitney-test.ts';
import { createRandom } from '../../src/statistics/random.ts';

const generator = createRandom(11);
/** Sum of twelve uniform numbers: close to normal with standard deviation 1. */
const drawNormal = () =>
  Array.from({ length: 12 }, () => generator.nextUint32() / 2 ** 32).reduce((sum, value) => sum + value, -6);
const draw = (size: number, shift = 0) => Array.from({ length: size }, () => drawNormal() + shift);
const question = { baselineSize: 20, candidateSize: 20, level: 0.05, power: 0.8 };

function isFound(baseline: readonly number[], candidate: readonly number[], level: number): boolean {
  const { p, candidateWins } = compareRanks(baseline, candidate);
  return p <= level && candidateWins > (baseline.length * candidate.length) / 2;
}

describe('computeDetectableRankShift', () => {
  it('is found in new data in about 80 % of trials, when the noise is known and when it is estimated', () => {
    const known = draw(2000);
    for (const level of [0.05, 0.05 / 48]) {
      const shift = computeBootstrapRankShift({ ...question, level, pooled: known, random: createRandom(1) }) ?? NaN;
      const estimate = () =>
        computeDetectableRankShift({ ...question, level, pooled: draw(40), random: createRandom(1) }) ?? NaN;
      const found = { known: 0, estimated: 0 };
      for (let trial = 0; trial < 500; trial += 1) {
        if (isFound(draw(20), draw(20, shift), level)) found.known += 1;
        if (trial < 250 && isFound(draw(20), draw(20, estimate()), level)) found.estimated += 1;
      }
      for (const power of [found.known / 500, found.estimated / 250]) {
        expect(power).toBeGreaterThan(0.74);
        expect(power).toBeLessThan(0.89);
      }
    }
  });

  it('has the worked example', () => {
    const four = { pooled: [1, 2, 3, 4], baselineSize: 4, candidateSize: 4, level: 0.05, power: 0.8 };
    expect(computeBootstrapRankShift({ ...four, random: createRandom(1) })).toBe(3);
    expect(computeDetectableRankShift({ ...four, random: createRandom(1) })).toBeCloseTo(3 * 1.409, 12);
    expect(findCriticalWins(4, 4, 0.05)).toBe(16);
    expect(findCriticalWins(4, 4, 0.01)).toBeNull();
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
