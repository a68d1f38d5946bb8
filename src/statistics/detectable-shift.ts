import { findRoot } from './find-root.ts';
import { computeNoncentralUpperTail } from './noncentral-t.ts';
import { computeUpperQuantile } from './student-t.ts';

export interface DetectionQuestion {
  /** Of the difference, in the unit of the answer; above 0. */
  readonly standardError: number;
  readonly degreesOfFreedom: number;
  /** Two-sided level of the test, for example 0.05 / number of cells. */
  readonly level: number;
  /** Chance that the shift is found, for example 0.8; at least half the level. */
  readonly power: number;
}

/**
 * The smallest true upward shift that a two-sided t test finds with the power asked for, in the standard error's unit.
 * A rejection in the wrong direction is no finding. With a true shift d the statistic follows the noncentral
 * t distribution with noncentrality d / standard error.
 * With Welch's degrees of freedom this is an approximation: simulated, the power is 0.80 for 5 values a side at level
 * 0.05 and 0.77 at 0.05 / 48, 0.75 for 4 values at 0.05 / 48, 0.79 to 0.80 from 10 values on at any of these levels.
 * Example: standard error 1, 8 degrees of freedom, level 0.05, power 0.8 give 3.20.
 *
 * @throws RangeError when the standard error is not a finite number above 0
 */
export function computeDetectableShift(question: DetectionQuestion): number {
  const { standardError, degreesOfFreedom, level, power } = question;
  if (!(standardError > 0 && standardError < Infinity)) {
    throw new RangeError(`expected a finite standard error above 0, found ${standardError}`);
  }
  const critical = computeUpperQuantile(level, degreesOfFreedom);
  const excess = (noncentrality: number) =>
    computeNoncentralUpperTail(critical, { degreesOfFreedom, noncentrality }) - power;
  let high = critical + 1;
  while (excess(high) < 0) high *= 2;
  return findRoot(excess, { low: 0, high, tolerance: high * 1e-10 }) * standardError;
}
