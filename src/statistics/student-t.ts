import { findRoot } from './find-root.ts';
import { computeIncompleteBeta } from './incomplete-beta.ts';

/**
 * P(|T| >= |t|) for Student's t with the given degrees of freedom, from 0 to 1: the two-sided p value.
 * Relative error about 1e-13 (2e-11 at a million degrees of freedom), also where p is tiny. `t = 0` gives 1, an infinite t gives 0.
 * Formula: I_{v / (v + t^2)}(v / 2, 1 / 2), NIST handbook of mathematical functions, 8.17.
 * Example: `computeTwoSidedTail(-4.38178046004, 6)` is 0.00465921494.
 *
 * @param degreesOfFreedom above 0, need not be whole
 * @throws RangeError when t is NaN or the degrees of freedom are not a finite number above 0
 */
export function computeTwoSidedTail(t: number, degreesOfFreedom: number): number {
  if (!(degreesOfFreedom > 0 && degreesOfFreedom < Infinity)) {
    throw new RangeError(`expected finite degrees of freedom above 0, found ${degreesOfFreedom}`);
  }
  if (Number.isNaN(t)) throw new RangeError('expected a number, found NaN');
  const square = t * t;
  if (square === Infinity) return 0;
  const total = degreesOfFreedom + square;
  return computeIncompleteBeta(degreesOfFreedom / 2, 0.5, degreesOfFreedom / total, square / total);
}

/**
 * Student's t distribution function P(T <= t), from 0 to 1; parameters and errors as `computeTwoSidedTail`.
 * Example: `studentTCdf(1, 1)` is 0.75.
 */
export function studentTCdf(t: number, degreesOfFreedom: number): number {
  const tail = computeTwoSidedTail(t, degreesOfFreedom) / 2;
  return t < 0 ? tail : 1 - tail;
}

/**
 * The t with P(T <= t) = probability; relative error about 1e-12. 0.5 gives 0 exactly.
 * Example: `studentTQuantile(0.975, 3)` is 3.18244630528.
 *
 * @param probability between 0 and 1, the ends excluded
 * @throws RangeError for other probabilities, or degrees of freedom that are not a finite number above 0
 */
export function studentTQuantile(probability: number, degreesOfFreedom: number): number {
  if (!(probability > 0 && probability < 1)) {
    throw new RangeError(`expected a probability between 0 and 1, found ${probability}`);
  }
  if (probability < 0.5) return -computeUpperQuantile(2 * probability, degreesOfFreedom);
  return probability === 0.5 ? 0 : computeUpperQuantile(2 * (1 - probability), degreesOfFreedom);
}

/**
 * The t above 0 with P(|T| >= t) = twoSided: the critical value of a two-sided test at that level.
 * Example: `computeUpperQuantile(0.05, 3)` is 3.18244630528.
 *
 * @param twoSided above 0, below or equal to 1
 */
export function computeUpperQuantile(twoSided: number, degreesOfFreedom: number): number {
  if (twoSided === 1) return 0;
  let high = 1;
  while (computeTwoSidedTail(high, degreesOfFreedom) > twoSided) high *= 2;
  let low = high / 2;
  while (computeTwoSidedTail(low, degreesOfFreedom) < twoSided) low /= 2;
  // Logarithms: the tail falls over many powers of ten, and is nearly straight in them.
  const wanted = Math.log(twoSided);
  const excess = (t: number) => wanted - Math.log(computeTwoSidedTail(t, degreesOfFreedom));
  return findRoot(excess, { low, high, tolerance: high * 1e-13 });
}
