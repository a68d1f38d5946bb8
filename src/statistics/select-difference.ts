import { keepFinite } from './keep-finite.ts';

/**
 * The difference right - left of the given order among all pairs, without writing the pairs down.
 * Narrows a bracket whose ends are always differences that occur, counting those at or below a middle in one walk over
 * both sides, so the answer is exact. Two of three middles are where the counts so far suggest, a little to either side
 * of the answer so that both ends close in; the third halves the bracket, for data with far-out values.
 * About 20 walks: 0.02 ms for 200 against 200, 2 ms for 10,000 against 10,000.
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
  // Differences below `low`, and those up to `high`.
  let [fewer, upTo] = [0, left.length * right.length];
  for (let step = 0; low < high; step += 1) {
    const share = chooseShare(order, fewer, upTo, step);
    const middle = low * (1 - share) + high * share;
    // Rounding may put the middle of two neighbours onto the upper one, which would stop the narrowing.
    const split = splitAt(left, right, middle < high ? Math.max(low, middle) : low);
    if (split.count >= order) [high, upTo] = [split.below, split.count];
    else [low, fewer] = [split.above, split.count];
  }
  return low;
}

/** How far into the bracket to look next, from 0 to 1. */
function chooseShare(order: number, fewer: number, upTo: number, step: number): number {
  if (step % 3 === 2) return 0.5;
  const inside = upTo - fewer;
  const share = (order - fewer) / inside + (step % 3 === 0 ? -aside : aside);
  return Math.min(0.999, Math.max(0.001, share));
}

/** Share of the differences in the bracket by which a guess is off on purpose. */
const aside = 0.02;

/** How many differences are at most the limit, the largest of them, and the smallest of the others. */
function splitAt(left: Float64Array, right: Float64Array, limit: number) {
  let count = 0;
  let below = -Infinity;
  let above = Infinity;
  // The larger the left value, the more right values stay within the limit.
  let reached = 0;
  // Plain comparisons, and no iterator: this loop is nearly all of the time.
  for (let index = 0; index < left.length; index += 1) {
    const value = left[index] as number;
    while (reached < right.length && (right[reached] as number) - value <= limit) reached += 1;
    count += reached;
    const under = reached > 0 ? (right[reached - 1] as number) - value : -Infinity;
    const over = reached < right.length ? (right[reached] as number) - value : Infinity;
    if (under > below) below = under;
    if (over < above) above = over;
  }
  return { count, below, above };
}
