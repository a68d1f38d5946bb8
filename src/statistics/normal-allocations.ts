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
  const { mean, variance } = computeAllocationMoments(strata);
  const deviation = Math.sqrt(variance);
  if (deviation === 0) return 1;
  const below = normalCdf((low + step / 2 - mean) / deviation);
  return Math.min(1, below + normalCdf((mean - high + step / 2) / deviation));
}

/**
 * Mean and variance of the sum over the chosen values when labels are exchanged within the strata; 0 and 0 without any.
 * Example: 1, 2, 3, 4 with two chosen: 5 and 5/3.
 */
export function computeAllocationMoments(strata: readonly Stratum[]): Moments {
  let [mean, variance] = [0, 0];
  for (const stratum of strata) {
    const moments = computeMoments(stratum);
    mean += moments.mean;
    variance += moments.variance;
  }
  return { mean, variance };
}

interface Moments {
  readonly mean: number;
  readonly variance: number;
}

function computeMoments({ values, chosen }: Stratum): Moments {
  const count = values.length;
  const average = values.reduce((sum, value) => sum + value, 0) / count;
  const squares = values.reduce((sum, value) => sum + (value - average) ** 2, 0);
  const variance = count < 2 ? 0 : (chosen * (count - chosen) * squares) / (count * (count - 1));
  return { mean: chosen * average, variance };
}
