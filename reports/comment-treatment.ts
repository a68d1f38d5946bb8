import type { Comparison } from '../src/comparison/comparison.schema.ts';
import type { RequestedComparison } from '../src/plans/request.schema.ts';
import { count, quote } from './comment-words.ts';
import { nothing } from './format-cell.ts';
import { joinWords } from './headline.ts';
import { drawTable, renderFolded } from './markdown-parts.ts';

type Readings = NonNullable<Comparison['treatment']['readings']>;

/** Parameters that stand open; a new profile changes everything that it sets. */
const mostOpen = 8;

const head = ['parameter', 'baseline', 'candidate', 'read back from the running system'];
const notSet = 'not set';

const signs: Readonly<Record<Readings[number]['result'], string>> = {
  verified: '✓',
  mismatch: '✕',
  unprobed: 'could not be read:',
  'not-applicable': 'does not apply:',
};

/** What the change asks for, and what was found in force; Markdown blocks, the first the one to read. */
export function renderTreatment(comparison: Comparison, isWhole: boolean): readonly string[] {
  const { parameterDifference: changes, context, treatment } = comparison;
  if (context === null) return [];
  if (changes.length === 0) return ['**What changed:** nothing; both sides have the same parameters.'];
  // A comparison of an older version has only what is not as it was asked for.
  const readings = treatment.readings ?? treatment.notVerified;
  const unknown = treatment.readings === undefined ? nothing : 'not probed';
  const rows = putAppliedFirst(changes).map(({ parameter, baseline, candidate, applied }) => [
    quote(parameter, 100),
    quote(baseline ?? notSet, 80),
    quote(candidate ?? notSet, 80),
    applied ? showReadings(readings, parameter, unknown) : '**not applied**',
  ]);
  return ['**What changed**', ...drawOpen(head, rows, isWhole), ...describeUntouched(comparison)];
}

function putAppliedFirst<Change extends { readonly applied: boolean }>(changes: readonly Change[]): Change[] {
  return changes.toSorted((left, right) => Number(right.applied) - Number(left.applied));
}

/** @param unknown stands where there is no reading */
function showReadings(all: Readings, parameter: string, unknown: string): string {
  const readings = all.filter((reading) => reading.parameter === parameter);
  const isPlain = readings.every(({ side }) => side === 'candidate');
  const shown = readings.map(({ side, found, result }) => {
    const reading = `${signs[result]} ${quote(found, 120)}`.trimEnd();
    return isPlain ? reading : `${side} ${reading}`;
  });
  return shown.length === 0 ? unknown : shown.join('<br>');
}

/** What a reader must not take for measured: a layer that is not treated, or a kind of guest that is not started. */
function describeUntouched({ parameterDifference, context }: Comparison): string[] {
  const untouched = parameterDifference.filter(({ applied }) => !applied);
  if (untouched.length === 0 || context === null) return [];
  const beyond = [...new Set(untouched.map(({ layer }) => layer))].filter(
    (name) => !context.plan.layers.includes(name),
  );
  const isOne = untouched.length === 1;
  const share = `${untouched.length} of ${count(parameterDifference.length, 'changed parameter')}`;
  const why =
    beyond.length === 0
      ? `the plan measures no guest that ${isOne ? 'it belongs' : 'they belong'} to`
      : `the plan does not reach ${beyond.length === 1 ? 'layer' : 'the layers'} ${joinWords(beyond)}`;
  return [
    `${share} ${isOne ? 'was' : 'were'} **not applied**: ${why}, and the figures below say nothing about ${isOne ? 'it' : 'them'}.`,
  ];
}

/** What a request asks for, before there is anything to read back. */
export function renderChanges(comparison: RequestedComparison, isWhole: boolean): readonly string[] {
  const { parameterDifference } = comparison;
  const title = `**${describeChanges(comparison)}**`;
  if (parameterDifference.length === 0) return [title];
  const rows = putAppliedFirst(parameterDifference).map(({ parameter, baseline, candidate, applied }) => [
    quote(parameter, 100),
    quote(baseline ?? notSet, 80),
    quote(candidate ?? notSet, 80),
    applied ? 'yes' : '**no**, out of its reach',
  ]);
  return [title, ...drawOpen(['parameter', 'baseline', 'candidate', 'measured by this plan'], rows, isWhole)];
}

function describeChanges({ name, change, baseline, parameterDifference }: RequestedComparison): string {
  const profile = quote(name, 64);
  if (change === 'added') return `New profile ${profile}, against ${quote(baseline?.profile ?? 'nothing', 64)}`;
  return parameterDifference.length === 0
    ? `Nothing changes in profile ${profile}`
    : `What changes in profile ${profile}`;
}

/** What a profile that is gone had set. */
export function renderLost({ parameterDifference }: RequestedComparison): readonly string[] {
  const rows = parameterDifference.map(({ parameter, baseline, candidate }) => [
    quote(parameter, 100),
    quote(baseline ?? candidate ?? notSet, 80),
  ]);
  return rows.length === 0 ? [] : drawOpen(['parameter', 'it was set to'], rows, true);
}

/** @param isWhole false: what would be folded is only counted */
function drawOpen(head: readonly string[], rows: readonly (readonly string[])[], isWhole: boolean): string[] {
  const table = (shown: readonly (readonly string[])[]) => drawTable([head, ...shown], () => false);
  const [open, rest] = [rows.slice(0, mostOpen), rows.slice(mostOpen)];
  if (rest.length === 0) return [table(open)];
  const more = `${count(rest.length, 'more parameter')}`;
  return [table(open), isWhole ? renderFolded(more, table(rest)) : `${more}.`];
}
