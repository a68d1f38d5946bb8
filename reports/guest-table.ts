import type { Comparison, ComparisonCell } from '../src/comparison/comparison.schema.ts';
import { chooseScale, formatNumber, formatQuantity } from '../src/units.ts';
import { readCellName } from './cell-name.ts';
import { nothing } from './format-cell.ts';

/** Guest kinds side by side: one row for each attachment and test, the medians of both sides, and docker as a multiple of bare. */
export function buildGuestTable(comparison: Comparison): {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
} {
  const primary = comparison.cells.filter(({ role }) => role === 'primary');
  const guests = [...new Set(primary.map((cell) => readCellName(cell).guest))];
  const places = [...new Set(primary.map((cell) => placeOf(cell)))];
  const { baseline, candidate } = comparison.context;
  const names = [baseline.profile, candidate.profile] as const;
  const reference = guests.includes('bare') ? guests.filter((guest) => guest !== 'bare') : [];
  const head = [
    'test',
    'attachment',
    ...guests.flatMap((guest) => names.map((name) => `${guest} ${name}`)),
    ...reference.flatMap((guest) => names.map((name) => `${guest} / bare ${name}`)),
  ];
  const rows = places.map((place) => {
    const cells = guests.map((guest) =>
      primary.find((cell) => placeOf(cell) === place && readCellName(cell).guest === guest),
    );
    const bare = cells[guests.indexOf('bare')];
    const first = cells.find((cell) => cell !== undefined);
    const scale = chooseScale(first?.baseline.median ?? first?.candidate.median ?? 0, first?.metric.unit ?? '');
    return [
      ...place.split(' '),
      ...cells.flatMap((cell) =>
        medians(cell).map((median) =>
          median === null ? nothing : formatQuantity(median, cell?.metric.unit ?? '', scale),
        ),
      ),
      ...reference.flatMap((guest) => divide(medians(cells[guests.indexOf(guest)]), medians(bare))),
    ];
  });
  return { head, rows };
}

function placeOf(cell: ComparisonCell): string {
  const { test, attachment } = readCellName(cell);
  return `${test} ${attachment}`;
}

function medians(cell: ComparisonCell | undefined): readonly (number | null)[] {
  return [cell?.baseline.median ?? null, cell?.candidate.median ?? null];
}

function divide(above: readonly (number | null)[], below: readonly (number | null)[]): string[] {
  return above.map((value, index) => {
    const divisor = below[index] ?? null;
    return value === null || divisor === null || divisor === 0 ? nothing : `${formatNumber(value / divisor)} x`;
  });
}
