import { computeMidranks } from './midranks.ts';

/** By place alone, or by place and spread. */
export type ChangePointKind = 'mann-whitney' | 'lepage';

export interface ChangePoint {
  /** Largest statistic over all splits, from 0; a change is one above the threshold for the wanted run length. */
  readonly statistic: number;
  /** Number of values before the change at the largest statistic, the earliest if several are as large. */
  readonly before: number;
}

/**
 * The split of a series that separates it most, with at least 2 values on each side: by `mann-whitney` (place), or by
 * `lepage` (place and spread, the latter by Mood's squared ranks), both from ranks, so free of the distribution.
 * Values are independent and in the order of time. Constant data: 0.
 * Source: Ross, Tasoulis and Adams 2011, Technometrics 53, "Nonparametric monitoring of data streams".
 * Example: `[1, 2, 3, 11, 12, 13]` splits after 3, by `mann-whitney` with 1.96.
 *
 * @throws RangeError for fewer than 4 values, or values that are not finite
 */
export function findChangePoint(series: readonly number[], kind: ChangePointKind): ChangePoint {
  if (series.length < 4) throw new RangeError(`expected at least 4 values, found ${series.length}`);
  const { ranks } = computeMidranks(series);
  const place = scoreSplits(ranks);
  const middle = (series.length + 1) / 2;
  const spread = scoreSplits(ranks.map((rank) => (rank - middle) ** 2));
  let best: ChangePoint = { statistic: 0, before: 2 };
  for (let before = 2; before <= series.length - 2; before += 1) {
    const z = place[before] as number;
    const statistic = kind === 'lepage' ? Math.hypot(z, spread[before] as number) : Math.abs(z);
    if (statistic > best.statistic) best = { statistic, before };
  }
  return best;
}

/** Standardised sum of the first k scores, for each k: as if k of them had been drawn without replacement. */
function scoreSplits(scores: Float64Array): Float64Array {
  const count = scores.length;
  const mean = scores.reduce((sum, score) => sum + score, 0) / count;
  const variance = scores.reduce((sum, score) => sum + (score - mean) ** 2, 0) / (count - 1);
  let sum = 0;
  return Float64Array.from({ length: count }, (_, before) => {
    if (before > 0) sum += (scores[before - 1] as number) - mean;
    return variance === 0 || before === 0 ? 0 : sum / Math.sqrt(((before * (count - before)) / count) * variance);
  });
}
