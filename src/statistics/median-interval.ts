import { sortAscending } from './quantile.ts';

/** Orders (from 1) of the values that bound the median, and the probability that they do. */
export interface MedianOrders {
  readonly lower: number;
  readonly upper: number;
  /** At least the confidence asked for; 0.9785 for ten values at 0.95. */
  readonly achieved: number;
}

/**
 * The distribution-free confidence interval of the median from order statistics, in the values' unit.
 * Its ends are values that were measured; constant data give a width of zero.
 * Example: of 20 values it is the 6th and the 15th smallest.
 *
 * @param confidence between 0 and 1
 * @returns null when there are too few values for that confidence: below 6 for 0.95
 * @throws RangeError for no values or values that are not finite
 */
export function computeMedianInterval(values: readonly number[], confidence = 0.95): [number, number] | null {
  const sorted = sortAscending(values);
  const orders = computeMedianOrders(sorted.length, confidence);
  if (orders === null) return null;
  return [sorted[orders.lower - 1] as number, sorted[orders.upper - 1] as number];
}

/**
 * The largest lower order whose tail, P(Binomial(n, 1/2) < lower), is at most half of what the confidence leaves;
 * the upper order mirrors it. The number of values below the true median is Binomial(n, 1/2) for any continuous
 * distribution; ties only make the interval surer (David and Nagaraja, "Order Statistics", section 7.1).
 * Example: 20 values at 0.95: 6 and 15, achieved 0.9586.
 *
 * @returns null when even minimum and maximum do not reach the confidence
 */
export function computeMedianOrders(count: number, confidence = 0.95): MedianOrders | null {
  const allowed = (1 - confidence) / 2;
  // Logarithms, because 0.5 ** n is zero from 1,075 values on.
  let logTerm = -count * Math.LN2;
  let tail = 0;
  let lower = 0;
  for (;;) {
    const next = tail + Math.exp(logTerm);
    if (next > allowed || 2 * lower >= count) break;
    tail = next;
    lower += 1;
    logTerm += Math.log((count - lower + 1) / lower);
  }
  return lower === 0 ? null : { lower, upper: count + 1 - lower, achieved: 1 - 2 * tail };
}
