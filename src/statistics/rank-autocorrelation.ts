import { computeMidranks } from './midranks.ts';
import type { Random } from './random.ts';

export interface RankAutocorrelation {
  readonly kind: 'tested';
  /** From about -1 to 1; on average -1/n for independent values. */
  readonly coefficient: number;
  /** Share of the orders as far from -1/n; two-sided, above 0, at most 1. */
  readonly p: number;
  /** Share of the orders with a coefficient at least as large: neighbours that resemble each other; above 0, at most 1. */
  readonly pPositive: number;
  /** Whether all orders were counted. */
  readonly exhaustive: boolean;
}

/** Fewer than 3 values, or all of them equal: nothing to correlate. */
export interface NoAutocorrelation {
  readonly kind: 'constant';
}

/** 5,040 orders are counted, more are drawn. */
const mostCounted = 7;

/**
 * Lag-1 autocorrelation of the ranks of a series in the order of time, and whether chance explains it: the orders of
 * the same values are equally likely when the series is independent, whatever its distribution. Ties share ranks.
 * Residuals from medians of short blocks repel each other (by -1/(m - 1) for blocks of m), so for those only
 * `pPositive` means something. Reversing time and any increasing function of the values change no figure but drawn p.
 * Source: Wald and Wolfowitz 1943, Annals of Mathematical Statistics 14; drawn p: Phipson and Smyth 2010.
 * Example: `[1, 2, 3, 4]` gives 0.25; 2 of 24 orders are as large, so `pPositive` is 1/12.
 *
 * @param options.resamples orders drawn where there are more than 5,040; from 1
 * @throws RangeError when a value is not finite
 */
export function computeRankAutocorrelation(
  series: readonly number[],
  { resamples = 1999, random }: { readonly resamples?: number; readonly random: Random },
): RankAutocorrelation | NoAutocorrelation {
  if (series.length === 0) return { kind: 'constant' };
  const scores = scoreRanks(series);
  const squares = scores.reduce((sum, score) => sum + score * score, 0);
  if (squares === 0 || series.length < 3) return { kind: 'constant' };
  const observed = sumNeighbours(scores);
  // Sums are whole; times n so is their distance from the mean, -squares / n.
  const measure = (sum: number) => Math.abs(sum * scores.length + squares);
  const tally = { orders: 0, far: 0, large: 0 };
  const visit = (order: Float64Array) => {
    const sum = sumNeighbours(order);
    tally.orders += 1;
    if (measure(sum) >= measure(observed)) tally.far += 1;
    if (sum >= observed) tally.large += 1;
  };
  const exhaustive = series.length <= mostCounted;
  // The order observed counts as one of those drawn.
  visit(scores);
  if (exhaustive) visitOtherOrders(scores, visit);
  else drawOrders(scores.toSorted(), { resamples, random }, visit);
  const { orders, far, large } = tally;
  return { kind: 'tested', coefficient: observed / squares, p: far / orders, pPositive: large / orders, exhaustive };
}

/**
 * The coefficient alone, without its chance; 0 where there is nothing to correlate (see `NoAutocorrelation`).
 * Example: `[1, 2, 3, 4]` gives 0.25.
 *
 * @throws RangeError when there are no values, or one is not finite
 */
export function computeNeighbourCorrelation(series: readonly number[]): number {
  const scores = scoreRanks(series);
  const squares = scores.reduce((sum, score) => sum + score * score, 0);
  return squares === 0 || series.length < 3 ? 0 : sumNeighbours(scores) / squares;
}

/** Doubled midranks minus their mean, which are whole. */
function scoreRanks(series: readonly number[]): Float64Array {
  return computeMidranks(series).ranks.map((rank) => 2 * rank - (series.length + 1));
}

function sumNeighbours(scores: Float64Array): number {
  let sum = 0;
  for (let index = 1; index < scores.length; index += 1)
    sum += (scores[index - 1] as number) * (scores[index] as number);
  return sum;
}

/** Every order but the one given, once each (Heap 1963, The Computer Journal 6). */
function visitOtherOrders(scores: Float64Array, visit: (order: Float64Array) => void): void {
  const order = scores.slice();
  const turns = new Uint8Array(order.length);
  for (let level = 1; level < order.length; ) {
    const turn = turns[level] as number;
    if (turn < level) {
      swap(order, level % 2 === 0 ? 0 : turn, level);
      visit(order);
      turns[level] = turn + 1;
      level = 1;
    } else {
      turns[level] = 0;
      level += 1;
    }
  }
}

function drawOrders(
  sorted: Float64Array,
  { resamples, random }: { readonly resamples: number; readonly random: Random },
  visit: (order: Float64Array) => void,
): void {
  for (let resample = 0; resample < resamples; resample += 1) {
    for (let last = sorted.length - 1; last > 0; last -= 1) swap(sorted, random.nextBelow(last + 1), last);
    visit(sorted);
  }
}

function swap(values: Float64Array, left: number, right: number): void {
  const kept = values[left] as number;
  values[left] = values[right] as number;
  values[right] = kept;
}
