import { computeAllocationP } from '../../../src/statistics/allocations.ts';
import type { Random } from '../../../src/statistics/random.ts';
import { answer, computeMean, type PeerRule, type TwoSides } from './rule.ts';

const alpha = 0.01;
const resamples = 9999;

/** Relative to the mean of the baseline: "noise threshold" of its pipeline. */
const noiseThreshold = 0.05;

/**
 * p of Firecracker's test (`tools/ab_test.py`): permutation of the difference of means, two-sided, 9,999 draws.
 * scipy, which it calls, doubles the smaller tail; for sides of equal size that is the same in expectation.
 */
export function computeFirecrackerP({ baseline, candidate }: TwoSides, random: Random): number {
  const pooled = [...baseline, ...candidate];
  const centre = computeMean(pooled);
  // Around zero, the sum of one side says all about the difference of the means.
  const values = Float64Array.from(pooled, (value) => value - centre).sort();
  const sum = candidate.reduce((total, value) => total + (value - centre), 0);
  const slack = Math.abs(sum) * 1e-12;
  const [low, high] = [-Math.abs(sum) + slack, Math.abs(sum) - slack];
  return computeAllocationP({ strata: [{ values, chosen: candidate.length }], low, high, resamples, random }).p;
}

/** p below 0.01, whatever the size. */
export const firecrackerWithoutFloor: PeerRule = {
  name: 'Firecracker without floor',
  decide: (sides, random) => {
    const p = computeFirecrackerP(sides, random);
    return answer(p < alpha, computeMean(sides.candidate) - computeMean(sides.baseline), p);
  },
};

/** As its pipeline runs it: also a mean change of more than 5 %. It asks that of all cells of a metric; here there is one. */
export const firecracker: PeerRule = {
  name: 'Firecracker',
  decide: (sides, random) => {
    const p = computeFirecrackerP(sides, random);
    const [before, after] = [computeMean(sides.baseline), computeMean(sides.candidate)];
    const isLarge = Math.abs(after - before) > noiseThreshold * Math.abs(before);
    return answer(p < alpha && isLarge, after - before, isLarge ? p : 1 + p);
  },
};
