import { fewestDeploymentsForVerdict } from '../plans/resolve-plan.ts';
import { computeDetectableShift, computeKnownErrorShift } from '../statistics/detectable-shift.ts';
import { compareWithHistory } from '../statistics/plug-in-test.ts';
import { computeMedian } from '../statistics/quantile.ts';
import type { Random } from '../statistics/random.ts';
import { compareMeans, computeWelchInterval, type WelchTest } from '../statistics/welch.ts';
import { compareEmpirically, isNotNormal } from './empirical-rule.ts';
import type { DeploymentValues } from './measured-values.ts';
import { detectionPower, noStandardError, noTest, type Shift } from './shift.ts';

const welchMethod = 'welch-deployments';
const historyMethod = 'plugin-deployments';
const empiricalMethod = 'empirical-deployments';

/** Deployments of a history from which its variance is taken for that of the cell; fewer are off by too much. */
export const fewestForVariance = 30;
/** Fresh starts a side that a verdict needs when a history gives the variance. */
const fewestWithHistory = 2;

/** Fresh starts a side that a verdict needs. */
export function countNeededDeployments(history: readonly number[]): number {
  return history.length >= fewestForVariance ? fewestWithHistory : fewestDeploymentsForVerdict;
}

export interface DeploymentRuleInput {
  readonly scale: Shift['scale'];
  /** Each with at least one deployment; for the scale `ratio` all values are above zero. */
  readonly baseline: readonly DeploymentValues[];
  readonly candidate: readonly DeploymentValues[];
  /** Level of one test of the family: 0.05 / number of primary cells. */
  readonly level: number;
  /** Medians of earlier deployments, in the metric's unit; their variance counts from 30 on, and for a ratio only. */
  readonly history: readonly number[];
  /** Draws from a history that is not normal; asked for nothing else. */
  readonly random: Random;
}

/**
 * Rule `deployment`: the median of each deployment is one observation, because what a fresh start leaves different
 * (memory layout, CPU placement) is shared by all its samples. Welch's t test and t intervals compare the means of
 * these medians, of their logarithms for a ratio. Below 4 deployments a side only the estimate is given.
 * With a history of 30 the variance is that of the history, and 2 a side are enough; a history that is not normal
 * (modes, far-out starts) is drawn from instead, and `pMethod` says so.
 *
 * Constant data: when no deployment of either side differs from its neighbours there is no standard error.
 * Equal sides then have p 1 and intervals without width (the answer of every rank test); unequal sides have no p.
 */
export function compareDeployments(input: DeploymentRuleInput): Shift {
  const { scale, baseline, candidate, level, history } = input;
  const [left, right] = [computeObservations(baseline, scale), computeObservations(candidate, scale)];
  const known = scale === 'ratio' ? history : [];
  const needed = countNeededDeployments(known);
  if (Math.min(left.length, right.length) < needed) return describeTooFew(scale, left, right, needed);
  const usesHistory = known.length >= fewestForVariance;
  const earlier = known.map(Math.log);
  const test = usesHistory
    ? compareWithHistory({ baseline: left, candidate: right, history: earlier })
    : compareMeans(left, right);
  if (test.kind === 'constant') return describeConstant(scale, test.difference);
  const { standardError, degreesOfFreedom } = test;
  const question = { standardError, degreesOfFreedom, level, power: detectionPower };
  if (!usesHistory) {
    const detectable = computeDetectableShift({ ...question, baselineSize: left.length, candidateSize: right.length });
    return describeTest(test, scale, detectable);
  }
  const planned = { ...describeTest(test, scale, computeKnownErrorShift(question)), pMethod: historyMethod };
  if (!isNotNormal(earlier)) return planned;
  const sizes = [left.length, right.length] as const;
  const { difference } = test;
  const empirical = compareEmpirically({ difference, sizes, history: earlier, level, random: input.random });
  return { ...planned, ...empirical, pMethod: empiricalMethod };
}

/** One number a deployment: its median, of which the logarithm is taken for a ratio. */
export function computeObservations(deployments: readonly DeploymentValues[], scale: Shift['scale']): number[] {
  const medians = deployments.map(({ values }) => computeMedian(values));
  return scale === 'ratio' ? medians.map(Math.log) : medians;
}

function describeTest(test: WelchTest, scale: Shift['scale'], detectable: number): Shift {
  const { difference, p } = test;
  return {
    scale,
    estimate: difference,
    interval95: computeWelchInterval(test, 0.95),
    interval90: computeWelchInterval(test, 0.9),
    p,
    pMethod: welchMethod,
    // Only relative changes are asked for.
    detectable: scale === 'ratio' ? detectable : null,
    sameness: null,
    untested: null,
    warnings: [],
  };
}

function describeTooFew(
  scale: Shift['scale'],
  left: readonly number[],
  right: readonly number[],
  needed: number,
): Shift {
  const counts = left.length === right.length ? `${left.length}` : `${left.length} and ${right.length}`;
  const plural = counts === '1' ? '' : 's';
  const untested = {
    because: `${counts} deployment${plural} a side; ${needed} needed`,
    verdictReason: `needs at least ${needed} fresh starts per side`,
  };
  return { ...noTest, scale, estimate: computeMean(right) - computeMean(left), untested };
}

function describeConstant(scale: Shift['scale'], difference: number): Shift {
  if (difference !== 0) {
    const untested = { because: noStandardError, verdictReason: noStandardError };
    return { ...noTest, scale, estimate: difference, untested };
  }
  const untested = null;
  const equal: Shift = { ...noTest, scale, estimate: 0, interval95: [0, 0], interval90: [0, 0], p: 1, untested };
  // Zeros are what loss and retransmits should be; anything else that never varies deserves a second look.
  const warning = 'No variation: every deployment of both sides has the same median, so the interval has no width.';
  const sameness = 'every deployment of both sides has the same median';
  return { ...equal, sameness, pMethod: welchMethod, warnings: scale === 'ratio' ? [warning] : [] };
}

/** Relative to the first value, so that the mean of equal numbers is that number. */
function computeMean([first = 0, ...rest]: readonly number[]): number {
  return first + rest.reduce((sum, value) => sum + (value - first), 0) / (rest.length + 1);
}
