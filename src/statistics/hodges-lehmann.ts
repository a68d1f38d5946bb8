import { keepFinite } from './keep-finite.ts';
import { sortAscending } from './quantile.ts';
import { computeRankIndices } from './rank-interval-index.ts';
import { selectDifference } from './select-difference.ts';

/** How far the candidate lies from the baseline: a shift in the values' unit, or a ratio without unit. */
export interface RankEstimate {
  readonly estimate: number;
  /** Holds the estimate; null when the sides are too small for the confidence (3 against 3 at 0.95). */
  readonly interval: readonly [number, number] | null;
  /** Chance that the interval holds the truth, for data without ties; null with the interval. */
  readonly achieved: number | null;
}

/**
 * The Hodges-Lehmann shift: the median of all differences candidate - baseline, and the interval that belongs to the
 * rank test, bounded by two of these differences.
 * One value a side: their difference, no interval. Constant sides: the exact difference, an interval of width 0.
 * Differences too large for a number are the
 * largest there is. With ties the interval is common practice, not exact. Swapping the sides changes the sign and nothing else.
 * Source: Hodges and Lehmann 1963, Annals of Mathematical Statistics 34; index: `computeRankIndex`.
 * Example: `[1.1, 2.2, 3.3, 4.4]` against `[5.5, 6.6, 7.7, 8.8]` gives 4.4 and 1.1 to 7.7, achieved 0.971.
 *
 * @param confidence between 0 and 1
 * @throws RangeError when a side has no values, or one is not finite
 */
export function computeShift(
  baseline: readonly number[] | Float64Array,
  candidate: readonly number[] | Float64Array,
  confidence = 0.95,
): RankEstimate {
  return computeShifts(baseline, candidate, [confidence])[0] as RankEstimate;
}

/** The same for several confidences at once, in their order: what they share is computed only once. */
export function computeShifts(
  baseline: readonly number[] | Float64Array,
  candidate: readonly number[] | Float64Array,
  confidences: readonly number[],
): readonly RankEstimate[] {
  const [left, right] = [sortAscending(baseline), sortAscending(candidate)];
  const differences = left.length * right.length;
  const at = (order: number) => selectDifference(left, right, order);
  const estimate = findMiddleDifference(left, right);
  return computeRankIndices(left.length, right.length, confidences).map((found) => {
    if (found === null) return { estimate, interval: null, achieved: null };
    const interval = [at(found.index), at(differences + 1 - found.index)] as const;
    return { estimate, interval, achieved: found.achieved };
  });
}

/**
 * The median of all differences right - left, in the values' unit.
 * Example: left `[0, 1]`, right `[0, 10]`: 4.5.
 *
 * @param left ascending, at least one value
 * @param right ascending, at least one value
 */
export function findMiddleDifference(left: Float64Array, right: Float64Array): number {
  const middle = (left.length * right.length + 1) / 2;
  const [below, above] = [Math.floor(middle), Math.ceil(middle)];
  const lower = selectDifference(left, right, below);
  return above === below ? lower : lower / 2 + selectDifference(left, right, above) / 2;
}

/**
 * The Hodges-Lehmann ratio candidate / baseline: the shift of the logarithms, taken back; from 0, and the largest
 * number there is where the ratio is too large for one.
 * Everything else as `computeShift`; multiplying all values by one factor changes nothing.
 * Example: `[1.1, 2.2, 3.3, 4.4]` against `[5.5, 6.6, 7.7, 8.8]` gives 2.582 and 1.25 to 8.
 *
 * @throws RangeError also when a value is not above 0
 */
export function computeRatio(
  baseline: readonly number[] | Float64Array,
  candidate: readonly number[] | Float64Array,
  confidence = 0.95,
): RankEstimate {
  const { estimate, interval, achieved } = computeShift(
    takeLogarithms(baseline),
    takeLogarithms(candidate),
    confidence,
  );
  return {
    estimate: keepFinite(Math.exp(estimate)),
    interval: interval && [keepFinite(Math.exp(interval[0])), keepFinite(Math.exp(interval[1]))],
    achieved,
  };
}

function takeLogarithms(values: readonly number[] | Float64Array): number[] {
  return Array.from(values, (value) => {
    if (!(value > 0)) throw new RangeError(`expected numbers above 0, found ${value}`);
    return Math.log(value);
  });
}
