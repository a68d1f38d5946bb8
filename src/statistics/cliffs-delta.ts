import { computeMidranks } from './midranks.ts';

/**
 * Cliff's delta: the chance that a value of the candidate is larger than one of the baseline, minus the chance that it
 * is smaller; from -1 (all smaller) to 1 (all larger), without unit. Equal values count for neither; constant data
 * give 0. Swapping the sides changes the sign; any increasing function of all values changes nothing.
 * Source: Cliff 1993, Psychological Bulletin 114. Example: `[1, 2]` against `[2, 3]` gives 0.75.
 *
 * @throws RangeError when a side has no values, or a value is not finite
 */
export function computeCliffsDelta(baseline: readonly number[], candidate: readonly number[]): number {
  const [first, second] = [baseline.length, candidate.length];
  if (first === 0 || second === 0)
    throw new RangeError(`expected at least one value a side, found ${first} and ${second}`);
  const { ranks } = computeMidranks([...baseline, ...candidate]);
  const rankSum = ranks.subarray(first).reduce((sum, rank) => sum + rank, 0);
  // Twice the pairs won is whole, so that equal sides give 0 exactly.
  return (2 * rankSum - second * (second + 1)) / (first * second) - 1;
}
