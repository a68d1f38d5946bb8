import { computeIncompleteBeta } from './incomplete-beta.ts';
import { keepFinite } from './keep-finite.ts';
import { computeMedian } from './quantile.ts';

/** Distances from the medians compared: whether the sides spread alike. */
export interface BrownForsytheTest {
  readonly kind: 'tested';
  /** From 0; an F statistic. */
  readonly statistic: number;
  /** Two-sided, from 0 to 1. */
  readonly p: number;
}

/** No distance varies inside its side, so there is nothing to measure a difference of spread by. */
export interface ConstantDistances {
  readonly kind: 'constant';
}

/**
 * P(F >= f) for the F distribution, from 0 to 1; relative error about 1e-12, also far out. 0 gives 1.
 * Formula: I_{d2 / (d2 + d1 f)}(d2 / 2, d1 / 2), NIST handbook of mathematical functions, 8.17.
 * Example: `computeFTail(4, 1, 6)` is 0.0924, the two-sided tail of Student's t = 2 with 6 degrees of freedom.
 *
 * @param above degrees of freedom of the numerator, above 0
 * @param below degrees of freedom of the denominator, above 0
 * @throws RangeError when f is negative or no number, or degrees of freedom are not finite and above 0
 */
export function computeFTail(f: number, above: number, below: number): number {
  if (!(f >= 0)) throw new RangeError(`expected a number from 0, found ${f}`);
  const wrong = [above, below].find((degrees) => !(degrees > 0 && degrees < Infinity));
  if (wrong !== undefined) throw new RangeError(`expected finite degrees of freedom above 0, found ${wrong}`);
  const scaled = above * f;
  if (scaled === Infinity) return 0;
  return computeIncompleteBeta(below / 2, above / 2, below / (below + scaled), scaled / (below + scaled));
}

/**
 * Brown and Forsythe's test: analysis of variance on the distances from each side's median; keeps its size on skewed
 * data, where the F test and Levene's with means do not. Values must be independent observations.
 * Constant distances on both sides (also: one value a side) come back as `constant`. Multiplying all values by one
 * factor, or moving one side, changes nothing.
 * Source: Brown and Forsythe 1974, Journal of the American Statistical Association 69.
 * Example: `[1, 2, 3, 4]` against `[2, 4, 6, 8]` gives 2.4 and p = 0.172.
 *
 * @throws RangeError when a side has no values, or a value is not finite
 */
export function compareSpread(
  baseline: readonly number[],
  candidate: readonly number[],
): BrownForsytheTest | ConstantDistances {
  const [first, second] = [measureDistances(baseline), measureDistances(candidate)];
  // Over the largest distance, so that squares neither overflow nor vanish.
  const largest = [...first, ...second].reduce((highest, distance) => Math.max(highest, distance), 0) || 1;
  const [left, right] = [first.map((distance) => distance / largest), second.map((distance) => distance / largest)];
  const freedom = left.length + right.length - 2;
  const within = sumSquares(left) + sumSquares(right);
  // Below this it is rounding of distances that are equal in exact arithmetic.
  if (freedom < 1 || within <= (left.length + right.length) * 2 ** -90) return { kind: 'constant' };
  const difference = computeMean(right) - computeMean(left);
  const between = (difference ** 2 * left.length * right.length) / (left.length + right.length);
  const statistic = between / (within / freedom);
  return { kind: 'tested', statistic, p: computeFTail(statistic, 1, freedom) };
}

function measureDistances(values: readonly number[]): readonly number[] {
  const centre = computeMedian(values);
  return values.map((value) => keepFinite(Math.abs(value - centre)));
}

function computeMean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function sumSquares(values: readonly number[]): number {
  const mean = computeMean(values);
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
}
