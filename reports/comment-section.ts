import type { Comparison, ComparisonCell } from '../src/comparison/comparison.schema.ts';
import { formatNumber } from '../src/units.ts';
import { describeCell } from './cell-name.ts';
import { renderDetails } from './comment-details.ts';
import type { CommentInput, CommentSection } from './comment-input.ts';
import { renderRows } from './comment-rows.ts';
import { renderChanges, renderTreatment } from './comment-treatment.ts';
import { count, dots, quote, shortSha } from './comment-words.ts';
import { nothing } from './format-cell.ts';
import { describeHeadline, nameSides } from './headline.ts';
import { drawTable, renderList } from './markdown-parts.ts';
import { describeProof, listReasons } from './remarks.ts';
import { drawPlots } from './text-box-plot.ts';

export interface SectionOptions {
  /** Rows that stand open. */
  readonly rows: readonly ComparisonCell[];
  /** false: only what does not fold, and no pictures. */
  readonly isWhole: boolean;
  /** true: one of several. */
  readonly isNamed: boolean;
  /** What columns and boxes mean is said once. */
  readonly hasLegend: boolean;
}

/** Pictures that are not folded; three lines each. */
const openPlots = 4;
const mostReasons = 5;

export interface SectionBlocks {
  readonly open: readonly string[];
  /** What a reader may look up; empty where there is no room. */
  readonly folded: readonly string[];
}

/** One comparison on one host, as blocks of Markdown. */
export function renderSection(input: CommentInput, section: CommentSection, options: SectionOptions): SectionBlocks {
  const { result, missing } = section;
  const heading = options.isNamed ? [`### ${nameSection(section)}`] : [];
  // The call-out at the top says it where there is one section only.
  const gap = missing === null || !options.isNamed ? [] : [`**Missing:** ${quote(missing)}`];
  if (result === null) {
    return { open: [...heading, ...gap, ...renderUnmeasured(input, section, options.isWhole)], folded: [] };
  }
  return {
    open: [
      ...heading,
      ...gap,
      ...renderTreatment(result, options.isWhole),
      ...renderProof(result),
      ...renderFigures(result, options),
      describeDesign(input, result),
    ],
    folded: options.isWhole ? renderDetails(input, section, listPlots(result, options.rows).folded) : [],
  };
}

/** What was asked for, unless another host has measured it: then it stands there with what was read back. */
function renderUnmeasured(
  { request, sections }: CommentInput,
  { comparison }: CommentSection,
  isWhole: boolean,
): readonly string[] {
  const asked = request?.comparisons.find(({ name }) => name === comparison);
  const isShown = sections.some((other) => other.comparison === comparison && other.result !== null);
  return asked === undefined || isShown ? [] : renderChanges(asked, isWhole);
}

function nameSection({ comparison, host, result }: CommentSection): string {
  const dot = result === null ? '⚫' : dots[result.family.verdict];
  return `${dot} ${quote(comparison, 64)} on ${quote(host, 64)}: ${result?.family.verdict ?? 'not measured'}`;
}

function renderProof(comparison: Comparison): readonly string[] {
  if (comparison.context === null) return [];
  return describeProof(comparison).lines.map((line) => quote(line));
}

function renderFigures(result: Comparison, { rows, isWhole, hasLegend }: SectionOptions): readonly string[] {
  const invalid = listReasons(result, 'invalid');
  const plots = isWhole ? drawPlots(listPlots(result, rows).open, hasLegend) : null;
  return [
    ...(rows.length === 0 ? [] : [renderRows(rows, hasLegend)]),
    ...(invalid.length === 0 ? [] : ['**Why rows are invalid**', renderList(invalid.slice(0, mostReasons))]),
    ...(invalid.length > mostReasons ? [`${count(invalid.length - mostReasons, 'more reason')}.`] : []),
    ...renderSpread(result),
    ...(plots === null ? [] : [plots]),
  ];
}

/** Jitter is a verdict of its own. */
function renderSpread({ cells }: Comparison): readonly string[] {
  const changed = cells.filter(
    ({ role, spread }) => role === 'primary' && (spread.verdict === 'improved' || spread.verdict === 'regressed'),
  );
  if (changed.length === 0) return [];
  const shown = changed.slice(0, mostReasons).map((cell) => {
    const word = cell.spread.verdict === 'improved' ? '🟢 steadier' : '🔴 less steady';
    const ratio = cell.spread.ratio === null ? '' : ` (${formatNumber(cell.spread.ratio)} x)`;
    return `${quote(describeCell(cell), 80)} ${word}${ratio}`;
  });
  const more = changed.length - shown.length;
  return [`**Spread of the samples (jitter):** ${[...shown, ...(more > 0 ? [`${more} more`] : [])].join(', ')}.`];
}

/** Rows with a picture: those of the table above open, the other gated ones folded. Invalid values make none. */
function listPlots(result: Comparison, rows: readonly ComparisonCell[]) {
  const open = rows.filter(({ verdict }) => verdict !== 'invalid').slice(0, openPlots);
  const cells = result.cells.filter(({ verdict }) => verdict !== 'invalid');
  const folded = cells.filter((cell) => !open.includes(cell) && (cell.role === 'primary' || rows.includes(cell)));
  return { open, folded };
}

function describeDesign({ request }: CommentInput, result: Comparison): string {
  const { design } = describeHeadline(result);
  const { context } = result;
  if (context === null) return 'The values came from files; how they were measured is not known.';
  const [baseline, candidate] = nameSides(result);
  const at = (name: string, revision: string | null, fallback: string) =>
    `${quote(name, 80)}${revision === null ? fallback : ` at ${quote(shortSha(revision), 12)}`}`;
  const base = at(baseline, context.baseline.revision, '');
  const head = at(candidate, context.candidate.revision, '');
  const approved = request?.approvedBy == null ? '' : ` Approved by ${quote(request.approvedBy, 60)}.`;
  return `<sub>${head} against ${base}. ${quote(design)}${approved}</sub>`;
}

/** All sections at a glance. */
export function renderOverview(sections: readonly CommentSection[]): string {
  const rows = sections.map(({ comparison, host, result }) => [
    quote(comparison, 64),
    quote(host, 64),
    result === null ? '⚫\u00a0not\u00a0measured' : `${dots[result.family.verdict]}\u00a0${result.family.verdict}`,
    result === null ? nothing : quote(describeHeadline(result).counts, 120),
  ]);
  return drawTable([['comparison', 'host', 'verdict', 'rows'], ...rows], () => false);
}
