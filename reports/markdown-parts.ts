import { markdownTable } from 'markdown-table';
import type { Comparison, ComparisonCell } from '../src/comparison/comparison.schema.ts';
import { type CellColumn, isNumeric, listColumns } from './cell-columns.ts';
import { escapeMarkdown } from './escape-markdown.ts';
import { formatCell } from './format-cell.ts';
import type { Remark, TextTable } from './remarks.ts';

/** A list that is longer is folded. */
export const longestOpenList = 5;

/** A table of these cells, every number scaled, with the columns that they need. */
export function renderCells(cells: readonly ComparisonCell[], { context }: Pick<Comparison, 'context'>): string {
  const columns = listColumns(cells);
  const rows = cells.map((cell) => {
    const row = formatCell(cell, context?.plan ?? null);
    return columns.map((column) => (named.includes(column) ? row[column] : keepTogether(row[column])));
  });
  return drawTable(
    [columns, ...rows].map((row) => row.map(escapeMarkdown)),
    (index) => isNumeric(columns[index]),
  );
}

/** Their text may come from outside and be long. */
const named: readonly CellColumn[] = ['test', 'guest', 'attachment', 'metric'];

/** A number stays with its unit; a narrow column breaks before the interval at most. */
export function keepTogether(text: string): string {
  return text.replace(/ (?!\()/g, '\u00a0');
}

/** A table of plain text, which is escaped here. */
export function renderTable({ head, rows, firstNumber = head.length }: TextTable): string {
  const body = rows.map((row) => row.map((text, index) => (index < firstNumber ? text : keepTogether(text))));
  return drawTable(
    [head, ...body].map((row) => row.map(escapeMarkdown)),
    (index) => index >= firstNumber,
  );
}

/**
 * Cells of Markdown, the first row as heading. Without padding: these tables are read rendered, and padding counts
 * against GitHub's limit of size.
 */
export function drawTable(rows: readonly (readonly string[])[], isRight: (index: number) => boolean): string {
  const align = (rows[0] ?? []).map((_, index) => (isRight(index) ? 'r' : 'l'));
  return markdownTable(rows, { align, alignDelimiters: false });
}

/** What a remark says, without its title; long lists, and tables that may be, are folded. */
export function renderRemarkBody({ lines, table, longestTable = Infinity }: Remark): string[] {
  const list =
    lines.length > longestOpenList ? renderFolded(`${lines.length} entries`, renderList(lines)) : renderList(lines);
  return [
    ...(lines.length === 0 ? [] : [lines.length === 1 ? escapeMarkdown(lines[0] ?? '') : list]),
    ...(table === undefined ? [] : [foldTable(table, longestTable)]),
  ];
}

function foldTable(table: TextTable, longest: number): string {
  const drawn = renderTable(table);
  return table.rows.length > longest ? renderFolded(`${table.rows.length} rows`, drawn) : drawn;
}

export function renderList(lines: readonly string[]): string {
  return lines.map((line) => `- ${escapeMarkdown(line)}`).join('\n');
}

/** @param title Markdown of one line */
export function renderFolded(title: string, content: string): string {
  return `<details><summary>${title}</summary>\n\n${content}\n\n</details>`;
}
