import { normalQuantile } from '../statistics/normal.ts';
import { approximateAllocationP } from '../statistics/normal-allocations.ts';
import type { SpreadStratum } from '../statistics/spread-test.ts';
import type { Spread } from './spread.ts';

/**
 * Ratio, p and interval of the spread test in the limit of very many distances: permutation p from the normal
 * distribution, interval by the delta method on the logarithm of the ratio (Casella and Berger, "Statistical
 * inference", 5.5.4). Both sides must spread.
 */
export function approximateSpread(strata: readonly SpreadStratum[]): Spread {
  const baseline = summarize(strata.map((stratum) => stratum.baseline));
  const candidate = summarize(strata.map((stratum) => stratum.candidate));
  const ratio = candidate.mean / baseline.mean;
  const total = baseline.sum + candidate.sum;
  const largest = Math.max(ratio, 1 / ratio);
  // Sums of the candidate at which the ratio reaches `largest` and 1 / `largest`.
  const at = (share: number) => (total * candidate.count * share) / (baseline.count + candidate.count * share);
  const p = approximateAllocationP(
    strata.map((stratum) => ({
      values: Float64Array.from([...stratum.baseline, ...stratum.candidate]),
      chosen: stratum.candidate.length,
    })),
    { low: at(1 / largest), high: at(largest), step: 0 },
  );
  const reach = normalQuantile(0.975) * Math.sqrt(baseline.relativeError + candidate.relativeError);
  return {
    ratio,
    interval95: [ratio * Math.exp(-reach), ratio * Math.exp(reach)],
    p,
    pMethod: 'normal-permutation',
  };
}

/** `relativeError`: squared standard error of the mean over the squared mean. */
function summarize(groups: readonly (readonly number[])[]) {
  const count = groups.reduce((sum, group) => sum + group.length, 0);
  const sum = groups.reduce((all, group) => group.reduce((partial, distance) => partial + distance, all), 0);
  const mean = sum / count;
  const squares = groups.reduce(
    (all, group) => group.reduce((partial, distance) => partial + (distance - mean) ** 2, all),
    0,
  );
  return { count, sum, mean, relativeError: squares / (Math.max(1, count - 1) * count * mean * mean) };
}
