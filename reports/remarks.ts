import type { Comparison } from '../src/comparison/comparison.schema.ts';
import { formatNumber } from '../src/units.ts';
import { readCellName } from './cell-name.ts';
import { joinWords } from './headline.ts';

/** What a reader must know besides the table, each a heading and its sentences; empty ones are left out. */
export interface Remark {
  readonly title: string;
  readonly lines: readonly string[];
}

export function listRemarks(comparison: Comparison): readonly Remark[] {
  const remarks: Remark[] = [
    { title: 'What differs', lines: describeTreatment(comparison) },
    { title: 'Not applied in this run', lines: describeNotApplied(comparison) },
    { title: 'Proof of treatment', lines: describeProof(comparison) },
    { title: 'Environment differences', lines: describeEnvironment(comparison) },
    { title: 'Missing', lines: describeMissing(comparison) },
    { title: 'Warnings', lines: describeWarnings(comparison) },
  ];
  return remarks.filter(({ lines }) => lines.length > 0);
}

function describeTreatment({ parameterDifference }: Comparison): string[] {
  const applied = parameterDifference.filter(({ applied }) => applied);
  if (applied.length === 0) return ['nothing: the sides have the same parameters in the layers of this run'];
  return applied.map(
    ({ parameter, baseline, candidate }) => `${parameter}: ${baseline ?? 'not set'} → ${candidate ?? 'not set'}`,
  );
}

function describeNotApplied({ notApplied, context }: Comparison): string[] {
  return notApplied.map(
    ({ parameter, layer, side, value }) =>
      `${parameter} ${value} (${side}): layer ${layer} is not among those of the plan (${joinWords(context.plan.layers)})`,
  );
}

function describeProof({ treatment }: Comparison): string[] {
  const wrong = treatment.notVerified.filter(({ result }) => result !== 'not-applicable');
  return [
    `probes: ${treatment.verified} verified, ${treatment.mismatch} mismatch, ${treatment.unprobed} unprobed`,
    ...wrong.map(
      ({ side, parameter, requested, found, probe }) =>
        `${parameter} (${side}): asked for ${requested}, found ${found} (${probe})`,
    ),
  ];
}

function describeEnvironment({ environmentDifference }: Comparison): string[] {
  return environmentDifference.map(
    ({ scope, key, baseline, candidate, declared }) =>
      `${scope} ${key}: ${baseline} against ${candidate}${declared ? ' (declared by the treatment)' : ''}`,
  );
}

function describeMissing({ failures, context }: Comparison): string[] {
  const unsupported = context.plan.unsupported.map(
    ({ guest, attachment, test, reason }) =>
      `${[guest, attachment, test].filter(Boolean).join('/')} was not measured: ${reason}`,
  );
  const failed = failures.map(
    ({ deployment, side, guest, attachment, test, reason, retried }) =>
      `${guest}/${attachment}${test === null ? '' : `/${test}`} ${side} (${deployment}): ${reason}${retried ? '; a second try succeeded' : ''}`,
  );
  const ending = context.status === 'complete' ? [] : [`the run is ${context.status}`];
  return [...ending, ...unsupported, ...failed];
}

function describeWarnings({ warnings, cells }: Comparison): string[] {
  const ofCells = cells
    .filter(({ role }) => role === 'primary')
    .flatMap((cell) => cell.warnings.map((warning) => `${describeCell(cell)}: ${warning}`));
  return [...warnings, ...ofCells];
}

/** Why rows have no plain verdict: the reason of each inconclusive or invalid primary cell; equal reasons share a line. */
export function listReasons({ cells }: Comparison): readonly string[] {
  const byReason = new Map<string, string[]>();
  for (const cell of cells) {
    if (cell.role !== 'primary' || (cell.verdict !== 'inconclusive' && cell.verdict !== 'invalid')) continue;
    byReason.set(cell.reason, [...(byReason.get(cell.reason) ?? []), describeCell(cell)]);
  }
  return [...byReason].map(([reason, names]) => `${names.join(', ')}: ${reason}`);
}

function describeCell(cell: { id: string }): string {
  const { guest, attachment, test } = readCellName(cell);
  return [test, guest, attachment].filter(Boolean).join(' ');
}

/** Tools whose version moves figures; the comparison names every other as well. */
const shownTools = ['tunegate', 'netperf', 'iperf3', 'ping', 'dockerd', 'guest-image'];

function describeVersions(versions: Readonly<Record<string, string>>): string {
  return shownTools.flatMap((tool) => (versions[tool] === undefined ? [] : `${tool} ${versions[tool]}`)).join(', ');
}

/** Where and with what it was measured, and how far such figures carry. */
export function describeContext({ context }: Comparison): string[] {
  const { facts, versions, load, topology, readySeconds } = context;
  const machine = [facts['host.cpu.model'], facts['host.kernel.release'] && `Linux ${facts['host.kernel.release']}`];
  const ready = readySeconds.map(
    ({ guest, attachment, median }) => `${guest} over ${attachment} ${formatNumber(median)} s`,
  );
  return [
    `Machine: ${machine.filter(Boolean).join(', ') || 'unknown'}; ${describeVersions(versions)}.`,
    ...(ready.length === 0 ? [] : [`Ready after (median): ${ready.join(', ')}.`]),
    ...(topology === 'embedded'
      ? [
          'The wire is a stand-in: a veth pair between two namespaces of one machine, so there is no ceiling of a link and no figure of a NIC.',
        ]
      : []),
    ...(load === null
      ? []
      : [
          `Load average of the machine during the samples: median ${formatNumber(load.median)}, highest ${formatNumber(load.maximum)}. It moves such figures more than tuning does.`,
        ]),
  ];
}

/** What the numbers of the table are; told once, since a median of medians is easily taken for something else. */
export const columnNotes: readonly string[] = [
  'baseline, candidate: median of all samples, with its 95 % interval from 6 samples on',
  'change: ratio of the geometric means of the medians of the fresh starts, with its 95 % interval; the start is the unit of evidence, so it need not be the ratio of the two medians',
  'detectable: the smallest increase that a run like this one finds in four of five cases',
];
