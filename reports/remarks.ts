import type { Comparison, ComparisonCell, Verdict } from '../src/comparison/comparison.schema.ts';
import { describeCell } from './cell-name.ts';
import { joinWords, nameSides } from './headline.ts';

/** A table of plain text, not yet escaped; a line break in a heading may be used where space is short. */
export interface TextTable {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Index of the first column of numbers, which are aligned right; without it all are text. */
  readonly firstNumber?: number;
}

/** What a reader must know besides the figures: sentences and, where things stand side by side, a table. */
export interface Remark {
  readonly title: string;
  readonly lines: readonly string[];
  readonly table?: TextTable;
  /** A table with more rows is folded where there is folding; without it none is. */
  readonly longestTable?: number;
}

/** In the order of reading; those that have nothing to say are left out. */
export function listRemarks(comparison: Comparison): readonly Remark[] {
  const remarks: readonly Remark[] = [
    // Data that came without a run have no treatment to speak of.
    ...(comparison.context === null ? [] : [describeTreatment(comparison)]),
    describeNotApplied(comparison),
    ...(comparison.context === null ? [] : [describeProof(comparison)]),
    describeEnvironment(comparison),
    { title: 'Missing', lines: describeMissing(comparison) },
    { title: 'Warnings', lines: describeWarnings(comparison) },
  ];
  return remarks.filter(({ lines, table }) => lines.length > 0 || table !== undefined);
}

/** Why rows have a verdict; rows with the same reason share a line. */
export function listReasons({ cells }: Comparison, verdict: Verdict): readonly string[] {
  const asked = cells.filter((cell) => cell.role === 'primary' && cell.verdict === verdict);
  return groupByText(asked.map((cell) => ({ cell, text: cell.reason })));
}

function groupByText(entries: readonly { readonly cell: ComparisonCell; readonly text: string }[]): string[] {
  return [...Map.groupBy(entries, ({ text }) => text)].map(
    ([text, group]) => `${group.map(({ cell }) => describeCell(cell)).join(', ')}: ${text}`,
  );
}

const notSet = 'not set';

export function describeTreatment(comparison: Comparison): Remark {
  const title = 'What differs';
  const applied = comparison.parameterDifference.filter(({ applied }) => applied);
  if (applied.length === 0)
    return { title, lines: ['Nothing: both sides have the same parameters in the layers of this run.'] };
  const rows = applied.map(({ parameter, baseline, candidate }) => [
    parameter,
    baseline ?? notSet,
    candidate ?? notSet,
  ]);
  return { title, lines: [], table: { head: ['parameter', ...nameSides(comparison)], rows } };
}

export function describeNotApplied(comparison: Comparison): Remark {
  const { notApplied, context } = comparison;
  const title = 'Not applied in this run';
  if (notApplied.length === 0 || context === null) return { title, lines: [] };
  const rows = [...Map.groupBy(notApplied, ({ parameter }) => parameter)].map(([parameter, settings]) => {
    const on = (wanted: string) => settings.find(({ side }) => side === wanted)?.value ?? notSet;
    return [parameter, settings[0]?.layer ?? '', on('baseline'), on('candidate')];
  });
  const treated = `layer${context.plan.layers.length === 1 ? '' : 's'} ${joinWords(context.plan.layers)}`;
  return {
    title,
    lines: [`The plan treats the ${treated}; of what the profiles ask for elsewhere this run says nothing.`],
    table: { head: ['parameter', 'layer', ...nameSides(comparison)], rows },
  };
}

export function describeProof({ treatment }: Comparison): Remark {
  const { verified, mismatch, unprobed, notApplicable, notVerified } = treatment;
  const total = verified + mismatch + unprobed;
  const others = [
    ...(mismatch > 0 ? [`${mismatch} found something else`] : []),
    ...(unprobed > 0 ? [`${unprobed} could not be read`] : []),
  ];
  const share = others.length === 0 ? `All ${total} probes` : `${verified} of ${total} probes`;
  const ending = others.length === 0 ? '' : `; ${joinWords(others)}`;
  const skipped = notApplicable === 0 ? '' : ` ${notApplicable} more had nothing to apply to.`;
  const summary = `${share} read back from the running system what was asked for${ending}.${skipped}`;
  const lines = [total === 0 ? `Nothing was probed: no parameter of this run asks for anything.${skipped}` : summary];
  const rows = notVerified
    .filter(({ result }) => result !== 'not-applicable')
    .map(({ parameter, side, requested, found, probe, result }) => [parameter, side, requested, found, probe, result]);
  const title = 'Proof of treatment';
  if (rows.length === 0) return { title, lines };
  return { title, lines, table: { head: ['parameter', 'side', 'asked for', 'found', 'read from', 'result'], rows } };
}

export function describeEnvironment(comparison: Comparison): Remark {
  const title = 'Environment differences';
  const rows = comparison.environmentDifference.map(({ scope, key, baseline, candidate, declared }) => [
    `${scope} ${key}`,
    baseline === '' ? 'empty' : baseline,
    candidate === '' ? 'empty' : candidate,
    declared ? 'yes' : 'no',
  ]);
  if (rows.length === 0) return { title, lines: [] };
  return { title, lines: [], table: { head: ['fact', ...nameSides(comparison), 'part of the treatment'], rows } };
}

export function describeMissing({ failures, context }: Comparison): string[] {
  const unsupported = (context?.plan.unsupported ?? []).map(
    ({ guest, attachment, test, reason }) =>
      `${[test ?? 'every test', guest, attachment].join(' ')} was not measured: ${reason}`,
  );
  const failed = failures.map(
    ({ deployment, side, guest, attachment, test, reason, retried }) =>
      `${[test ?? 'start', guest, attachment].join(' ')}, ${side} (${deployment}): ${reason}${retried ? '; a second try succeeded' : ''}`,
  );
  return [...unsupported, ...failed];
}

export function describeWarnings({ warnings, cells }: Comparison): string[] {
  // What holds for the whole run is not said again for each of its rows.
  const ofRows = cells
    .filter(({ role }) => role === 'primary')
    .flatMap((cell) => cell.warnings.filter((text) => !warnings.includes(text)).map((text) => ({ cell, text })));
  return [...warnings, ...groupByText(ofRows)];
}
