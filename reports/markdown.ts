import { markdownTable } from 'markdown-table';
import type { Comparison, ComparisonCell } from '../src/comparison/comparison.schema.ts';
import { type CellColumn, isNumeric, listColumns } from './cell-columns.ts';
import { describeContext } from './describe-context.ts';
import { escapeMarkdown } from './escape-markdown.ts';
import { describeColumns, formatCell } from './format-cell.ts';
import { describeHeadline } from './headline.ts';
import { listComparisons } from './list-comparisons.ts';
import { listReasons, listRemarks, type Remark, type TextTable } from './remarks.ts';

export interface MarkdownOptions {
  /** Pictures to show, with their paths as seen from the document. */
  readonly plots?: readonly { readonly title: string; readonly path: string }[];
}

const rawData =
  'Raw data: `run.jsonl` (every sample with its command line and facts), `comparison.json` (this report as data), `plots/`.';

/** A list that is longer is folded. */
const longestOpenList = 5;

/** A comparison as GitHub Markdown; every text from outside is escaped. Ends with a line break. */
export function renderMarkdown(comparison: Comparison, { plots = [] }: MarkdownOptions = {}): string {
  const { title, counts, meaning, design } = describeHeadline(comparison);
  const parts = [
    `## ${escapeMarkdown(title)}`,
    `**${escapeMarkdown(counts)}.** ${escapeMarkdown(`${meaning} ${design}`.trimEnd())}`,
    ...renderFigures(comparison),
    ...renderPictures(plots),
    ...listRemarks(comparison).flatMap(renderRemark),
    ...renderSecondary(comparison),
    '### How it was measured',
    renderList(describeContext(comparison)),
    ...(comparison.context === null ? [] : [rawData]),
  ];
  return `${parts.join('\n\n')}\n`;
}
function renderFigures(comparison: Comparison): string[] {
  const primary = comparison.cells.filter(({ role }) => role === 'primary');
  if (primary.length === 0) return [];
  const invalid = listReasons(comparison, 'invalid');
  return [
    renderCells(primary, comparison),
    renderList(describeColumns(primary)),
    ...(invalid.length === 0 ? [] : ['Why rows are invalid:', renderList(invalid)]),
    ...renderFoldable('Why rows are inconclusive', listReasons(comparison, 'inconclusive')),
    ...listComparisons(comparison).flatMap(renderRemark),
  ];
}

function renderPictures(plots: NonNullable<MarkdownOptions['plots']>): string[] {
  if (plots.length === 0) return [];
  const pictures = plots.map(({ title, path }) => `![${escapeMarkdown(title)}](${encodeURI(path)})`);
  return ['### Box plots', pictures.join('\n')];
}

function renderRemark({ title, lines, table }: Remark): string[] {
  const listed =
    lines.length > longestOpenList ? renderFolded(`${lines.length} entries`, renderList(lines)) : renderList(lines);
  return [
    `### ${escapeMarkdown(title)}`,
    ...(lines.length === 0 ? [] : [lines.length === 1 ? escapeMarkdown(lines[0] ?? '') : listed]),
    ...(table === undefined ? [] : [renderTable(table)]),
  ];
}

/** A short list stands open under its title, a long one is folded so that it does not drown the reader. */
function renderFoldable(title: string, lines: readonly string[]): string[] {
  if (lines.length === 0) return [];
  return lines.length > longestOpenList ? [renderFolded(title, renderList(lines))] : [`${title}:`, renderList(lines)];
}

function renderSecondary(comparison: Comparison): string[] {
  const secondary = comparison.cells.filter(({ role }) => role === 'secondary');
  if (secondary.length === 0) return [];
  const title = `${secondary.length} ${secondary.length === 1 ? 'row' : 'rows'}, never gated`;
  return ['### Secondary metrics', renderFolded(title, renderCells(secondary, comparison))];
}

function renderCells(cells: readonly ComparisonCell[], { context }: Comparison): string {
  const columns = listColumns(cells);
  const rows = cells.map((cell) => {
    const row = formatCell(cell, context?.plan ?? null);
    return columns.map((column) => (named.includes(column) ? row[column] : keepTogether(row[column])));
  });
  return drawTable([columns, ...rows], (index) => isNumeric(columns[index]));
}

/** Their text may come from outside and be long. */
const named: readonly CellColumn[] = ['test', 'guest', 'attachment', 'metric'];

/** A number stays with its unit; a narrow column breaks before the interval at most. */
function keepTogether(text: string): string {
  return text.replace(/ (?!\()/g, '\u00a0');
}

function renderTable({ head, rows, firstNumber = head.length }: TextTable): string {
  const body = rows.map((row) => row.map((text, index) => (index < firstNumber ? text : keepTogether(text))));
  return drawTable([head, ...body], (index) => index >= firstNumber);
}

/** Without padding: these tables are read rendered, and padding counts against GitHub's limit of size. */
function drawTable(rows: readonly (readonly string[])[], isRight: (index: number) => boolean): string {
  const escaped = rows.map((row) => row.map(escapeMarkdown));
  const align = (rows[0] ?? []).map((_, index) => (isRight(index) ? 'r' : 'l'));
  return markdownTable(escaped, { align, alignDelimiters: false });
}

function renderList(lines: readonly string[]): string {
  return lines.map((line) => `- ${escapeMarkdown(line)}`).join('\n');
}

function renderFolded(title: string, content: string): string {
  return `<details><summary>${title}</summary>\n\n${content}\n\n</details>`;
}
