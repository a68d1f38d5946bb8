import type { ComparisonCell } from '../src/comparison/comparison.schema.ts';
import { readCellName } from './cell-name.ts';
import type { CellRow } from './format-cell.ts';

export type CellColumn = keyof CellRow;

/** The verdict comes before what only supports it: a page that is too narrow cuts tables off at the right. */
const order: readonly CellColumn[] = [
  'test',
  'guest',
  'attachment',
  'metric',
  'better',
  'baseline',
  'candidate',
  'change',
  'verdict',
  'p',
  'detectable',
];

const numeric: readonly CellColumn[] = ['baseline', 'candidate', 'change', 'p', 'detectable'];

/**
 * The columns of a table of these cells. An attachment that is everywhere the same stands in the headline; the metric
 * of a primary cell is the one that its test is known for.
 */
export function listColumns(cells: readonly ComparisonCell[]): readonly CellColumn[] {
  const attachments = new Set(cells.map((cell) => readCellName(cell).attachment));
  const isPrimary = cells.every(({ role }) => role === 'primary');
  return order.filter(
    (column) => !(column === 'attachment' && attachments.size === 1) && !(column === 'metric' && isPrimary),
  );
}

/** Numbers are aligned right. */
export function isNumeric(column: CellColumn | undefined): boolean {
  return column !== undefined && numeric.includes(column);
}
