import { computeTwoSidedTail } from './student-t.ts';
import type { WelchTest } from './welch.ts';

/**
 * Whether the two sides are the same up to a margin: the 90 % interval lies wholly inside (-margin, margin), which is
 * two one-sided tests at 5 %. Interval and margin in the same unit, usually logarithms: ln(1.02) for 2 %.
 * An interval that touches the margin is not inside. A margin of 0: never.
 * Source: Schuirmann 1987, Journal of Pharmacokinetics and Biopharmaceutics 15.
 * Example: an interval of -0.006 to -0.002 is inside ln(1.01).
 *
 * @throws RangeError when the margin is negative, or an end or the margin is no number
 */
export function isEquivalent(interval90: readonly [number, number], margin: number): boolean {
  const [low, high] = interval90;
  if (!(margin >= 0)) throw new RangeError(`expected a margin from 0, found ${margin}`);
  if (!(low <= high)) throw new RangeError(`expected an interval, found ${low} to ${high}`);
  return low > -margin && high < margin;
}

/**
 * p of the two one-sided t tests, from 0 to 1: the larger of the chances of a difference this far inside the margin,
 * were the truth at either end. At most 0.05 exactly when the test's 90 % interval is inside.
 * Example: a mean of -0.00948 (10 values, sd 0.00277) and margin ln(1.02) give 4.5e-7.
 *
 * @param margin from 0, in the difference's unit
 * @throws RangeError when the margin is negative or no number
 */
export function computeEquivalenceP(
  test: Pick<WelchTest, 'difference' | 'standardError' | 'degreesOfFreedom'>,
  margin: number,
): number {
  if (!(margin >= 0)) throw new RangeError(`expected a margin from 0, found ${margin}`);
  // The nearer end of the margin decides.
  const t = (margin - Math.abs(test.difference)) / test.standardError;
  const half = computeTwoSidedTail(t, test.degreesOfFreedom) / 2;
  return t >= 0 ? half : 1 - half;
}
