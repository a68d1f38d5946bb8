import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/statistics/random.ts';
import { computeRankAutocorrelation } from '../../src/statistics/rank-autocorrelation.ts';

function correlate(series: readonly number[], resamples = 1999) {
  const found = computeRankAutocorrelation(series, { random: createRandom(1), resamples });
  if (found.kind !== 'tested') throw new Error('expected a series that varies');
  return found;
}

describe('computeRankAutocorrelation', () => {
  it('has the worked example, counted', () => {
    expect(correlate([1, 2, 3, 4])).toEqual({
      kind: 'tested',
      coefficient: 0.25,
      p: expect.closeTo(4 / 24, 12),
      pPositive: expect.closeTo(2 / 24, 12),
      exhaustive: true,
    });
    // No order has neighbours that differ more.
    expect(correlate([2, 4, 1, 3]).pPositive).toBe(1);
  });

  it('counts orders of tied values', () => {
    // Scores -1, -1, 1, 1 (times 2): sums of neighbours are 1 for aabb and bbaa, -1 for abba, baab, -3 for abab, baba.
    expect(correlate([5, 5, 9, 9])).toMatchObject({ coefficient: 0.25, pPositive: expect.closeTo(1 / 3, 12) });
    expect(correlate([5, 9, 5, 9])).toMatchObject({ coefficient: -0.75, pPositive: 1, p: expect.closeTo(2 / 3, 12) });
  });

  it('draws longer series: finds dependence, keeps its size without, the same for the same seed', () => {
    const random = createRandom(2);
    const independent = (length: number) => Array.from({ length }, () => random.nextUint32());
    let value = 0;
    const dependent = independent(40).map((next) => {
      value = 0.8 * value + next / 2 ** 32 - 0.5;
      return value;
    });
    expect(correlate(dependent).pPositive).toBeLessThan(0.01);
    expect(correlate(dependent)).toEqual(correlate(dependent));
    const trials = Array.from({ length: 400 }, () => correlate(independent(12), 199).pPositive);
    const share = trials.filter((p) => p <= 0.1).length / trials.length;
    expect(share).toBeGreaterThan(0.05);
    expect(share).toBeLessThan(0.15);
  });

  it('is never 0, changes no input, and has nothing to say of constants and two values', () => {
    const rising = Object.freeze(Array.from({ length: 30 }, (_, index) => index));
    expect(correlate(rising, 99)).toMatchObject({ p: 0.01, pPositive: 0.01, exhaustive: false });
    const options = { random: createRandom(1) };
    expect(computeRankAutocorrelation([3, 3, 3, 3], options)).toEqual({ kind: 'constant' });
    expect(computeRankAutocorrelation([1, 2], options)).toEqual({ kind: 'constant' });
    expect(computeRankAutocorrelation([], options)).toEqual({ kind: 'constant' });
    expect(() => computeRankAutocorrelation([1, NaN, 2], options)).toThrow('found NaN');
  });
});
