import { computeFiveNumbers } from './quantile.ts';

/** Interquartile ranges outside the quartiles from which a value is "far out" (Tukey 1977, "Exploratory data analysis"). */
const farOut = 3;

/**
 * Which values lie more than 3 interquartile ranges below the first or above the third quartile (type 7), in the order
 * given. A label, not a reason to drop. Values of one block or deployment of one side belong together.
 * Up to 4 values, and data of which half or more are equal (no range to measure by): none. None given: none.
 * Multiplying all values by one factor changes nothing.
 * Example: of `[1, 2, 3, 4, 5, 30]` the last.
 *
 * @throws RangeError when a value is not finite
 */
export function labelOutliers(values: readonly number[]): boolean[] {
  if (values.length === 0) return [];
  const { q1, q3 } = computeFiveNumbers(values);
  // Near the largest numbers the range overflows; then nothing can lie outside it.
  const reach = farOut * (q3 - q1);
  return values.map((value) => reach > 0 && (value < q1 - reach || value > q3 + reach));
}
