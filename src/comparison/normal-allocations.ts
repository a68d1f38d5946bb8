import type { Stratum } from '../statistics/allocations.ts';
import { normalCdf } from '../statistics/normal.ts';

/**
 * What `computeAllocationP` gives in the limit of large strata, where drawing would take seconds: the sum over chosen
 * values is normal, with the mean and the variance of sampling without replacement in each stratum. From 0 to 1;
 * constant data give 1. Source: Lehmann, "Nonparametrics: statistical methods based on ranks", appendix 4.
 */
export function approximateAllocationP(strata: readonly Stratum[], low: number, high: number): number {
  const moments = strata.map(computeMoments);
  const mean = moments.reduce((sum, moment) => sum + moment.mean, 0);
  const deviation = Math.sqrt(moments.reduce((sum, moment) => sum + moment.variance, 0));
  if (deviation === 0) return 1;
  return Math.min(1, normalCdf((low - mean) / deviation) + normalCdf((mean - high) / deviation));
}

function computeMoments({ values, chosen }: Stratum): { mean: number; variance: number } {
  const count = values.length;
  const average = values.reduce((sum, value) => sum + value, 0) / count;
  const squares = values.reduce((sum, value) => sum + (value - average) ** 2, 0);
  const variance = count < 2 ? 0 : (chosen * (count - chosen) * squares) / (count * (count - 1));
  return { mean: chosen * average, variance };
}

/** Values in all strata from which the normal distribution takes the place of drawing. */
export const manyAllocated = 1000;
