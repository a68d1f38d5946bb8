import { chooseScale } from './choose-scale.ts';
import { keepFinite } from './keep-finite.ts';
import { computeTwoSidedTail, computeUpperQuantile } from './student-t.ts';

/** The means of two sides compared without assuming equal variances. */
export interface WelchTest {
  readonly kind: 'tested';
  /** mean(candidate) - mean(baseline), in the values' unit. */
  readonly difference: number;
  /** Of the difference, same unit; above 0. */
  readonly standardError: number;
  /** Welch-Satterthwaite; between the smaller side's n - 1 and n1 + n2 - 2. */
  readonly degreesOfFreedom: number;
  /** Two-sided, from 0 to 1. */
  readonly p: number;
}

/** Both sides are constant: there is a difference (perhaps zero), but nothing to measure its chance by. */
export interface ConstantSides {
  readonly kind: 'constant';
  readonly difference: number;
}

/**
 * Welch's t test of the difference of two means (Welch 1947, Biometrika 34). Both sides must be independent
 * observations: here medians of deployments, usually their logarithms.
 *
 * Where a figure is too large for a number it is the largest there is.
 * Ties do no harm; one constant side is fine; two constant sides have no standard error and come back as `constant`.
 * Example: `[1.1, 2.2, 3.3, 4.4]` against `[5.5, 6.6, 7.7, 8.8]` gives a difference of 4.4, 6 degrees of freedom
 * and p = 0.00465921.
 *
 * @throws RangeError when a side has fewer than 2 values, or a value is not finite
 */
export function compareMeans(baseline: readonly number[], candidate: readonly number[]): WelchTest | ConstantSides {
  const scale = chooseScale([...baseline, ...candidate]);
  const [left, right] = [computeMoments(baseline, scale), computeMoments(candidate, scale)];
  const difference = keepFinite((right.mean - left.mean) * scale);
  const [leftError, rightError] = [left.variance / baseline.length, right.variance / candidate.length];
  const squaredError = leftError + rightError;
  if (squaredError === 0) return { kind: 'constant', difference };
  // Shares of the whole instead of squares, which would underflow.
  const [leftShare, rightShare] = [leftError / squaredError, rightError / squaredError];
  const degreesOfFreedom = 1 / (leftShare ** 2 / (baseline.length - 1) + rightShare ** 2 / (candidate.length - 1));
  const t = (right.mean - left.mean) / Math.sqrt(squaredError);
  const p = computeTwoSidedTail(t, degreesOfFreedom);
  return {
    kind: 'tested',
    difference,
    standardError: keepFinite(Math.sqrt(squaredError) * scale),
    degreesOfFreedom,
    p,
  };
}

/**
 * The t interval of the difference that belongs to the test: it excludes zero exactly when p is below 1 - confidence.
 * Example: difference 4.4, standard error 1.004, 6 degrees of freedom: 1.943 to 6.857 at 0.95.
 *
 * @param confidence between 0 and 1, for example 0.95
 */
export function computeWelchInterval(test: WelchTest, confidence: number): [number, number] {
  const reach = computeUpperQuantile(1 - confidence, test.degreesOfFreedom) * test.standardError;
  return [keepFinite(test.difference - reach), keepFinite(test.difference + reach)];
}

/** Sums run over distances from the first value, so that constant data have a variance of exactly zero. */
function computeMoments(values: readonly number[], scale: number): { mean: number; variance: number } {
  const wrong = values.find((value) => !Number.isFinite(value));
  if (wrong !== undefined) throw new RangeError(`expected finite numbers, found ${wrong}`);
  const [first] = values;
  if (first === undefined || values.length < 2)
    throw new RangeError(`expected at least 2 values, found ${values.length}`);
  const distances = values.map((value) => value / scale - first / scale);
  const shift = distances.reduce((sum, distance) => sum + distance, 0) / values.length;
  const squares = distances.reduce((sum, distance) => sum + (distance - shift) ** 2, 0);
  return { mean: first / scale + shift, variance: squares / (values.length - 1) };
}
