import type { Stratum } from './allocations.ts';
import { normalCdf } from './normal.ts';

/** Sums at which an allocation is extreme, and how far apart neighbouring sums lie. */
export interface NormalTails {
  readonly low: number;
  readonly high: number;
  /** Of whole numbers with a common step, that step: half of it is added to both tails. 0 for other values. */
  readonly step: number;
}

/**
 * What `computeAllocationP` gives in the limit of large strata, where drawing would take seconds: the sum over chosen
 * values is normal, with the mean and the variance of sampling without replacement in each stratum, and with the
 * correction for continuity that whole numbers need. From 0 to 1; constant data and no strata give 1.
 * Source: Lehmann, "Nonparametrics: statistical methods based on ranks", appendix 4.
 * Example: 1, 2, 3, 4 with two chosen, low 3, high 7, step 1: 0.245, counted 2/6.
 */
export function approximateAllocationP(strata: readonly Stratum[], { low, high, step }: NormalTails): number {
  const moments = strata.map(computeMoments);
  const mean = moments.reduce((sum, moment) => sum + moment.mean, 0);
  const deviation = Math.sqrt(moments.reduce((sum, moment) => sum + moment.variance, 0));
  if (deviation === 0) return 1;
  const below = normalCdf((low + step / 2 - mean) / deviation);
  return Math.min(1, below + normalCdf((mean - high + step / 2) / deviation));
}

function computeMoments({ values, chosen }: Stratum): { mean: number; variance: number } {
  const count = values.length;
  const average = values.reduce((sum, value) => sum + value, 0) / count;
  const squares = values.reduce((sum, value) => sum + (value - average) ** 2, 0);
  const variance = count < 2 ? 0 : (chosen * (count - chosen) * squares) / (count * (count - 1));
  return { mean: chosen * average, variance };
}
