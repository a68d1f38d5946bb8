import { disturbanceKeys } from '../results/disturbance-keys.ts';
import type { SampleLine } from '../results/journal.schema.ts';
import { computeFisherP } from '../statistics/fisher-exact.ts';
import { computeMedian } from '../statistics/quantile.ts';
import { formatNumber } from '../units.ts';
import { type Side, sides as sideNames } from '../vocabulary.ts';

type Sample = Pick<SampleLine, 'diagnostics' | 'seconds'>;

/**
 * Per cent of the machine's time that was taken from below, from which on a sample counts as disturbed: the figure at
 * which operators of virtual machines begin to look. A busy machine of one's own has none at all.
 */
const notableSteal = 1;

/** Per cent; a figure of which a fifth of the time went elsewhere tells of the neighbours. */
const severeSteal = 20;

/** Level of the test whether one side was disturbed more often; and how much more often it must have been. */
const level = 0.01;
const leastDifference = 0.5;

/** Share of one CPU that the measuring program itself may use while a sample runs. The design's goal is a fifth of it. */
const mostHarness = 0.05;

/**
 * Why the machine was disturbed so differently on the sides, or so heavily, that figures mean nothing, one clause each.
 *
 * Conservative: only what comes from outside the comparison counts. Pressure on the CPUs, context switches, retransmits
 * and drops are what treatments change and what a busy guest causes itself (a client, a server and an emulated CPU on two
 * CPUs press all the time), so a difference of theirs may be the effect itself, and none of them is a reason here.
 */
export function listDisturbances(samples: Readonly<Record<Side, readonly Sample[]>>): readonly string[] {
  return [
    ...sideNames.flatMap((side) => describeHeavySteal(side, samples[side])),
    ...describeUnevenSteal(samples),
  ].concat(sideNames.flatMap((side) => describeHarness(side, samples[side])));
}

function readSteal(samples: readonly Sample[]): readonly number[] {
  return samples.flatMap(({ diagnostics }) => {
    const steal = diagnostics[disturbanceKeys.steal];
    return typeof steal === 'number' ? [steal] : [];
  });
}

function countAbove(values: readonly number[], limit: number): number {
  return values.filter((value) => value > limit).length;
}

function describeHeavySteal(side: Side, samples: readonly Sample[]): readonly string[] {
  const steal = readSteal(samples);
  const above = countAbove(steal, severeSteal);
  if (above === 0 || above * 2 < steal.length) return [];
  return [`steal above ${severeSteal} % in ${above} of ${steal.length} samples of the ${side}`];
}

function describeUnevenSteal(samples: Readonly<Record<Side, readonly Sample[]>>): readonly string[] {
  const [baseline, candidate] = [readSteal(samples.baseline), readSteal(samples.candidate)];
  if (baseline.length === 0 || candidate.length === 0) return [];
  const [left, right] = [countAbove(baseline, notableSteal), countAbove(candidate, notableSteal)];
  const difference = Math.abs(left / baseline.length - right / candidate.length);
  const p = computeFisherP({
    baseline: [left, baseline.length - left],
    candidate: [right, candidate.length - right],
  });
  if (p > level || difference < leastDifference) return [];
  return [
    `steal above ${notableSteal} % in ${left} of ${baseline.length} samples of the baseline and ${right} of ${candidate.length} of the candidate`,
  ];
}

function describeHarness(side: Side, samples: readonly Sample[]): readonly string[] {
  const shares = samples.flatMap(({ diagnostics, seconds }) => {
    const used = diagnostics[disturbanceKeys.harnessCpu];
    return typeof used === 'number' && seconds > 0 ? [used / seconds] : [];
  });
  if (shares.length === 0) return [];
  const median = computeMedian(shares);
  if (median <= mostHarness) return [];
  return [`the measuring program itself used ${formatNumber(median * 100)} % of a CPU during samples of the ${side}`];
}
