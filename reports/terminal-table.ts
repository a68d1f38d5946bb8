import Table from 'cli-table3';
import { stripControls } from './strip-controls.ts';

export type Painter = (text: string) => string;

export interface TableStyle {
  /** Whether a column, by index, is aligned right. */
  readonly isNumeric: (column: number) => boolean;
  /** Colour of a cell of the body; null: none. */
  readonly painter?: (row: number, column: number) => Painter | null;
}

/** A table with borders; text from outside cannot steer the terminal. Line breaks in headings stay. */
export function drawTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  { isNumeric, painter = () => null }: TableStyle,
): string {
  const table = new Table({
    head: head.map(cleanHeading),
    colAligns: head.map((_, column) => (isNumeric(column) ? 'right' : 'left')),
    style: { head: [], border: [], compact: true },
  });
  const paint = (text: string, row: number, column: number) => painter(row, column)?.(text) ?? text;
  table.push(...rows.map((cells, row) => cells.map((text, column) => paint(stripControls(text), row, column))));
  return table.toString();
}

/** Columns that the rows, the headings among them, take when drawn: a border and two spaces a cell, and the last border. */
export function measureTable(rows: readonly (readonly string[])[]): number {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.flatMap((row) => (row[column] ?? '').split('\n').map((line) => line.length))),
  );
  return widths.reduce((sum, width) => sum + width + 3, 1);
}

function cleanHeading(text: string): string {
  return text.split('\n').map(stripControls).join('\n');
}
