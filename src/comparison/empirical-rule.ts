import { testNormality } from '../statistics/normality.ts';
import { computeDistanceShare, drawNullDistances } from '../statistics/plug-in-test.ts';
import type { Random } from '../statistics/random.ts';
import { detectionPower } from './shift.ts';

/** Enough for a p of 0.05 / 48 with a hundred draws beyond it. */
const draws = 99_999;

/** A history this unlikely to be normal is not taken for it. */
const normalityLevel = 0.01;

/** Deployments that fall into modes or have a long tail, so that t from their variance would be wrong. */
export function isNotNormal(history: readonly number[]): boolean {
  const found = testNormality(history);
  return found.kind === 'tested' && found.p <= normalityLevel;
}

export interface EmpiricalInput {
  /** Of the means of the logarithms of deployment medians. */
  readonly difference: number;
  /** Deployments a side. */
  readonly sizes: readonly [number, number];
  /** Logarithms, without a change among them. */
  readonly history: readonly number[];
  readonly level: number;
  readonly random: Random;
}

export interface EmpiricalTest {
  readonly p: number;
  readonly interval95: [number, number];
  readonly interval90: [number, number];
  /** Smallest upward shift that is found at the level with power 0.8. */
  readonly detectable: number;
}

/**
 * The difference against what the history produces without a change. An interval reaches as far to either side as a
 * difference must lie from 0 to have such a p, so that p is at most 0.05 exactly when the 95 % interval excludes 0.
 */
export function compareEmpirically({ difference, sizes, history, level, random }: EmpiricalInput): EmpiricalTest {
  const distances = drawNullDistances({ sizes, history }, { resamples: draws, random });
  const reach = (tail: number) => findCriticalDistance(distances, tail);
  const around = (tail: number): [number, number] => [difference - reach(tail), difference + reach(tail)];
  return {
    p: computeDistanceShare(distances, difference),
    interval95: around(0.05),
    interval90: around(0.1),
    detectable: reach(level) + findShortfall(distances),
  };
}

/** The largest distance whose p is above the tail. */
function findCriticalDistance(distances: Float64Array, tail: number): number {
  const allowed = Math.max(0, Math.floor(tail * (distances.length + 1) * (1 + 1e-12)) - 1);
  return distances[Math.max(0, distances.length - 1 - allowed)] as number;
}

/** By how much chance takes away from a true shift in 1 - power of the cases; half of all distances point downwards. */
function findShortfall(distances: Float64Array): number {
  const share = Math.max(0, 1 - 2 * (1 - detectionPower));
  return distances[Math.floor(share * (distances.length - 1))] as number;
}
