import type { Comparison } from '../src/comparison/comparison.schema.ts';
import { describeContext } from './describe-context.ts';
import { escapeMarkdown } from './escape-markdown.ts';
import { describeColumns } from './format-cell.ts';
import { describeHeadline } from './headline.ts';
import { listComparisons } from './list-comparisons.ts';
import { longestOpenList, renderCells, renderFolded, renderList, renderRemarkBody } from './markdown-parts.ts';
import { listReasons, listRemarks, type Remark } from './remarks.ts';

export interface MarkdownOptions {
  /** Pictures to show, with their paths as seen from the document. */
  readonly plots?: readonly { readonly title: string; readonly path: string }[];
}

const rawData =
  'Raw data: `run.jsonl` (every sample with its command line and facts), `comparison.json` (this report as data), `plots/`.';

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

function renderRemark(remark: Remark): string[] {
  return [`### ${escapeMarkdown(remark.title)}`, ...renderRemarkBody(remark)];
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
