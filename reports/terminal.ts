import Table from 'cli-table3';
import pc from 'picocolors';
import type { Comparison, ComparisonCell, Verdict } from '../src/comparison/comparison.schema.ts';
import { type CellRow, formatCell } from './format-cell.ts';
import { buildGuestTable } from './guest-table.ts';
import { describeDesign, describeFamily } from './headline.ts';
import { columnNotes, describeContext, listReasons, listRemarks } from './remarks.ts';

export interface TerminalOptions {
  /** Width of the terminal; null: not a terminal, nothing is left out. */
  readonly columns: number | null;
  readonly color: boolean;
}

type Painter = (text: string) => string;

/** A comparison for a terminal: primary cells only, the least important columns left out where it is narrow. */
export function renderTerminal(comparison: Comparison, options: TerminalOptions): string {
  const colors = pc.createColors(options.color);
  const { verdict, meaning, counts } = describeFamily(comparison);
  const paint = painters(colors)[comparison.family.verdict];
  const guests = buildGuestTable(comparison);
  const list = (lines: readonly string[]) => lines.map((line) => wrap(line, options.columns)).join('\n');
  const section = (title: string, body: string) => (body === '' ? [] : [`${colors.bold(title)}\n${body}`]);
  return `${[
    `${fold(`${verdict}: ${counts}.`, options.columns)
      .join('\n')
      .replace(
        verdict,
        colors.bold(paint(verdict)),
      )}\n${fold(`${describeDesign(comparison)} ${verdict}: ${meaning}.`, options.columns).join('\n')}`,
    renderCells(
      comparison.cells.filter(({ role }) => role === 'primary'),
      options,
      painters(colors),
    ),
    ...section('Why', list(listReasons(comparison))),
    ...section(
      'Guests side by side',
      guests.rows.length === 0 ? '' : drawFitting(guests.head, guests.rows, options.columns),
    ),
    ...listRemarks(comparison).flatMap(({ title, lines }) => section(title, list(lines))),
    ...section('How it was measured', list(describeContext(comparison))),
    ...section('How to read the table', list(columnNotes)),
  ].join('\n\n')}\n`;
}

/** Most important first: on a narrow terminal columns go from the end of this list. */
const importance: readonly (keyof CellRow)[] = [
  'test',
  'guest',
  'verdict',
  'change',
  'candidate',
  'baseline',
  'detectable',
  'attachment',
  'better',
];

const shown: readonly (keyof CellRow)[] = [
  'test',
  'guest',
  'attachment',
  'better',
  'baseline',
  'candidate',
  'change',
  'verdict',
  'detectable',
];

function renderCells(
  cells: readonly ComparisonCell[],
  { columns }: TerminalOptions,
  paint: Readonly<Record<Verdict, Painter>>,
): string {
  const whole = cells.map(formatCell);
  // Both medians without their intervals tell more than one of them with its own.
  const rows = fitFields(whole, columns).includes('baseline') ? whole : whole.map(dropIntervals);
  const fields = fitFields(rows, columns);
  const body = rows.map((row, index) =>
    fields.map((field) =>
      field === 'verdict' ? paint[cells[index]?.verdict ?? 'inconclusive'](row.verdict) : row[field],
    ),
  );
  return drawTable(fields, body);
}

function dropIntervals(row: CellRow): CellRow {
  const median = (text: string) => text.replace(/ \(.*\)$/, '');
  return { ...row, baseline: median(row.baseline), candidate: median(row.candidate) };
}

/** The fields that fit the width, in the order in which they are shown. */
function fitFields(rows: readonly CellRow[], columns: number | null): readonly (keyof CellRow)[] {
  const width = (field: keyof CellRow) => Math.max(field.length, ...rows.map((row) => row[field].length)) + 3;
  const kept = [...importance];
  while (columns !== null && kept.length > 3 && 1 + kept.reduce((sum, field) => sum + width(field), 0) > columns)
    kept.pop();
  return shown.filter((field) => kept.includes(field));
}

function drawTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const numeric = new Set(['baseline', 'candidate', 'change', 'detectable']);
  const table = new Table({
    head: [...head],
    colAligns: head.map((name) => (numeric.has(name) || / /.test(name) ? 'right' : 'left')),
    style: { head: [], border: [], compact: true },
  });
  table.push(...rows.map((row) => [...row]));
  return table.toString();
}

function painters(colors: ReturnType<typeof pc.createColors>): Readonly<Record<Verdict, Painter>> {
  return {
    improved: colors.green,
    regressed: colors.red,
    unchanged: colors.cyan,
    inconclusive: colors.yellow,
    invalid: colors.magenta,
  };
}

/** The columns that fit, from the left. */
function drawFitting(head: readonly string[], rows: readonly (readonly string[])[], columns: number | null): string {
  const width = (index: number) => Math.max(...[head, ...rows].map((row) => row[index]?.length ?? 0)) + 3;
  let total = 1;
  const fitting = head.filter((_, index) => {
    total += width(index);
    return columns === null || total <= columns;
  });
  return drawTable(
    fitting,
    rows.map((row) => row.slice(0, fitting.length)),
  );
}

/** A list item whose later lines are indented under its first. */
function wrap(line: string, columns: number | null): string {
  return `  - ${fold(line, (columns ?? usualWidth) - 4).join('\n    ')}`;
}

/** Width where there is no terminal. */
const usualWidth = 120;

function fold(text: string, columns: number | null): string[] {
  const width = Math.max(40, columns ?? usualWidth);
  const lines: string[] = [];
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1);
    if (last === undefined || last.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}
