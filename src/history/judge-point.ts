import { compareWithHistory } from '../statistics/plug-in-test.ts';
import { computeWelchInterval } from '../statistics/welch.ts';
import { type Point, worseSign } from './series.ts';

/** Nights against which a night is judged; older ones may no longer describe the host. */
export const nightsConsidered = 14;
/** Fewer nights say too little of how much nights differ: no night is judged by them. */
export const fewestNights = 10;
/** Relative difference that does not matter where the comparison names none. */
const usualMargin = 0.02;

/** How far nights are from those before them. Logarithms, positive: worse. */
export interface Shift {
  readonly estimate: number;
  readonly interval95: readonly [number, number];
  /** That nights as bad as these come from the same host, one-sided, from 0 to 1. */
  readonly p: number;
}

/**
 * Nights against those before them: the difference of their means in the worse direction, with the variance between
 * nights taken from the nights before, t with n - 1 degrees of freedom. For one night this is its prediction interval:
 * s sqrt(1 + 1/n) wide (Montgomery, Peck and Vining, "Introduction to linear regression analysis", 3.5, for a mean).
 * The night is the unit: fresh starts of one night share whatever was different that night, so they would be no
 * independent evidence of a change between nights. Exact for independent normal nights.
 * Example: ten nights with mean 0 and standard deviation 0.01, tonight 0.05 worse: t = 4.77, p = 0.0005.
 *
 * @returns null when the nights before are all equal, or fewer than `fewestNights`
 */
export function compareNights(before: readonly Point[], now: readonly Point[]): Shift | null {
  const [first] = now;
  const reference = before.slice(-nightsConsidered);
  if (first === undefined || reference.length < fewestNights) return null;
  const sign = worseSign(first.cell);
  const turn = (points: readonly Point[]) => points.map(({ value }) => sign * value);
  const history = turn(reference);
  const test = compareWithHistory({ baseline: history, candidate: turn(now), history });
  if (test.kind === 'constant') return null;
  const p = test.difference > 0 ? test.p / 2 : 1 - test.p / 2;
  return { estimate: test.difference, interval95: computeWelchInterval(test, 0.95), p };
}

/** Whether a shift is large enough to matter to anybody. */
export function exceedsMargin(shift: Pick<Shift, 'estimate'>, { cell }: Point): boolean {
  return shift.estimate >= Math.log1p(cell.margin ?? usualMargin);
}
