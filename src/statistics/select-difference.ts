import { keepFinite } from './keep-finite.ts';

/**
 * The difference right - left of the given order among all pairs, without writing the pairs down.
 * Narrows a bracket whose ends are always differences that occur, counting those at or below a middle in one walk over
 * both sides, so the answer is exact; about 30 walks, 0.02 ms for 200 against 200.
 * Ties and constant data need no care; a difference too large for a number is the largest there is. Example: left `[0, 1]`, right `[0, 10]`, order 2: 0.
 *
 * @param left ascending
 * @param right ascending
 * @param order from 1 (smallest) to the number of pairs
 * @throws RangeError for another order
 */
export function selectDifference(left: Float64Array, right: Float64Array, order: number): number {
  if (!(Number.isInteger(order) && order >= 1 && order <= left.length * right.length)) {
    throw new RangeError(`expected an order from 1 to ${left.length * right.length}, found ${order}`);
  }
  let low = (right[0] as number) - (left.at(-1) as number);
  let high = (right.at(-1) as number) - (left[0] as number);
  if (!(Number.isFinite(low) && Number.isFinite(high))) {
    const quarter = (values: Float64Array) => values.map((value) => value / 4);
    return keepFinite(4 * selectDifference(quarter(left), quarter(right), order));
  }
  while (low < high) {
    const middle = low / 2 + high / 2;
    // Rounding may put the middle of two neighbours onto the upper one, which would stop the narrowing.
    const split = splitAt(left, right, middle < high ? Math.max(low, middle) : low);
    if (split.count >= order) high = split.below;
    else low = split.above;
  }
  return low;
}

/** How many differences are at most the limit, the largest of them, and the smallest of the others. */
function splitAt(left: Float64Array, right: Float64Array, limit: number) {
  let [count, below, above] = [0, -Infinity, Infinity];
  // The larger the left value, the more right values stay within the limit.
  let reached = 0;
  for (const value of left) {
    while (reached < right.length && (right[reached] as number) - value <= limit) reached += 1;
    count += reached;
    if (reached > 0) below = Math.max(below, (right[reached - 1] as number) - value);
    if (reached < right.length) above = Math.min(above, (right[reached] as number) - value);
  }
  return { count, below, above };
}
