import pc from 'picocolors';
import type { Comparison, ComparisonCell, Verdict } from '../src/comparison/comparison.schema.ts';
import { type CellColumn, isNumeric, listColumns } from './cell-columns.ts';
import { describeContext } from './describe-context.ts';
import { foldList, foldText } from './fold-text.ts';
import { type CellRow, describeColumns, formatCell } from './format-cell.ts';
import { describeHeadline } from './headline.ts';
import { listComparisons } from './list-comparisons.ts';
import { listReasons, listRemarks, type Remark, type TextTable } from './remarks.ts';
import { drawTable, measureTable, type Painter } from './terminal-table.ts';

export interface TerminalOptions {
  /** Width of the terminal; null: not a terminal, nothing is left out. */
  readonly columns: number | null;
  readonly color: boolean;
}

/** A comparison for a terminal: primary cells only, the least important columns left out where it is narrow. */
export function renderTerminal(comparison: Comparison, { columns, color }: TerminalOptions): string {
  const colors = pc.createColors(color);
  const { title, counts, meaning, design } = describeHeadline(comparison);
  const painters = choosePainters(colors);
  const section = ({ title, lines, table }: Remark) => {
    const drawn = table === undefined ? [] : [renderTable(table, columns)];
    return [
      colors.bold(foldText(title, columns)),
      ...(lines.length === 0 ? [] : [foldList(lines, columns)]),
      ...drawn,
    ].join('\n');
  };
  const sections: readonly Remark[] = [
    { title: 'Why rows are invalid', lines: listReasons(comparison, 'invalid') },
    { title: 'Why rows are inconclusive', lines: listReasons(comparison, 'inconclusive') },
    ...listComparisons(comparison),
    ...listRemarks(comparison),
    { title: 'How it was measured', lines: describeContext(comparison) },
    { title: 'How to read the table', lines: describeColumns(comparison.cells) },
  ];
  const parts = [
    `${colors.bold(painters[comparison.family.verdict](foldText(title, columns)))}\n${foldText(`${counts}. ${meaning} ${design}`.trimEnd(), columns)}`,
    ...renderCells(comparison, columns, painters),
    ...sections.filter(({ lines, table }) => lines.length > 0 || table !== undefined).map(section),
  ];
  return `${parts.join('\n\n')}\n`;
}

function choosePainters(colors: ReturnType<typeof pc.createColors>): Readonly<Record<Verdict, Painter>> {
  return {
    improved: colors.green,
    regressed: colors.red,
    unchanged: colors.cyan,
    inconclusive: colors.yellow,
    invalid: colors.magenta,
  };
}

/** Most important first: on a narrow terminal columns go from the end of this list. */
const importance: readonly CellColumn[] = [
  'test',
  'guest',
  'verdict',
  'change',
  'candidate',
  'baseline',
  'detectable',
  'attachment',
  'better',
  'p',
];

/** The table of the primary cells; none when there are none. */
function renderCells(
  { cells, context }: Comparison,
  columns: number | null,
  painters: Readonly<Record<Verdict, Painter>>,
): string[] {
  const primary = cells.filter(({ role }) => role === 'primary');
  if (primary.length === 0) return [];
  const shown = listColumns(primary);
  const whole = primary.map((cell) => formatCell(cell, context?.plan ?? null));
  // Both medians without their intervals tell more than one of them with its own.
  const rows = fitColumns(shown, whole, columns).includes('baseline') ? whole : whole.map(dropIntervals);
  const fitting = fitColumns(shown, rows, columns);
  return [
    drawTable(
      fitting,
      rows.map((row) => fitting.map((column) => row[column])),
      {
        isNumeric: (index) => isNumeric(fitting[index]),
        painter: (row, index) => (fitting[index] === 'verdict' ? paintVerdict(painters, primary[row]) : null),
      },
    ),
  ];
}

function paintVerdict(painters: Readonly<Record<Verdict, Painter>>, cell: ComparisonCell | undefined): Painter | null {
  return cell === undefined ? null : painters[cell.verdict];
}

function dropIntervals(row: CellRow): CellRow {
  const median = (text: string) => text.replace(/ \([^)]*\)/, '');
  return { ...row, baseline: median(row.baseline), candidate: median(row.candidate) };
}

/** Those of the columns that fit the width; at least the first three of importance. */
function fitColumns(
  shown: readonly CellColumn[],
  rows: readonly CellRow[],
  columns: number | null,
): readonly CellColumn[] {
  const kept = importance.filter((column) => shown.includes(column));
  const width = () => measureTable([kept, ...rows.map((row) => kept.map((column) => row[column]))]);
  while (columns !== null && kept.length > 3 && width() > columns) kept.pop();
  return shown.filter((column) => kept.includes(column));
}

/** Figures lose the columns that do not fit, from the right; text that does not fit becomes a list. */
function renderTable({ head, rows, firstNumber }: TextTable, columns: number | null): string {
  const fits = (count: number) =>
    columns === null || measureTable([head, ...rows].map((row) => row.slice(0, count))) <= columns;
  let count = head.length;
  if (firstNumber !== undefined) while (count > firstNumber + 1 && !fits(count)) count -= 1;
  if (!fits(count))
    return foldList(
      rows.map((row) => describeRow(head, row)),
      columns,
    );
  return drawTable(
    head.slice(0, count),
    rows.map((row) => row.slice(0, count)),
    { isNumeric: (index) => index >= (firstNumber ?? head.length) },
  );
}

/** `guest.docker.cpuset: stock not set, tuned 1` */
function describeRow(head: readonly string[], [name, ...values]: readonly string[]): string {
  return `${name}: ${values.map((value, index) => `${head[index + 1]} ${value}`).join(', ')}`;
}
