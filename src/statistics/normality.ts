import { normalCdf, normalQuantile } from './normal.ts';
import { sortAscending } from './quantile.ts';

export interface NormalityTest {
  readonly kind: 'tested';
  /** Squared correlation of the ascending values with normal scores, from 0 to 1 (exactly normal). */
  readonly statistic: number;
  /** One-sided, from 0 to 1: small where the values are not normal. */
  readonly p: number;
}

/** Fewer than 5 values, or all of them equal: there is no shape to test. */
export interface NoShape {
  readonly kind: 'constant';
}

/**
 * Whether values may come from a normal distribution: the test of Shapiro and Francia, sensitive to skewness, far-out
 * values and modes. Holds for 5 to 5,000 values without ties; ties lower p a little. A factor or a shift of all values
 * changes nothing.
 * Source: Royston 1993, Statistics and Computing 3, "A toolkit for testing for non-normality in complete and censored samples".
 * Example: 1 to 7 and 30: statistic 0.599, p = 0.00105.
 *
 * @throws RangeError when a value is not finite
 */
export function testNormality(values: readonly number[]): NormalityTest | NoShape {
  const sorted = sortAscending(values);
  const count = sorted.length;
  const middle = sorted.reduce((sum, value) => sum + value / count, 0);
  const largest = sorted.reduce((most, value) => Math.max(most, Math.abs(value - middle)), 0);
  if (count < 5 || sorted[0] === sorted.at(-1) || largest === 0) return { kind: 'constant' };
  const deviations = sorted.map((value) => (value - middle) / largest);
  const scores = deviations.map((_, index) => normalQuantile((index + 1 - 3 / 8) / (count + 1 / 4)));
  const product = (left: Float64Array, right: Float64Array) =>
    left.reduce((sum, value, index) => sum + value * (right[index] as number), 0);
  const statistic = Math.min(
    1,
    product(deviations, scores) ** 2 / (product(deviations, deviations) * product(scores, scores)),
  );
  const log = Math.log(count);
  const mean = -1.2725 + 1.0521 * (Math.log(log) - log);
  const deviation = 1.0308 - 0.26758 * (Math.log(log) + 2 / log);
  return { kind: 'tested', statistic, p: normalCdf((mean - Math.log(1 - statistic)) / deviation) };
}
