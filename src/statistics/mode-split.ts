import { computeFisherP } from './fisher-exact.ts';
import { keepFinite } from './keep-finite.ts';
import { computeMedian, sortAscending } from './quantile.ts';

/** Two modes, apart at one place, and how the sides share them. */
export interface ModeSplit {
  /** Middle of the gap, in the values' unit; nothing lies at it. */
  readonly place: number;
  /** Width of the gap over the median gap; above 5. */
  readonly gapRatio: number;
  /** Share of each side that lies above the place, from 0 to 1. */
  readonly baselineAbove: number;
  readonly candidateAbove: number;
  /** Fisher's exact p of equal shares; a small one is a difference in modes, which is another finding than a shift. */
  readonly p: number;
}

/** How many times the median gap the largest must be, and what share of the values must be on either side of it. */
const leastGapRatio = 5;
const leastShare = 0.15;

/**
 * Whether the pooled values fall into two modes: the largest gap between neighbours is more than 5 times the median gap
 * and leaves at least 15 % of the values on either side. Gaps are those between different values, so that rounded
 * data have none of width zero. Simulated, 20 against 20 values without a difference: a split in 5 % of normal, 7 % of
 * exponential, 3 % of log-normal, 0 % of rounded and 50 % of uniform data (which have no tails to hold the largest gap);
 * in 94 % of two modes of 1 to 3 that are six of their own deviations apart. So a split is a description, and only its
 * p is evidence. An outlier further out than the modes are apart hides them.
 * Source: the gap rule is a convention of this project; p: `computeFisherP`.
 * Example: `[1, 2, 3, 4]` against `[21, 22, 23, 24]` splits at 12.5 with p = 2/70.
 *
 * @returns null without a split: also for constant data and below 4 different values
 * @throws RangeError when a side has no values, or a value is not finite
 */
export function splitModes(baseline: readonly number[], candidate: readonly number[]): ModeSplit | null {
  if (baseline.length === 0 || candidate.length === 0)
    throw new RangeError('expected at least one value a side, found none');
  const pooled = sortAscending([...baseline, ...candidate]);
  const gap = findLargestGap(pooled);
  if (gap === null) return null;
  const place = gap.from / 2 + gap.to / 2;
  const [leftAbove, rightAbove] = [countAbove(baseline, place), countAbove(candidate, place)];
  const above = leftAbove + rightAbove;
  if (Math.min(above, pooled.length - above) < leastShare * pooled.length) return null;
  return {
    place,
    gapRatio: gap.ratio,
    baselineAbove: leftAbove / baseline.length,
    candidateAbove: rightAbove / candidate.length,
    p: computeFisherP({
      baseline: [leftAbove, baseline.length - leftAbove],
      candidate: [rightAbove, candidate.length - rightAbove],
    }),
  };
}

function findLargestGap(sorted: Float64Array): { from: number; to: number; ratio: number } | null {
  const different = Array.from(sorted.filter((value, index) => value !== sorted[index - 1]));
  if (different.length < 4) return null;
  // Halves: between the largest numbers of both signs a whole gap overflows.
  const gaps = different.slice(1).map((value, index) => value / 2 - (different[index] as number) / 2);
  const largest = gaps.reduce((best, gap, index) => (gap > (gaps[best] as number) ? index : best), 0);
  const ratio = keepFinite((gaps[largest] as number) / computeMedian(gaps));
  if (!(ratio > leastGapRatio)) return null;
  return { from: different[largest] as number, to: different[largest + 1] as number, ratio };
}

function countAbove(values: readonly number[], place: number): number {
  return values.reduce((count, value) => count + (value > place ? 1 : 0), 0);
}
