import { markdownTable } from 'markdown-table';
import type { Comparison, ComparisonCell } from '../src/comparison/comparison.schema.ts';
import { escapeMarkdown } from './escape-markdown.ts';
import { type CellRow, formatCell } from './format-cell.ts';
import { buildGuestTable } from './guest-table.ts';
import { describeDesign, describeFamily } from './headline.ts';
import { columnNotes, describeContext, listReasons, listRemarks } from './remarks.ts';

export interface MarkdownOptions {
  /** Pictures to show, with their paths as seen from the document. */
  readonly plots?: readonly { readonly title: string; readonly path: string }[];
}

/** A comparison as GitHub Markdown; every text from outside is escaped. Ends with a line break. */
export function renderMarkdown(comparison: Comparison, { plots = [] }: MarkdownOptions = {}): string {
  const { verdict, meaning, counts } = describeFamily(comparison);
  const guests = buildGuestTable(comparison);
  const secondary = comparison.cells.filter(({ role }) => role === 'secondary');
  const parts = [
    `## ${verdict}: ${counts}`,
    `${escapeMarkdown(describeDesign(comparison))} ${verdict}: ${meaning}.`,
    renderCells(
      comparison.cells.filter(({ role }) => role === 'primary'),
      // The primary metric is the one that the test is known for.
      columns.filter(({ field }) => field !== 'metric'),
    ),
    renderList(columnNotes),
    renderFolded('Why a row is inconclusive or invalid', renderList(listReasons(comparison))),
    guests.rows.length === 0
      ? ''
      : `### Guests side by side\n\n${renderTable(
          guests.head,
          guests.rows,
          guests.head.map((_, index) => (index < 2 ? 'l' : 'r')),
        )}`,
    plots.map(({ title, path }) => `![${escapeMarkdown(title)}](${encodeURI(path)})`).join('\n'),
    ...listRemarks(comparison).map(({ title, lines }) => `### ${title}\n\n${renderList(lines)}`),
    renderFolded(
      `${secondary.length} other metrics (never gated)`,
      secondary.length === 0 ? '' : renderCells(secondary, columns),
    ),
    `### How it was measured\n\n${renderList(describeContext(comparison))}`,
    'Raw data: `run.jsonl` (every sample with its command line), `comparison.json` (this report as data), `plots/`, `logs/`.',
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

const columns: readonly { readonly head: string; readonly align: string; readonly field: keyof CellRow }[] = [
  { head: 'test', align: 'l', field: 'test' },
  { head: 'guest', align: 'l', field: 'guest' },
  { head: 'attachment', align: 'l', field: 'attachment' },
  { head: 'metric', align: 'l', field: 'metric' },
  { head: 'better', align: 'l', field: 'better' },
  { head: 'baseline', align: 'r', field: 'baseline' },
  { head: 'candidate', align: 'r', field: 'candidate' },
  { head: 'change', align: 'r', field: 'change' },
  { head: 'verdict', align: 'l', field: 'verdict' },
  { head: 'detectable', align: 'r', field: 'detectable' },
];

function renderCells(cells: readonly ComparisonCell[], shown: typeof columns): string {
  const rows = cells.map((cell) => {
    const row = formatCell(cell);
    return shown.map(({ field }) => keepTogether(row[field]));
  });
  return renderTable(
    shown.map(({ head }) => head),
    rows,
    shown.map(({ align }) => align),
  );
}

/** A number stays with its unit; a narrow column breaks before the interval at most. */
function keepTogether(text: string): string {
  return text.replace(/ (?!\()/g, '\u00a0');
}

function renderTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  align: readonly string[] = [],
): string {
  const escaped = [head, ...rows].map((row) => row.map(escapeMarkdown));
  // Source without padding: these tables are read rendered, and padding counts against GitHub's size limit.
  return markdownTable(escaped, { align: [...align], alignDelimiters: false });
}

function renderList(lines: readonly string[]): string {
  return lines.map((line) => `- ${escapeMarkdown(line)}`).join('\n');
}

function renderFolded(title: string, content: string): string {
  return content === '' ? '' : `<details><summary>${title}</summary>\n\n${content}\n\n</details>`;
}
