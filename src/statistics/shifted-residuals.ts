import type { Block } from './aligned-rank-test.ts';
import { keepFinite } from './keep-finite.ts';
import { sortAscending } from './quantile.ts';

/** Both sides ascending. */
export interface SortedBlock {
  readonly baseline: Float64Array;
  readonly candidate: Float64Array;
}

/** @throws RangeError as `sortAscending` */
export function sortBlock({ baseline, candidate }: Block): SortedBlock {
  return { baseline: sortAscending(baseline), candidate: sortAscending(candidate) };
}

/** Both sides of all blocks together, ascending. */
export interface Residuals {
  readonly left: Float64Array;
  readonly right: Float64Array;
  /**
   * Pairs that are equal whatever the shift: in a block of odd size one value is the median itself, and its residual 0
   * is equal to those of other such blocks.
   */
  readonly equal: number;
}

/**
 * What `alignBlocks` gives once the shift is taken off the candidate, in the values' unit; too large for a number is the
 * largest there is.
 * Example: one block `[1, 2]` against `[4]`, shift 2: `[-1, 0]` and `[0]`, where the median 2 is both sides'.
 */
export function alignShifted(blocks: readonly SortedBlock[], shift: number): Residuals {
  const left = new Float64Array(blocks.reduce((sum, { baseline }) => sum + baseline.length, 0));
  const right = new Float64Array(blocks.reduce((sum, { candidate }) => sum + candidate.length, 0));
  let [leftPlace, rightPlace] = [0, 0];
  const medians = { baseline: 0, candidate: 0 };
  for (const { baseline, candidate } of blocks) {
    const { centre, side } = findCommonMedian(baseline, candidate, shift);
    if (side !== null) medians[side] += 1;
    for (const value of baseline) left[leftPlace++] = keepFinite(value - centre);
    for (const value of candidate) right[rightPlace++] = keepFinite(keepFinite(value - shift) - centre);
  }
  return { left: left.sort(), right: right.sort(), equal: medians.baseline * medians.candidate };
}

/** The median of both, the shift taken off the candidate, and whose value it is: they are merged up to the middle. */
function findCommonMedian(baseline: Float64Array, candidate: Float64Array, shift: number) {
  const count = baseline.length + candidate.length;
  let [lower, upper] = [0, 0];
  let [ofBaseline, ofCandidate] = [0, 0];
  let side: keyof Block = 'baseline';
  while (ofBaseline + ofCandidate <= count >> 1) {
    const [one, other] = [baseline[ofBaseline], candidate[ofCandidate]];
    const shifted = other === undefined ? Infinity : keepFinite(other - shift);
    lower = upper;
    side = one !== undefined && one <= shifted ? 'baseline' : 'candidate';
    if (side === 'baseline') [upper, ofBaseline] = [one as number, ofBaseline + 1];
    else [upper, ofCandidate] = [shifted, ofCandidate + 1];
  }
  if (count % 2 === 0) return { centre: lower / 2 + upper / 2, side: null };
  // Where both sides have it, the next shift decides.
  const isShared =
    side === 'candidate'
      ? baseline[ofBaseline - 1] === upper
      : keepFinite((candidate[ofCandidate] ?? Infinity) - shift) === upper;
  return { centre: upper, side: isShared ? null : side };
}
