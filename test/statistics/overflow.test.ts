import { describe, expect, it } from 'vitest';
import { alignBlocks, compareAlignedRanks } from '../../src/statistics/aligned-rank-test.ts';
import { computeAlignedShift } from '../../src/statistics/aligned-shift.ts';
import { compareSpread } from '../../src/statistics/brown-forsythe.ts';
import { findChangePoint } from '../../src/statistics/change-point.ts';
import { computeCliffsDelta } from '../../src/statistics/cliffs-delta.ts';
import { computeRatio, computeShift } from '../../src/statistics/hodges-lehmann.ts';
import { compareDistributions } from '../../src/statistics/kolmogorov-smirnov.ts';
import { compareRanks } from '../../src/statistics/mann-whitney-test.ts';
import { computeMedianInterval } from '../../src/statistics/median-interval.ts';
import { splitModes } from '../../src/statistics/mode-split.ts';
import { testOrderEffect } from '../../src/statistics/order-effect.ts';
import { compareWithHistory, computeEmpiricalP } from '../../src/statistics/plug-in-test.ts';
import { computeFiveNumbers } from '../../src/statistics/quantile.ts';
import { createRandom } from '../../src/statistics/random.ts';
import { computeRankAutocorrelation } from '../../src/statistics/rank-autocorrelation.ts';
import { correlateRanks } from '../../src/statistics/spearman.ts';
import { compareDistances, computeSpreadInterval } from '../../src/statistics/spread-test.ts';
import { computeVarianceComponents } from '../../src/statistics/variance-components.ts';
import { compareMeans, computeWelchInterval } from '../../src/statistics/welch.ts';

const random = createRandom(1);
const wide = [-1.7e308, 1.7e308, -1e308, 1e308, 0, 1.6e308, -1.5e308, 5e-324];
const large = [1.7e308, 1.6e308, 1.5e308, 1.7e308, 1.4e308, 1.3e308, 1.2e308, 1.1e308];
const tiny = [5e-324, 1e-323, 1.5e-323, 5e-324, 2e-323, 1e-320, 3e-322, 1e-321];
const block = { baseline: wide, candidate: large };
const testMeans = (baseline: readonly number[], candidate: readonly number[]) => {
  const test = compareMeans(baseline, candidate);
  return [test, test.kind === 'tested' ? computeWelchInterval(test, 0.999) : null];
};

/** All numbers anywhere inside. */
function listNumbers(value: unknown): number[] {
  if (typeof value === 'number') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(listNumbers) : [];
}

describe('the largest and smallest numbers give finite figures', () => {
  it.each<[string, () => unknown]>([
    ['alignBlocks', () => alignBlocks([block])],
    ['compareAlignedRanks', () => compareAlignedRanks([block, block], { random })],
    ['computeAlignedShift', () => computeAlignedShift([block, block])],
    ['compareSpread', () => [compareSpread(wide, large), compareSpread(tiny, large), compareSpread(tiny, tiny)]],
    ['findChangePoint', () => findChangePoint([...wide, ...large], 'lepage')],
    ['computeCliffsDelta', () => computeCliffsDelta(wide, large)],
    ['computeShift', () => [computeShift(wide, large), computeShift(large, wide), computeShift(tiny, wide)]],
    ['computeRatio', () => [computeRatio(tiny, large), computeRatio(large, tiny)]],
    ['compareDistributions', () => compareDistributions(wide, tiny)],
    ['compareRanks', () => compareRanks(wide, tiny)],
    ['computeMedianInterval', () => computeMedianInterval(wide)],
    ['splitModes', () => [splitModes(wide, large), splitModes([...tiny, 1e-322, 2e-322], large)]],
    ['testOrderEffect', () => testOrderEffect({ baselineFirst: wide, candidateFirst: large })],
    ['compareWithHistory', () => compareWithHistory({ baseline: large, candidate: wide, history: wide })],
    ['compareWithHistory, tiny', () => compareWithHistory({ baseline: tiny, candidate: tiny, history: tiny })],
    ['computeEmpiricalP', () => computeEmpiricalP({ baseline: large, candidate: wide, history: wide }, { random })],
    ['computeFiveNumbers', () => computeFiveNumbers(wide)],
    ['computeRankAutocorrelation', () => computeRankAutocorrelation(wide, { random })],
    ['correlateRanks', () => correlateRanks(wide, large)],
    ['compareDistances', () => compareDistances([{ baseline: large, candidate: large }], { random, resamples: 99 })],
    [
      'compareDistances, tiny',
      () => compareDistances([{ baseline: tiny, candidate: large }], { random, resamples: 99 }),
    ],
    [
      'computeSpreadInterval',
      () => computeSpreadInterval([{ baseline: large, candidate: large }], { unit: 'entries', random }),
    ],
    ['computeVarianceComponents', () => computeVarianceComponents([wide, large, tiny])],
    ['compareMeans', () => [testMeans(wide, large), testMeans(large, tiny), testMeans(tiny, tiny)]],
  ])('%s', (_, compute) => {
    const numbers = listNumbers(compute());
    expect(numbers.length).toBeGreaterThan(0);
    expect(numbers.filter((number) => !Number.isFinite(number))).toEqual([]);
  });

  it('shows differences as large as a number can be, and ratios of them as they are', () => {
    expect(computeShift([-1.7e308], [1.7e308]).estimate).toBe(Number.MAX_VALUE);
    expect(computeShift([1.7e308], [-1.7e308]).estimate).toBe(-Number.MAX_VALUE);
    expect(computeRatio([1.6e308], [0.8e308]).estimate).toBeCloseTo(0.5, 12);
    const strata = [{ baseline: [1.6e308, 1.6e308], candidate: [0.8e308, 0.8e308] }];
    expect(compareDistances(strata, { random })).toMatchObject({ ratio: 0.5, p: 2 / 6 });
    expect(compareMeans([-1.7e308, -1.6e308], [1.7e308, 1.6e308])).toMatchObject({ difference: Number.MAX_VALUE });
  });
});
