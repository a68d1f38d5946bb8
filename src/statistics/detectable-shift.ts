import { type DetectionDesign, findDetectionFactor } from './detection-factors.ts';
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
 * The smallest true upward shift that Welch's test finds with the power asked for in a new experiment of the same
 * sizes, in the standard error's unit; standard error and degrees of freedom are those of the data at hand.
 * A rejection in the wrong direction is no finding.
 *
 * Were the standard error known, `computeKnownErrorShift` would be the answer. But it is an estimate, in the new
 * experiment another one, Welch's degrees of freedom vary too, and noise can be skewed: with 5 values a side the power
 * would be 0.60 to 0.78. So that answer is multiplied by a simulated factor that makes the power 0.8 on average over
 * data, half of them normal and half exponential (`findDetectionFactor`; for a power of 0.8 and sides that spread
 * alike). Simulated at levels from 0.05 to 0.05 / 48, 4 to 10 values a side: 0.82 to 0.86 for normal, 0.74 to 0.79 for
 * exponential noise, 0.81 to 0.85 for medians of 4 values of either; 0.70 to 0.76 for log-normal noise of sigma 0.8.
 * Example: standard error 1, 8 degrees of freedom, 5 a side, level 0.05, power 0.8 give 3.20 times 1.176 = 3.76.
 *
 * @throws RangeError when the standard error is not a finite number above 0
 */
export function computeDetectableShift(question: DetectionQuestion & DetectionDesign): number {
  return computeKnownErrorShift(question) * findDetectionFactor('welch', question);
}

/**
 * The smallest true upward shift that a two-sided t test finds with the power asked for, were the standard error known
 * to be the one given; in its unit. A rejection in the wrong direction is no finding. With a true shift d the statistic
 * follows the noncentral t distribution with noncentrality d / standard error.
 * Right for a standard error from a history of some 30 values or more (`compareWithHistory`).
 * Example: standard error 1, 8 degrees of freedom, level 0.05, power 0.8 give 3.20.
 *
 * @throws RangeError when the standard error is not a finite number above 0
 */
export function computeKnownErrorShift(question: DetectionQuestion): number {
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
