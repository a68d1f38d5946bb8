/** Additions the distribution may cost: about 50 ms, so that no cell keeps the others waiting. */
const affordableAdditions = 2e7;

/** Beyond this many values the number of allocations does not fit a double. */
const mostValues = 1000;

/** Chances of one rank sum over all allocations of the pooled values, each equally likely. */
export interface RankSumTails {
  /** P(R <= r), above 0. */
  readonly lower: number;
  /** P(R >= r), above 0. */
  readonly upper: number;
}

/** All allocations of given ranks, `chosen` of them to the side whose rank sum is meant. */
export interface RankSumQuestion {
  /** Midranks of the pooled values, multiples of 1/2, in any order. */
  readonly ranks: readonly number[] | Float64Array;
  /** Size of the side; from 1 to the number of ranks. */
  readonly chosen: number;
  readonly rankSum: number;
}

/**
 * Both tails of the permutation distribution of a rank sum, given the ties that are there: exact whatever the ties.
 * Counts the allocations by size and doubled rank sum, value after value (Streitberg and Roehmel 1986, Statistical
 * Software Newsletter 12), and only those that can still end at or below the sum; relative error about 1e-13.
 * All ranks equal: both tails are 1. Example: ranks 1, 2.5, 2.5, 4, two chosen, sum 3.5: lower 2/6, upper 6/6.
 *
 * @returns null when it would take longer than about 50 ms
 * @throws RangeError when the sum cannot be attained or the size does not fit
 */
export function computeRankSumTails({ ranks, chosen, rankSum }: RankSumQuestion): RankSumTails | null {
  if (!(Number.isInteger(chosen) && chosen >= 1 && chosen <= ranks.length)) {
    throw new RangeError(`expected a side of 1 to ${ranks.length} values, found ${chosen}`);
  }
  const mean = computeMeanSum(ranks, chosen);
  if (rankSum <= mean) return computeTailsBelow(ranks, chosen, rankSum);
  // The far side of the mean costs more: seen from above, the same sum lies below it.
  const mirrored = computeTailsBelow(
    Array.from(ranks, (rank) => -rank),
    chosen,
    -rankSum,
  );
  return mirrored && { lower: mirrored.upper, upper: mirrored.lower };
}

/**
 * Two-sided p, twice the smaller tail, from above 0 to 1; null as `computeRankSumTails`.
 * Example: ranks 1 to 8, four chosen, sum 10: 2/70 = 0.0286.
 */
export function computeTwiceSmallerTail(question: RankSumQuestion): number | null {
  const tails = computeRankSumTails(question);
  return tails && Math.min(1, 2 * Math.min(tails.lower, tails.upper));
}

/**
 * Two-sided p by distance, P(|R - E R| >= |r - E R|), from above 0 to 1; null as `computeRankSumTails`.
 * Differs from twice the smaller tail only where ties and unequal sides make the distribution lopsided.
 * Example: ranks 1, 2.5, 2.5, 4, one chosen, sum 4: 1 and 4 are as far from 2.5, so 2/4.
 */
export function computeDistanceP(question: RankSumQuestion): number | null {
  const { ranks, chosen, rankSum } = question;
  const mean = computeMeanSum(ranks, chosen);
  const distance = Math.abs(rankSum - mean);
  if (distance === 0) return 1;
  const lower = computeRankSumTails({ ranks, chosen, rankSum: mean - distance });
  const upper = computeRankSumTails({ ranks, chosen, rankSum: mean + distance });
  return lower && upper && Math.min(1, lower.lower + upper.upper);
}

function computeMeanSum(ranks: readonly number[] | Float64Array, chosen: number): number {
  return (chosen * Float64Array.from(ranks).reduce((sum, rank) => sum + rank, 0)) / ranks.length;
}

function computeTailsBelow(
  ranks: readonly number[] | Float64Array,
  chosen: number,
  rankSum: number,
): RankSumTails | null {
  const lattice = buildLattice(ranks);
  const limit = (2 * rankSum - chosen * lattice.smallest) / lattice.step;
  // Rounding of a sum of halves: a limit meant to be whole stays whole.
  const { atMost, exactly } = countSums(lattice.steps, chosen, Math.floor(limit + 1e-9)) ?? {};
  if (atMost === undefined || exactly === undefined) return null;
  const total = countSubsets(ranks.length, chosen);
  const attained = Number.isInteger(limit) ? exactly : 0;
  return { lower: atMost / total, upper: Math.min(1, 1 - (atMost - attained) / total) };
}

interface Lattice {
  /** Smallest doubled rank. */
  readonly smallest: number;
  /** Greatest common divisor of the doubled ranks' distances from it; 1 when all are equal. */
  readonly step: number;
  /** Distances from the smallest in steps, ascending. */
  readonly steps: Float64Array;
}

function buildLattice(ranks: readonly number[] | Float64Array): Lattice {
  const doubled = Float64Array.from(ranks, (rank) => Math.round(2 * rank)).sort();
  const smallest = doubled[0] as number;
  const distances = doubled.map((rank) => rank - smallest);
  const step = distances.reduce(greatestCommonDivisor, 0) || 1;
  return { smallest, step, steps: distances.map((distance) => distance / step) };
}

function greatestCommonDivisor(left: number, right: number): number {
  return right === 0 ? left : greatestCommonDivisor(right, left % right);
}

/** How many subsets of the size have a sum of at most, and of exactly the limit; null when that costs too much. */
function countSums(steps: Float64Array, chosen: number, limit: number): { atMost: number; exactly: number } | null {
  const least = accumulate(steps);
  const length = limit - (least[chosen] as number) + 1;
  if (length < 1) return { atMost: 0, exactly: 0 };
  if (steps.length > mostValues || countAdditions({ steps, least, chosen, limit }) > affordableAdditions) return null;
  // One row a size; its places count from the smallest sum of that size.
  const rows = Array.from({ length: chosen + 1 }, () => new Float64Array(length));
  (rows[0] as Float64Array)[0] = 1;
  forEachWindow({ steps, least, chosen, limit }, (size, shift, end) => {
    addShifted(rows[size] as Float64Array, { from: rows[size - 1] as Float64Array, shift, end });
  });
  const last = rows[chosen] as Float64Array;
  return { atMost: last.reduce((sum, count) => sum + count, 0), exactly: last[length - 1] as number };
}

interface Counting {
  readonly steps: Float64Array;
  /** Smallest sum of each size. */
  readonly least: Float64Array;
  readonly chosen: number;
  readonly limit: number;
}

/**
 * Calls back for every value and every size it can complete: where its sums go (`shift` places further than those of
 * the next smaller size) and the first place (`end`) that is out of reach, because the values still to be chosen, all
 * at least as large as this one, would pass the limit, or because no values so far add up to it.
 */
function forEachWindow(counting: Counting, visit: (size: number, shift: number, end: number) => void): void {
  const { steps, least, chosen, limit } = counting;
  const at = (index: number) => least[index] as number;
  for (let seen = 1; seen <= steps.length; seen += 1) {
    // Downwards, so that the smaller size does not hold this value yet.
    for (let size = Math.min(seen, chosen); size >= 1 && seen + chosen - size <= steps.length; size -= 1) {
      const stillLeast = at(seen + chosen - size) - at(seen);
      const largest = Math.min(limit - stillLeast, at(seen) - at(seen - size));
      visit(size, (steps[seen - 1] as number) - (at(size) - at(size - 1)), largest - at(size) + 1);
    }
  }
}

function countAdditions(counting: Counting): number {
  let additions = 0;
  forEachWindow(counting, (_, shift, end) => {
    additions += Math.max(0, end - shift);
  });
  return additions;
}

function addShifted(row: Float64Array, { from, shift, end }: { from: Float64Array; shift: number; end: number }): void {
  for (let place = shift; place < end; place += 1)
    row[place] = (row[place] as number) + (from[place - shift] as number);
}

function accumulate(steps: Float64Array): Float64Array {
  const sums = new Float64Array(steps.length + 1);
  for (const [index, step] of steps.entries()) sums[index + 1] = (sums[index] as number) + step;
  return sums;
}

function countSubsets(total: number, chosen: number): number {
  let count = 1;
  for (let index = 1; index <= chosen; index += 1) count = (count * (total - chosen + index)) / index;
  return count;
}
