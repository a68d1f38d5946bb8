import { expect, it } from 'vitest';
import { addSubsetSums, addTableEntries } from '../../src/statistics/add-random-sums.ts';
import { alignBlocks, approximateAlignedP } from '../../src/statistics/aligned-rank-test.ts';
import { computeAlignedShift } from '../../src/statistics/aligned-shift.ts';
import { countAllocationSums, findStep } from '../../src/statistics/allocation-tails.ts';
import { computeAllocationP } from '../../src/statistics/allocations.ts';
import { chooseScale } from '../../src/statistics/choose-scale.ts';
import { findCriticalDistances } from '../../src/statistics/critical-distance.ts';
import { findMiddleDifference } from '../../src/statistics/hodges-lehmann.ts';
import { keepFinite } from '../../src/statistics/keep-finite.ts';
import { logChoose } from '../../src/statistics/log-gamma.ts';
import { isDistributionAffordable } from '../../src/statistics/mann-whitney-distribution.ts';
import { computeRankVariance } from '../../src/statistics/mann-whitney-test.ts';
import { computeMedianOrders } from '../../src/statistics/median-interval.ts';
import { approximateAllocationP, computeAllocationMoments } from '../../src/statistics/normal-allocations.ts';
import { testNormality } from '../../src/statistics/normality.ts';
import { computeDistanceShare, drawNullDistances } from '../../src/statistics/plug-in-test.ts';
import { computeMedian, sortAscending } from '../../src/statistics/quantile.ts';
import { createRandom, createXoshiro128 } from '../../src/statistics/random.ts';
import { computeNeighbourCorrelation } from '../../src/statistics/rank-autocorrelation.ts';
import { computeDistanceP } from '../../src/statistics/rank-sum-distribution.ts';
import { alignShifted, sortBlock } from '../../src/statistics/shifted-residuals.ts';
import { computeSpreadInterval } from '../../src/statistics/spread-test.ts';
import { studentTCdf } from '../../src/statistics/student-t.ts';
import { listSubsetSums } from '../../src/statistics/subset-sums.ts';
import { compareMeans, computeWelchInterval } from '../../src/statistics/welch.ts';

const random = () => createRandom(1);

// The examples of docstrings that no other test has.
it.each<[string, () => unknown, unknown]>([
  ['alignBlocks', () => alignBlocks([{ baseline: [1, 2], candidate: [4] }]), { baseline: [-1, 0], candidate: [2] }],
  [
    'computeAlignedShift',
    () =>
      computeAlignedShift([
        { baseline: [1, 2], candidate: [4, 5] },
        { baseline: [11, 12], candidate: [14, 15] },
        { baseline: [5, 6], candidate: [8, 9] },
      ]),
    { estimate: 3, interval: [2, 4], achieved: expect.closeTo(1 - 8 / 216, 12) },
  ],
  [
    'findCriticalDistances',
    () => findCriticalDistances([{ values: Float64Array.of(1, 2, 3, 4), chosen: 2 }], [0.4, 0.3]),
    [{ distance: 2, share: 2 / 6 }, null],
  ],
  [
    'countAllocationSums',
    () => countAllocationSums([{ values: Float64Array.of(1, 2, 3, 4), chosen: 2 }], 1e7),
    { smallest: 3, step: 1, counts: Float64Array.of(1, 1, 2, 1, 1), total: 6 },
  ],
  [
    'computeAllocationMoments',
    () => computeAllocationMoments([{ values: Float64Array.of(1, 2, 3, 4), chosen: 2 }]),
    { mean: 5, variance: 5 / 3 },
  ],
  [
    'alignShifted',
    () => alignShifted([sortBlock({ baseline: [1, 2], candidate: [4] })], 2),
    { left: Float64Array.of(-1, 0), right: Float64Array.of(0), equal: 0 },
  ],
  ['findMiddleDifference', () => findMiddleDifference(Float64Array.of(0, 1), Float64Array.of(0, 10)), 4.5],
  [
    'computeAllocationP',
    () => {
      const strata = [{ values: Float64Array.of(1, 2, 3, 4), chosen: 2 }];
      return computeAllocationP({ strata, low: 3, high: 7, resamples: 9, random: random() });
    },
    { p: 2 / 6, exhaustive: true },
  ],
  [
    'approximateAllocationP',
    () => approximateAllocationP([{ values: Float64Array.of(1, 2, 3, 4), chosen: 2 }], { low: 3, high: 7, step: 1 }),
    expect.closeTo(0.2453, 4),
  ],
  [
    'approximateAlignedP',
    () => approximateAlignedP(Array(2).fill({ baseline: [1, 2, 3], candidate: [4, 5, 6] })),
    expect.closeTo(0.0087, 4),
  ],
  ['findStep', () => findStep([{ values: Float64Array.of(1, 3, 7), chosen: 1 }]), 2],
  [
    // W' and p by numpy and scipy from the formulas of the source.
    'testNormality',
    () => testNormality([1, 2, 3, 4, 5, 6, 7, 30]),
    { kind: 'tested', statistic: expect.closeTo(0.59901380637688, 13), p: expect.closeTo(0.00105097098507578, 13) },
  ],
  [
    'drawNullDistances',
    () => [...drawNullDistances({ sizes: [1, 2], history: [3, 3] }, { resamples: 3, random: random() })],
    [0, 0, 0],
  ],
  ['computeDistanceShare', () => computeDistanceShare(Float64Array.of(0, 1, 2), 1), 3 / 4],
  ['chooseScale', () => chooseScale([3, -12]), 8],
  ['keepFinite', () => [keepFinite(1e308 * 10), keepFinite(3)], [Number.MAX_VALUE, 3]],
  ['logChoose', () => logChoose(5, 2), expect.closeTo(Math.log(10), 12)],
  [
    'isDistributionAffordable',
    () => [isDistributionAffordable(200, 200), isDistributionAffordable(2000, 2000)],
    [true, false],
  ],
  ['computeRankVariance', () => computeRankVariance({ baselineSize: 2, candidateSize: 2, tieSizes: [2] }), 1.5],
  [
    'computeMedianOrders',
    () => computeMedianOrders(20, 0.95),
    { lower: 6, upper: 15, achieved: expect.closeTo(0.9586, 4) },
  ],
  ['sortAscending', () => [...sortAscending([3, 1, 2])], [1, 2, 3]],
  ['computeMedian', () => [computeMedian([4, 1, 2]), computeMedian([1, 2])], [2, 1.5]],
  ['createRandom', () => [createRandom(1).nextUint32(), createRandom('1:a').nextUint32()], [1695105466, 1208893686]],
  ['createXoshiro128', () => createXoshiro128([1, 2, 3, 4]).nextUint32(), 11520],
  ['computeNeighbourCorrelation', () => computeNeighbourCorrelation([1, 2, 3, 4]), 0.25],
  ['computeDistanceP', () => computeDistanceP({ ranks: [1, 2.5, 2.5, 4], chosen: 1, rankSum: 4 }), 0.5],
  [
    'computeSpreadInterval',
    () =>
      computeSpreadInterval([{ baseline: [1, 1, 2, 2], candidate: [2, 2, 4, 4] }], {
        unit: 'entries',
        random: random(),
      }),
    [expect.closeTo(1.25, 12), expect.closeTo(3.2, 12)],
  ],
  ['studentTCdf', () => studentTCdf(1, 1), expect.closeTo(0.75, 12)],
  [
    'listSubsetSums',
    () => listSubsetSums(Float64Array.of(1, 2, 4)).map((sums) => [...sums].sort()),
    [[0], [1, 2, 4], [3, 5, 6], [7]],
  ],
  [
    'computeWelchInterval',
    () => {
      const test = compareMeans([1.1, 2.2, 3.3, 4.4], [5.5, 6.6, 7.7, 8.8]);
      return test.kind === 'tested' ? computeWelchInterval(test, 0.95) : null;
    },
    [expect.closeTo(1.943, 3), expect.closeTo(6.857, 3)],
  ],
])('%s has the example it is documented with', (_, compute, wanted) => {
  expect(compute()).toEqual(wanted);
});

it('random sums are certain where there is no choice', () => {
  const [table, subset] = [Float64Array.of(10, 20), Float64Array.of(10, 20)];
  addTableEntries(table, Float64Array.of(5), random());
  addSubsetSums(subset, { values: Float64Array.of(3, 3), chosen: 1 }, random());
  expect([[...table], [...subset]]).toEqual([
    [15, 25],
    [13, 23],
  ]);
});
