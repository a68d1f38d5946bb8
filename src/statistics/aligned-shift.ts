import { type Block, completeBlocks, expectRankSum, rankResiduals, toStrata } from './aligned-rank-test.ts';
import { type CriticalDistance, findCriticalDistances } from './critical-distance.ts';
import { computeShifts, findMiddleDifference, type RankEstimate } from './hodges-lehmann.ts';
import { keepFinite } from './keep-finite.ts';
import { sortAscending } from './quantile.ts';
import { selectDifference } from './select-difference.ts';

/**
 * The Hodges-Lehmann shift candidate - baseline of the residuals of `alignBlocks`, and the interval of all shifts that
 * the aligned rank test does not reject: the candidate less the shift is aligned anew, and its rank sum is less far
 * from what chance gives than the test needs. So p below 0.05 and a 95 % interval without 0 say the same, up to the
 * approximation of the interval's ends.
 * For values that are logarithms, its exponential is the ratio. One block: `computeShift`. Blocks that lack a side are
 * left out; constant blocks give the exact difference and an interval of width 0.
 * Simulated for five blocks of 4 + 4 in eleven kinds of noise and drift, shifts up to 30 deviations: the 95 % interval
 * holds the truth in 94 to 99 %, the 90 % one in 89 to 97 %, and on 0 or 1 of 300 it disagrees with p.
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
  const { left, right } = align(sorted, 0);
  const estimate = findMiddleDifference(left, right);
  const levels = confidences.map((confidence) => 1 - confidence);
  const critical = findCritical(complete, estimate, levels);
  const centred = align(sorted, estimate);
  const ask = { sorted, estimate, centred, expected: expectLarger(complete, estimate, centred) };
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
  /** Of all pairs of residuals, those in which the candidate's is the larger when nothing differs. */
  readonly expected: number;
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
  const { sorted, estimate, centred, expected } = question;
  const pairs = centred.left.length * centred.right.length;
  // Ranks are doubled. Of these numbers of pairs the test keeps what lies between, both ends included.
  const most = Math.ceil(expected + distance / 2 - slack) - 1;
  const fewest = Math.floor(expected - distance / 2 + slack) + 1;
  if (most >= pairs || fewest <= 0) return null;
  const follow = (order: number) => {
    let residuals = centred;
    let shift = estimate;
    for (let step = 1; ; step += 1) {
      const next = keepFinite(shift + selectDifference(residuals.left, residuals.right, order));
      if (next === shift || step === (pairs > manyPairs ? 2 : 4)) return next;
      shift = next;
      residuals = align(sorted, shift);
    }
  };
  return [Math.min(estimate, follow(pairs - most)), Math.max(estimate, follow(pairs - fewest + 1))];
}

/** Rounding must neither add a pair nor take one away. */
const slack = 1e-6;

/** From here on an end moves so little that one more alignment is enough. */
const manyPairs = 10_000;

/** Both sides ascending. */
interface SortedBlock {
  readonly baseline: Float64Array;
  readonly candidate: Float64Array;
}

function sortBlock({ baseline, candidate }: Block): SortedBlock {
  return { baseline: sortAscending(baseline), candidate: sortAscending(candidate) };
}

/** Both sides of all blocks together, ascending. */
interface Residuals {
  readonly left: Float64Array;
  readonly right: Float64Array;
}

/** What `alignBlocks` gives once the shift is taken off the candidate. */
function align(blocks: readonly SortedBlock[], shift: number): Residuals {
  const left = new Float64Array(blocks.reduce((sum, { baseline }) => sum + baseline.length, 0));
  const right = new Float64Array(blocks.reduce((sum, { candidate }) => sum + candidate.length, 0));
  let [leftPlace, rightPlace] = [0, 0];
  for (const { baseline, candidate } of blocks) {
    const centre = findCommonMedian(baseline, candidate, shift);
    for (const value of baseline) left[leftPlace++] = keepFinite(value - centre);
    for (const value of candidate) right[rightPlace++] = keepFinite(keepFinite(value - shift) - centre);
  }
  return { left: left.sort(), right: right.sort() };
}

/** The median of both together, the shift taken off the second: they are merged up to the middle. */
function findCommonMedian(first: Float64Array, second: Float64Array, shift: number): number {
  const count = first.length + second.length;
  let [lower, upper] = [0, 0];
  let [fromFirst, fromSecond] = [0, 0];
  while (fromFirst + fromSecond <= count >> 1) {
    const [one, other] = [first[fromFirst], second[fromSecond]];
    const shifted = other === undefined ? Infinity : keepFinite(other - shift);
    lower = upper;
    if (one !== undefined && one <= shifted) [upper, fromFirst] = [one, fromFirst + 1];
    else [upper, fromSecond] = [shifted, fromSecond + 1];
  }
  return count % 2 === 1 ? upper : lower / 2 + upper / 2;
}

/**
 * Pairs in which the candidate's residual is the larger, on average over all ways to exchange labels: half of them when
 * the sides have the same share of every block.
 */
function expectLarger(blocks: readonly Block[], shift: number, { left, right }: Residuals): number {
  const isEven = blocks.every(
    ({ baseline, candidate }) => candidate.length * left.length === baseline.length * right.length,
  );
  if (isEven) return (left.length * right.length) / 2;
  const shifted = blocks.map(({ baseline, candidate }) => ({
    baseline,
    candidate: candidate.map((value) => keepFinite(value - shift)),
  }));
  return (expectRankSum(rankResiduals(shifted)) - right.length * (right.length + 1)) / 2;
}
