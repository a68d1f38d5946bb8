import { readPlacement } from '../src/comparison/cell-placement.ts';
import type { Comparison, ComparisonCell } from '../src/comparison/comparison.schema.ts';
import { chooseScale, formatQuantity } from '../src/units.ts';
import { type CellName, readCellName } from './cell-name.ts';
import { nothing } from './format-cell.ts';
import { nameSides } from './headline.ts';
import type { Remark } from './remarks.ts';

type Medians = readonly [number | null, number | null];

/**
 * Guest kinds side by side: a row for each test and attachment with the medians of both sides. Null when there is one
 * kind only; cells whose ids name no guest are left out.
 */
export function compareGuests(comparison: Comparison): Remark | null {
  const primary = comparison.cells.filter(({ role, id }) => role === 'primary' && readPlacement(id) !== null);
  const guests = [...new Set(primary.map((cell) => readCellName(cell).guest))];
  if (guests.length < 2) return null;
  const attachments = new Set(primary.map((cell) => readCellName(cell).attachment));
  // One attachment everywhere is said once.
  const place = attachments.size === 1 ? (['test'] as const) : (['test', 'attachment'] as const);
  const rows = Map.groupBy(primary, (cell) => JSON.stringify(place.map((part) => readCellName(cell)[part])));
  const names = nameSides(comparison);
  const over =
    attachments.size === 1 ? [...attachments].filter(Boolean).map((attachment) => `, over ${attachment}`) : [];
  return {
    title: `Guests side by side${over.join('')}`,
    lines: [],
    table: {
      head: [...place, ...guests.flatMap((guest) => names.map((name) => `${guest}\n${name}`))],
      rows: [...rows.values()].map((cells) => buildRow(cells, place, guests)),
      firstNumber: place.length,
    },
  };
}

function buildRow(
  cells: readonly ComparisonCell[],
  place: readonly (keyof CellName)[],
  guests: readonly string[],
): string[] {
  const [first] = cells;
  if (first === undefined) return [];
  const name = readCellName(first);
  const { unit } = first.metric;
  const scale = chooseScale(first.baseline.median || first.candidate.median || 0, unit);
  const medians = (guest: string) => readMedians(cells.find((cell) => readCellName(cell).guest === guest));
  const show = (median: number | null) => (median === null ? nothing : formatQuantity(median, unit, scale));
  return [...place.map((part) => name[part]), ...guests.flatMap((guest) => medians(guest).map(show))];
}

function readMedians(cell: ComparisonCell | undefined): Medians {
  return [cell?.baseline.median ?? null, cell?.candidate.median ?? null];
}
