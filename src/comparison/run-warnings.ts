import { listCombinations } from '../plans/matrix.ts';
import type { Run } from '../results/journal.schema.ts';
import { sides as sideNames } from '../vocabulary.ts';
import { notInterleaved } from './cell-warnings.ts';
import type { ParameterDifference } from './comparison.schema.ts';
import { describeNetfilter } from './describe-netfilter.ts';
import { hasMeasured } from './group-tries.ts';
import { explainPath } from './list-plausibility.ts';
import type { SideData, SidePair } from './side-data.ts';

/** What a reader of the whole comparison must know about its runs, one sentence each. */
export function listRunWarnings(sides: SidePair, parameters: readonly ParameterDifference[]): readonly string[] {
  const { baseline, candidate, interleaved } = sides;
  const runs = interleaved ? [baseline.run] : [baseline.run, candidate.run];
  return [
    ...(interleaved ? [] : [notInterleaved, ...describePlanDifference(baseline.run, candidate.run)]),
    ...runs.flatMap((run) => [...run.warnings, ...describeEnd(run), ...describeNetfilter(run)]),
    ...new Set(runs.flatMap((run) => explainPath(run.deployments) ?? [])),
    ...describeSameTreatment(parameters),
    ...sideNames.flatMap((side) => describeMissingDeployments(sides[side])),
  ];
}

/** Cells of runs that measured differently are matched all the same; what differs may be the whole effect. */
function describePlanDifference(baseline: Run, candidate: Run): readonly string[] {
  const [left, right] = [baseline.header, candidate.header];
  const keys = [
    'seconds',
    'samples',
    'deployments',
    'ping',
    'iperf',
    'iperfUdpBitsPerSecond',
    'layers',
    'regime',
  ] as const;
  const show = (value: unknown) => JSON.stringify(value);
  const differences = keys
    .filter((key) => show(left.plan[key]) !== show(right.plan[key]))
    .map((key) => `${key} (${show(left.plan[key])} and ${show(right.plan[key])})`);
  const topology = left.topology === right.topology ? [] : [`topology (${left.topology} and ${right.topology})`];
  const all = [...differences, ...topology];
  return all.length === 0 ? [] : [`The two runs were planned differently: ${all.join(', ')}.`];
}

function describeEnd({ header, end }: Run): readonly string[] {
  if (end === null) return [`Run ${header.id} was killed: its journal has no last line.`];
  if (end.status === 'complete') return [];
  return [`Run ${header.id} is ${end.status}${end.reason === null ? '' : `: ${end.reason}`}.`];
}

function describeSameTreatment(parameters: readonly ParameterDifference[]): readonly string[] {
  if (parameters.some(({ applied }) => applied)) return [];
  return ['The sides do not differ in any applied parameter: this is an A/A comparison, which must stay silent.'];
}

/** Planned fresh starts that gave no measured sample at all, by guest and attachment. */
function describeMissingDeployments({ side, run, deployments }: SideData): readonly string[] {
  const { plan } = run.header;
  const measured = deployments.filter(hasMeasured);
  return listCombinations(plan).flatMap(({ guest, attachment }) => {
    const found = measured.filter(({ line }) => line.guest === guest && line.attachment === attachment).length;
    if (found >= plan.deployments) return [];
    return [`${guest}/${attachment}: ${found} of ${plan.deployments} planned deployments of the ${side} have data.`];
  });
}
