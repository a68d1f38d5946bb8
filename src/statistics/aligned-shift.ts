import { type Block, completeBlocks, expectRankSum, rankResiduals } from './aligned-rank-test.ts';
import { toStrata } from './allocations.ts';
import { type CriticalDistance, findCriticalDistances } from './critical-distance.ts';
import { computeShifts, findMiddleDifference, type RankEstimate } from './hodges-lehmann.ts';
import { keepFinite } from './keep-finite.ts';
import { selectDifference } from './select-difference.ts';
import { alignShifted, type Residuals, type SortedBlock, sortBlock } from './shifted-residuals.ts';

/**
 * The Hodges-Lehmann shift candidate - baseline of the residuals of `alignBlocks`, and the interval of all shifts that
 * the aligned rank test does not reject: the candidate less the shift is aligned anew, and its rank sum is less far
 * from what chance gives than the test needs. So p below 0.05 and a 95 % interval without 0 say the same, up to the
 * approximation of the interval's ends.
 * For values that are logarithms, its exponential is the ratio. One block: `computeShift`. Blocks that lack a side are
 * left out; constant blocks give the exact difference and an interval of width 0.
 * Simulated for five blocks of 4 + 4 in thirteen kinds of noise and drift, shifts up to 10 deviations: the 95 %
 * interval holds the truth in 94 to 99 %, the 90 % one in 89 to 97 %; it disagrees with p in at most 3 of 1,000, and
 * in up to 27 where values are rounded.
 * Source: Hodges and Lehmann 1962 and 1963, Annals of Mathematical Statistics 33 and 34.
 * Example: blocks `[1, 2]` against `[4, 5]`, `[11, 12]` against `[14, 15]` and `[5, 6]` against `[8, 9]`: 3, from 2 to 4.
 *
 * @param confidence between 0 and 1
 * @throws RangeError when no block has both sides, or a value is not finite
 */
export function computeAlignedShift(blocks: readonly Block[], confidence = 0.95): RankEstimate {
  return computeAlignedShifts(blocks, [confidence])[0] as RankEstimate;
}

/** The same for several confidences at once, in their order: what they share is computed only once. */
export function computeAlignedShifts(
  blocks: readonly Block[],
  confidences: readonly number[],
): readonly RankEstimate[] {
  const complete = completeBlocks(blocks);
  const [only] = complete;
  if (only !== undefined && complete.length === 1) return computeShifts(only.baseline, only.candidate, confidences);
  const sorted = complete.map(sortBlock);
  const { left, right } = alignShifted(sorted, 0);
  const estimate = findMiddleDifference(left, right);
  const levels = confidences.map((confidence) => 1 - confidence);
  const critical = findCritical(complete, estimate, levels);
  const centred = alignShifted(sorted, estimate);
  const ask = { sorted, estimate, centred, expect: expectLarger(complete) };
  return critical.map((found) => {
    const interval = found === null ? null : boundShift(ask, found);
    return { estimate, interval, achieved: interval === null || found === null ? null : 1 - found.share };
  });
}

interface Question {
  readonly sorted: readonly SortedBlock[];
  readonly estimate: number;
  /** Residuals without the estimate. */
  readonly centred: Residuals;
  /** Of all pairs of residuals, those in which the candidate's is the larger when that shift is all that differs. */
  readonly expect: (shift: number) => number;
}

/**
 * Where the test begins to reject. Shifts between two measured differences leave no value of one side equal to one of
 * the other, so ties between the sides are broken: for the side that is larger, and without one both ways, of which the
 * larger distance counts. Swapped sides then give the same.
 */
function findCritical(blocks: readonly Block[], estimate: number, levels: readonly number[]) {
  const find = (favour: 1 | -1) => findCriticalDistances(toStrata(rankResiduals(blocks, favour), 'candidate'), levels);
  if (estimate !== 0) return find(estimate > 0 ? 1 : -1);
  const lowered = find(-1);
  return find(1).map((raised, index) => takeFurther(raised, lowered[index] ?? null));
}

function takeFurther(one: CriticalDistance | null, other: CriticalDistance | null): CriticalDistance | null {
  if (one === null || other === null) return null;
  if (Math.abs(one.distance - other.distance) > slack) return one.distance > other.distance ? one : other;
  return one.share > other.share ? one : other;
}

/** null when even the outermost differences are not far enough away. */
function boundShift(question: Question, { distance }: CriticalDistance): readonly [number, number] | null {
  const { sorted, estimate, centred, expect } = question;
  const pairs = centred.left.length * centred.right.length;
  const follow = (select: (residuals: Residuals, expected: number) => number | null) => {
    let residuals = centred;
    let shift = estimate;
    for (let step = 1; ; step += 1) {
      const difference = select(residuals, expect(shift));
      if (difference === null) return null;
      const next = keepFinite(shift + difference);
      if (next === shift || step === (pairs > manyPairs ? 2 : 4)) return next;
      shift = next;
      residuals = alignShifted(sorted, shift);
    }
  };
  // Ranks are doubled. Of these numbers of pairs, equal ones counted half, the test keeps what lies between.
  const low = follow((residuals, expected) => {
    const most = Math.ceil(expected + (distance - residuals.equal) / 2 - slack) - 1;
    return selectUnequal(residuals, pairs - residuals.equal - most);
  });
  const high = follow((residuals, expected) => {
    const fewest = Math.floor(expected - (distance + residuals.equal) / 2 + slack) + 1;
    return selectUnequal(residuals, pairs - residuals.equal - fewest + 1);
  });
  return low === null || high === null ? null : [Math.min(estimate, low), Math.max(estimate, high)];
}

/** The difference of that order among the pairs that a shift can change; null where there are not so many. */
function selectUnequal({ left, right, equal }: Residuals, order: number): number | null {
  if (order < 1 || order > left.length * right.length - equal) return null;
  const difference = selectDifference(left, right, order);
  return difference < 0 || equal === 0 ? difference : selectDifference(left, right, order + equal);
}

/** Rounding must neither add a pair nor take one away. */
const slack = 1e-6;

/** From here on an end moves so little that one more alignment is enough. */
const manyPairs = 10_000;

/**
 * Pairs in which the candidate's residual is the larger when that shift is taken off, on average over all ways to
 * exchange labels: half of them, whatever the shift, when the sides have the same share of every block.
 */
function expectLarger(blocks: readonly Block[]): (shift: number) => number {
  const count = (side: keyof Block) => blocks.reduce((sum, block) => sum + block[side].length, 0);
  const [left, right] = [count('baseline'), count('candidate')];
  const isEven = blocks.every(({ baseline, candidate }) => candidate.length * left === baseline.length * right);
  if (isEven) return () => (left * right) / 2;
  return (shift) => {
    const shifted = blocks.map(({ baseline, candidate }) => ({
      baseline,
      candidate: candidate.map((value) => keepFinite(value - shift)),
    }));
    return (expectRankSum(rankResiduals(shifted)) - right * (right + 1)) / 2;
  };
}
