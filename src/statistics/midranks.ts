/** The ranks of some values, and how many of them are equal. */
export interface Midranks {
  /** From 1 to n, in the order of the values; equal values share the mean of their ranks, so all are multiples of 1/2. */
  readonly ranks: Float64Array;
  /** Sizes of the groups of equal values, ascending by value, groups of one left out; empty without ties. */
  readonly tieSizes: readonly number[];
}

/**
 * Ranks from 1, equal values sharing the mean of the places they occupy; their sum is n (n + 1) / 2 whatever the ties.
 * One value has rank 1; constant data all have rank (n + 1) / 2; minus zero equals zero.
 * Source: Kruskal and Wallis 1952, Journal of the American Statistical Association 47, section 2.
 * Example: `[10, 30, 20, 30]` has ranks 1, 3.5, 2, 3.5 and tie sizes `[2]`.
 *
 * @throws RangeError for no values or values that are not finite
 */
export function computeMidranks(values: readonly number[] | Float64Array): Midranks {
  if (values.length === 0) throw new RangeError('expected at least one number, found none');
  const order = new Uint32Array(values.length).map((_, index) => index);
  const at = (index: number) => values[index] as number;
  const wrong = order.find((index) => !Number.isFinite(at(index)));
  if (wrong !== undefined) throw new RangeError(`expected finite numbers, found ${values[wrong]}`);
  order.sort((left, right) => at(left) - at(right));
  const ranks = new Float64Array(values.length);
  const tieSizes: number[] = [];
  for (let start = 0, end = 0; start < order.length; start = end) {
    while (end < order.length && at(order[end] as number) === at(order[start] as number)) end += 1;
    // Places start + 1 to end, so their mean is half of (start + 1 + end).
    for (const index of order.subarray(start, end)) ranks[index] = (start + 1 + end) / 2;
    if (end - start > 1) tieSizes.push(end - start);
  }
  return { ranks, tieSizes };
}
