import { computeMidranks } from './midranks.ts';
import { computeTwoSidedTail } from './student-t.ts';

export interface RankCorrelation {
  readonly kind: 'tested';
  /** From -1 (falls) to 1 (rises). */
  readonly coefficient: number;
  /** Two-sided, at most 1; above 0 where `exact`. */
  readonly p: number;
  /** Whether all orders were counted; else p comes from Student's t. */
  readonly exact: boolean;
}

/** One of the two does not vary, or there are fewer than 3 pairs: nothing to correlate. */
export interface NoCorrelation {
  readonly kind: 'constant';
}

/** All orders of 9 values are counted in 15 ms at most; from 10 on Student's t is off by a tenth of p near 0.01 at most. */
const mostCounted = 9;

/**
 * Spearman's rank correlation of pairs, for instance of residuals with the time they were measured at. Ties share
 * ranks. p is exact given the ties up to 9 pairs (the share of all orders with a coefficient as far from 0), then from
 * t = r sqrt((n - 2) / (1 - r^2)) with n - 2 degrees of freedom. A perfect correlation of 10 or more has p = 0 by that
 * formula and is given 2 / n! in its place, the smallest there is without ties.
 * Increasing functions of either change nothing, a decreasing one the sign.
 * Source: Kendall and Gibbons, "Rank correlation methods", chapters 3 and 4.
 * Example: `[1, 2, 3, 4]` with `[1, 3, 2, 4]` gives 0.8 and p = 1/3 (8 of 24 orders).
 *
 * @throws RangeError when the two are not of one length, or a value is not finite
 */
export function correlateRanks(x: readonly number[], y: readonly number[]): RankCorrelation | NoCorrelation {
  if (x.length !== y.length) throw new RangeError(`expected as many values of each, found ${x.length} and ${y.length}`);
  if (x.length === 0) return { kind: 'constant' };
  const [left, right] = [doubleRanks(x), doubleRanks(y)];
  const spread = Math.sqrt(sumProducts(left, left) * sumProducts(right, right));
  if (spread === 0 || x.length < 3) return { kind: 'constant' };
  const sum = sumProducts(left, right);
  const coefficient = Math.min(1, Math.max(-1, sum / spread));
  const exact = x.length <= mostCounted;
  return {
    kind: 'tested',
    coefficient,
    p: exact ? countOrders(left, right, sum) : approximate(coefficient, x.length),
    exact,
  };
}

/** Doubled midranks minus their mean: whole numbers, so that equal sums are equal. */
function doubleRanks(values: readonly number[]): Float64Array {
  return computeMidranks(values).ranks.map((rank) => 2 * rank - (values.length + 1));
}

function sumProducts(left: Float64Array, right: Float64Array): number {
  return left.reduce((sum, value, index) => sum + value * (right[index] as number), 0);
}

function approximate(coefficient: number, count: number): number {
  const unexplained = 1 - coefficient ** 2;
  const smallest = Array.from({ length: count }, (_, index) => index + 1).reduce((p, factor) => p / factor, 2);
  if (unexplained <= 0) return smallest;
  const t = coefficient * Math.sqrt((count - 2) / unexplained);
  return Math.max(smallest, computeTwoSidedTail(t, count - 2));
}

/**
 * The share of all orders of `right` whose sum of products is as far from 0. Orders are counted by the set of values
 * already placed and the sum so far: 2^n sets in place of n! orders.
 */
function countOrders(left: Float64Array, right: Float64Array, observed: number): number {
  let bySet = new Map<number, Map<number, number>>([[0, new Map([[0, 1]])]]);
  for (const value of left) {
    const next = new Map<number, Map<number, number>>();
    for (const [set, counts] of bySet) {
      for (const [place, partner] of right.entries()) {
        if ((set & (1 << place)) !== 0) continue;
        addCounts(next, set | (1 << place), { counts, step: value * partner });
      }
    }
    bySet = next;
  }
  const [all = new Map<number, number>()] = bySet.values();
  let [extreme, total] = [0, 0];
  for (const [sum, count] of all) {
    total += count;
    if (Math.abs(sum) >= Math.abs(observed)) extreme += count;
  }
  return extreme / total;
}

function addCounts(
  bySet: Map<number, Map<number, number>>,
  set: number,
  { counts, step }: { readonly counts: ReadonlyMap<number, number>; readonly step: number },
): void {
  const sums = bySet.get(set) ?? new Map<number, number>();
  for (const [sum, count] of counts) sums.set(sum + step, (sums.get(sum + step) ?? 0) + count);
  bySet.set(set, sums);
}
