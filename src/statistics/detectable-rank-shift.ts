import { findDetectionFactor } from './detection-factors.ts';
import { computeMannWhitneyProbabilities, isDistributionAffordable } from './mann-whitney-distribution.ts';
import { normalQuantile } from './normal.ts';
import { computeQuantile } from './quantile.ts';
import type { Random } from './random.ts';
import { selectDifference } from './select-difference.ts';

export interface RankDetectionQuestion {
  /** Values without a difference between the sides: residuals of both sides, pooled; usually of logarithms. */
  readonly pooled: readonly number[];
  readonly baselineSize: number;
  readonly candidateSize: number;
  /** Two-sided level of the test, for example 0.05 / number of cells. */
  readonly level: number;
  /** Chance that the shift is found, for example 0.8. */
  readonly power: number;
  readonly resamples?: number;
  readonly random: Random;
}

/**
 * The smallest upward shift that the Mann-Whitney test finds with the power asked for in a new experiment of the same
 * sizes, in the values' unit: `computeBootstrapRankShift` times a simulated factor (`findDetectionFactor`), because
 * the noise is an estimate from few values; without it the power would be 0.60 to 0.75 for 4 to 10 values a side.
 * Simulated at levels from 0.05 to 0.05 / 48 it is 0.74 to 0.86 for normal and skewed noise. Noise rounded so coarsely
 * that a step of it matters has no shift of power 0.8: it jumps from below to above, and 0.81 to 0.94 was measured.
 * Constant data: 0, any shift would be found.
 * Example: see `computeBootstrapRankShift`.
 *
 * @returns null when sides of these sizes can never reach the level: 3 against 3 at 0.05
 * @throws RangeError when there are no pooled values, or one is not finite, or a side is empty
 */
export function computeDetectableRankShift(question: RankDetectionQuestion): number | null {
  const shift = computeBootstrapRankShift(question);
  return shift === null ? null : shift * findDetectionFactor('rank', question);
}

/**
 * The smallest upward shift that the rank test finds with the power asked for, in the values' unit, were the noise
 * exactly what the pooled values show. Both sides are drawn from them with replacement; in each draw the number of wins grows
 * with the shift, so the shift at which the draw becomes significant is one of its differences, and the answer is a
 * quantile of these. The critical value is that of the distribution without ties. An estimate from the data at hand,
 * off by some per cent by chance (500 draws) and as uncertain as the noise itself.
 * Constant data: 0, any shift would be found.
 * Example: 1, 2, 3, 4 and power 0.8: in four of five draws of 4 against 4 a shift of 3 separates the sides.
 * Source: bootstrap power, Efron and Tibshirani, "An introduction to the bootstrap", chapter 25.
 *
 * @returns null when sides of these sizes can never reach the level: 3 against 3 at 0.05
 * @throws RangeError when there are no pooled values, or one is not finite, or a side is empty
 */
export function computeBootstrapRankShift(question: RankDetectionQuestion): number | null {
  const { pooled, baselineSize, candidateSize, level, power, resamples = 500, random } = question;
  const wrong = pooled.find((value) => !Number.isFinite(value));
  if (wrong !== undefined) throw new RangeError(`expected finite numbers, found ${wrong}`);
  if (pooled.length === 0) throw new RangeError('expected at least one number, found none');
  const wins = findCriticalWins(baselineSize, candidateSize, level);
  if (wins === null) return null;
  const draw = createSortedDraws(pooled, random);
  const [candidate, baseline] = [new Float64Array(candidateSize), new Float64Array(baselineSize)];
  const needed = Array.from({ length: resamples }, () => selectDifference(draw(candidate), draw(baseline), wins));
  return Math.max(0, computeQuantile(needed, power));
}

/** Fills an array with values drawn with replacement, ascending: how often each came is counted, so nothing is sorted. */
function createSortedDraws(pooled: readonly number[], random: Random): (target: Float64Array) => Float64Array {
  const order = Uint32Array.from(pooled.keys()).sort((a, b) => (pooled[a] as number) - (pooled[b] as number));
  const sorted = Float64Array.from(order, (index) => pooled[index] as number);
  const places = new Uint32Array(pooled.length);
  for (let place = 0; place < order.length; place += 1) places[order[place] as number] = place;
  const counts = new Uint32Array(pooled.length);
  return (target) => {
    counts.fill(0);
    for (let drawn = 0; drawn < target.length; drawn += 1) {
      const place = places[random.nextBelow(pooled.length)] as number;
      counts[place] = (counts[place] as number) + 1;
    }
    let filled = 0;
    for (let place = 0; place < counts.length; place += 1) {
      for (let left = counts[place] as number; left > 0; left -= 1) target[filled++] = sorted[place] as number;
    }
    return target;
  };
}

/**
 * The fewest wins of the candidate that are significant without ties; null when even all of them are not.
 * Example: 4 against 4 at 0.05: 16 of 16.
 */
export function findCriticalWins(baselineSize: number, candidateSize: number, level: number): number | null {
  const pairs = baselineSize * candidateSize;
  if (!isDistributionAffordable(baselineSize, candidateSize)) {
    const deviation = Math.sqrt((pairs * (baselineSize + candidateSize + 1)) / 12);
    return Math.ceil(pairs / 2 + 0.5 - normalQuantile(level / 2) * deviation);
  }
  const probabilities = computeMannWhitneyProbabilities(baselineSize, candidateSize);
  let tail = 0;
  let lost = 0;
  while (tail + (probabilities[lost] as number) <= (level / 2) * (1 + 1e-12)) {
    tail += probabilities[lost] as number;
    lost += 1;
  }
  return lost === 0 ? null : pairs - lost + 1;
}
