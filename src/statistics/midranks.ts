import { sortAscending } from './quantile.ts';

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
  const sorted = sortAscending(values);
  // Of the first place of each group of equal values, the mean of the group's ranks.
  const shared = new Float64Array(sorted.length);
  const tieSizes: number[] = [];
  for (let start = 0, end = 0; start < sorted.length; start = end) {
    while (end < sorted.length && sorted[end] === sorted[start]) end += 1;
    // Ranks start + 1 to end, so their mean is half of (start + 1 + end).
    shared[start] = (start + 1 + end) / 2;
    if (end - start > 1) tieSizes.push(end - start);
  }
  const ranks = Float64Array.from(values, (value) => shared[findFirst(sorted, value)] as number);
  return { ranks, tieSizes };
}

/** Place of the first of the ascending values that is not below the value. */
function findFirst(sorted: Float64Array, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] as number) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
