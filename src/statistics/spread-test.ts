import { computeAllocationTails } from './allocation-tails.ts';
import { areAllListed, computeAllocationP, toStrata } from './allocations.ts';
import { computeQuantile } from './quantile.ts';
import type { Random } from './random.ts';

/**
 * Distances whose labels may be exchanged: those of one block, or one number (the mean distance) for each deployment,
 * all in one stratum. A distance is |value - median of its own side in its own block or deployment|, from 0, usually
 * of logarithms, which makes it a relative spread.
 */
export interface SpreadStratum {
  readonly baseline: readonly number[];
  readonly candidate: readonly number[];
}

export interface SpreadTest {
  readonly kind: 'tested';
  /** mean distance of the candidate / mean distance of the baseline: 0 or Infinity when one side does not spread. */
  readonly ratio: number;
  /** Two-sided, above 0, at most 1. */
  readonly p: number;
  readonly exhaustive: boolean;
}

/** Nothing spreads on either side, or no stratum has both sides: there is no ratio. */
export interface NoSpread {
  readonly kind: 'constant';
}

/**
 * Whether one side spreads more: permutation of the labels within strata, statistic |ln(ratio of mean distances)|.
 * Keeps its size on skewed data, where the F test does not. All allocations are counted where that is quicker than
 * drawing, of distances rounded to 1/8192 of their sum where there are more than 65,536. Strata that lack a side are
 * left out. Swapping the sides gives the same p and the inverse ratio; one factor on all distances changes nothing.
 * Source: Good, "Permutation, parametric and bootstrap tests of hypotheses", section 3.5; p: `computeAllocationP`,
 * `computeAllocationTails`.
 * Example: distances `[1, 1]` against `[4, 4]`: ratio 4, p = 2 of 6.
 *
 * @throws RangeError when a distance is negative or not finite
 */
export function compareDistances(
  strata: readonly SpreadStratum[],
  { resamples = 99_999, random }: { readonly resamples?: number; readonly random: Random },
): SpreadTest | NoSpread {
  const complete = completeStrata(strata);
  const ratio = computeDistanceRatio(complete);
  if (ratio === null) return { kind: 'constant' };
  // The side that spreads more is the one followed: after a swap these are the same distances, and the same draws.
  const ordered = ratio >= 1 ? complete : complete.map(swapSides);
  const question = askAllocations(ordered);
  const counted = areAllListed(question.strata) ? null : countRounded(ordered);
  const { p, exhaustive } =
    counted === null ? computeAllocationP({ ...question, resamples, random }) : { p: counted, exhaustive: true };
  return { kind: 'tested', ratio, p, exhaustive };
}

/** Sums of the candidate's distances, the larger ones, at which the ratio of the means is as far from 1 as observed. */
function askAllocations(strata: readonly SpreadStratum[]) {
  const sums = addUp(strata);
  const total = sums.candidate + sums.baseline;
  const ratio = sums.candidate / sums.candidateCount / (sums.baseline / sums.baselineCount);
  const low = (total * sums.candidateCount) / (sums.candidateCount + sums.baselineCount * ratio);
  const slack = total * 1e-12;
  return {
    strata: toStrata(strata, 'candidate'),
    low: low + slack,
    high: sums.candidate - slack,
  };
}

/** Parts of the sum of all distances: chance scatters it by hundreds of them. */
const parts = 8192;

/**
 * The exact p of distances that are rounded to such parts, all allocations counted by their sums: for one stratum of
 * 20 + 20 in a fifth of the time that 99,999 draws take. null where it would take longer than they do.
 */
function countRounded(strata: readonly SpreadStratum[]): number | null {
  const part = (sum(strata, 'candidate') + sum(strata, 'baseline')) / parts;
  // The smallest numbers have no such parts.
  if (part === 0) return null;
  const round = (distances: readonly number[]) => distances.map((distance) => Math.round(distance / part));
  const rounded = strata.map(({ baseline, candidate }) => ({ baseline: round(baseline), candidate: round(candidate) }));
  const { strata: counted, low, high } = askAllocations(rounded);
  return computeAllocationTails(counted, { low, high });
}

/**
 * Percentile bootstrap interval of the ratio: whole strata (`blocks`) drawn with replacement, or, for deployments in
 * one stratum, the entries of each side (`entries`). Widened to hold the estimate where it would not.
 * Few blocks make it too narrow; it accompanies p, it does not replace it.
 * Source: Efron and Tibshirani, "An introduction to the bootstrap", chapter 13.
 * Example: distances `[1, 1, 2, 2]` against `[2, 2, 4, 4]` (ratio 2), entries, seed 1: 1.25 to 3.2.
 *
 * @param options.resamples from 1; 1,999 unless said otherwise
 * @returns null when a ratio is missing, or an end is 0 or infinite
 */
export function computeSpreadInterval(
  strata: readonly SpreadStratum[],
  options: {
    readonly unit: 'blocks' | 'entries';
    readonly random: Random;
    readonly confidence?: number;
    readonly resamples?: number;
  },
): [number, number] | null {
  const { unit, random, confidence = 0.95, resamples = 1999 } = options;
  const complete = completeStrata(strata);
  const estimate = computeDistanceRatio(complete);
  if (estimate === null) return null;
  const sums = complete.map((stratum) => addUp([stratum]));
  const redraw = unit === 'blocks' ? () => redrawBlocks(sums, random) : () => redrawEntries(complete, random);
  const logarithms = Array.from({ length: resamples }, () => Math.log(divideMeans(redraw()) ?? NaN));
  if (!(Number.isFinite(Math.log(estimate)) && logarithms.every(Number.isFinite))) return null;
  const end = (probability: number) => Math.exp(computeQuantile(logarithms, probability));
  const tail = (1 - confidence) / 2;
  return [Math.min(estimate, end(tail)), Math.max(estimate, end(1 - tail))];
}

interface SideSums {
  readonly baseline: number;
  readonly candidate: number;
  readonly baselineCount: number;
  readonly candidateCount: number;
}

function addUp(strata: readonly SpreadStratum[]): SideSums {
  return {
    baseline: sum(strata, 'baseline'),
    candidate: sum(strata, 'candidate'),
    baselineCount: count(strata, 'baseline'),
    candidateCount: count(strata, 'candidate'),
  };
}

function redrawBlocks(blocks: readonly SideSums[], random: Random): SideSums {
  const drawn = { baseline: 0, candidate: 0, baselineCount: 0, candidateCount: 0 };
  for (let index = 0; index < blocks.length; index += 1) {
    const block = blocks[random.nextBelow(blocks.length)] as SideSums;
    drawn.baseline += block.baseline;
    drawn.candidate += block.candidate;
    drawn.baselineCount += block.baselineCount;
    drawn.candidateCount += block.candidateCount;
  }
  return drawn;
}

function redrawEntries(strata: readonly SpreadStratum[], random: Random): SideSums {
  const drawn = { ...addUp(strata), baseline: 0, candidate: 0 };
  for (const { baseline, candidate } of strata) {
    drawn.baseline += drawSum(baseline, random);
    drawn.candidate += drawSum(candidate, random);
  }
  return drawn;
}

function drawSum(values: readonly number[], random: Random): number {
  let sum = 0;
  for (let index = 0; index < values.length; index += 1) sum += values[random.nextBelow(values.length)] as number;
  return sum;
}

/** mean(candidate) / mean(baseline) over all strata; null when both are 0 or there are none. */
function computeDistanceRatio(strata: readonly SpreadStratum[]): number | null {
  return strata.length === 0 ? null : divideMeans(addUp(strata));
}

function divideMeans(sums: SideSums): number | null {
  const baseline = sums.baseline / sums.baselineCount;
  const candidate = sums.candidate / sums.candidateCount;
  if (baseline === 0 && candidate === 0) return null;
  if (baseline === 0 || candidate === 0) return candidate / baseline;
  // Neither the ratio nor its inverse may be too large for a number.
  return Math.min(Number.MAX_VALUE, Math.max(1 / Number.MAX_VALUE, candidate / baseline));
}

function completeStrata(strata: readonly SpreadStratum[]): readonly SpreadStratum[] {
  const wrong = strata
    .flatMap(({ baseline, candidate }) => [...baseline, ...candidate])
    .find((distance) => !(distance >= 0 && distance < Infinity));
  if (wrong !== undefined) throw new RangeError(`expected finite distances from 0, found ${wrong}`);
  const complete = strata.filter(({ baseline, candidate }) => baseline.length > 0 && candidate.length > 0);
  const isHuge = complete.some((stratum) => [...stratum.baseline, ...stratum.candidate].some((far) => far > 2 ** 900));
  return isHuge ? complete.map(shrink) : complete;
}

/** Only ratios matter, and sums of the largest numbers would overflow. What is above 0 stays above 0. */
function shrink({ baseline, candidate }: SpreadStratum): SpreadStratum {
  const divide = (distances: readonly number[]) =>
    distances.map((distance) => (distance === 0 ? 0 : Math.max(distance / 2 ** 100, Number.MIN_VALUE)));
  return { baseline: divide(baseline), candidate: divide(candidate) };
}

function swapSides({ baseline, candidate }: SpreadStratum): SpreadStratum {
  return { baseline: candidate, candidate: baseline };
}

function sum(strata: readonly SpreadStratum[], side: keyof SpreadStratum): number {
  return strata.reduce((all, stratum) => stratum[side].reduce((partial, distance) => partial + distance, all), 0);
}

function count(strata: readonly SpreadStratum[], side: keyof SpreadStratum): number {
  return strata.reduce((all, stratum) => all + stratum[side].length, 0);
}
