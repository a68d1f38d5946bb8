import type { ComparisonCell, SideSummary } from '../src/comparison/comparison.schema.ts';
import { chooseScale } from '../src/units.ts';
import { readCellName } from './cell-name.ts';
import { stripControls } from './strip-controls.ts';

/** One box, in the scaled unit of its picture. */
export interface BoxRow {
  readonly guest: string;
  /** Name of the side. */
  readonly side: string;
  readonly minimum: number;
  readonly q1: number;
  readonly median: number;
  readonly q3: number;
  readonly maximum: number;
}

/** Everything a picture shows. Its text has no control characters, which no SVG may hold. */
export interface BoxPlot {
  readonly title: string;
  readonly subtitle: string;
  /** Label of the axis of values, with the unit. */
  readonly axis: string;
  readonly sides: readonly [string, string];
  readonly rows: readonly BoxRow[];
  /** Values that the axis shows at least. */
  readonly domain: readonly [number, number];
}

/** The boxes of cells of one test and attachment; null when there is nothing to draw. */
export function collectBoxes(cells: readonly ComparisonCell[], sides: readonly [string, string]): BoxPlot | null {
  const [first] = cells;
  if (first === undefined) return null;
  const { factor, label } = chooseScale(first.baseline.median || first.candidate.median || 0, first.metric.unit);
  const rows = cells.flatMap((cell) => [
    ...buildRow(cell, cell.baseline, sides[0], factor),
    ...buildRow(cell, cell.candidate, sides[1], factor),
  ]);
  if (rows.length === 0) return null;
  const { guest, test, attachment } = readCellName(first);
  return {
    title: stripControls(test === '' ? guest : `${test} over ${attachment}: ${first.metric.name}`),
    subtitle: `${countValues(cells)} a box, whiskers at the extremes`,
    axis: stripControls(`${label}${label === '' ? '' : ', '}${first.metric.better} is better`),
    sides,
    rows,
    domain: chooseDomain(rows, Math.max(...cells.map(({ margin }) => margin?.value ?? 0))),
  };
}

function buildRow(cell: ComparisonCell, summary: SideSummary, side: string, factor: number): BoxRow[] {
  const { minimum, q1, median, q3, maximum } = summary.replies ?? summary;
  if (minimum === null || q1 === null || median === null || q3 === null || maximum === null) return [];
  const scaled = { minimum, q1, median, q3, maximum };
  const entries = Object.entries(scaled).map(([name, value]) => [name, value / factor]);
  return [{ guest: stripControls(readCellName(cell).guest), side, ...(Object.fromEntries(entries) as typeof scaled) }];
}

/** `20 samples`, `3 to 4 samples`, `80 replies`. */
function countValues(cells: readonly ComparisonCell[]): string {
  const sides = cells.flatMap(({ baseline, candidate }) => [baseline, candidate]).filter(({ n }) => n > 0);
  const counts = sides.map(({ n, replies }) => replies?.n ?? n);
  const [fewest, most] = [Math.min(...counts), Math.max(...counts)];
  const what = sides.some(({ replies }) => replies !== null) ? ['reply', 'replies'] : ['sample', 'samples'];
  return `${fewest === most ? '' : `${fewest} to `}${most} ${what[most === 1 ? 0 : 1]}`;
}

/** Margins that fit into the height of a picture at least. */
const shownMargins = 6;

/**
 * From the smallest to the largest value, widened around their middle to some margins' width: a difference that does
 * not matter must not look like one that does.
 */
export function chooseDomain(
  rows: readonly Pick<BoxRow, 'minimum' | 'maximum'>[],
  margin: number,
): readonly [number, number] {
  const low = Math.min(...rows.map(({ minimum }) => minimum));
  const high = Math.max(...rows.map(({ maximum }) => maximum));
  const middle = (low + high) / 2;
  const half = Math.max(high - low, shownMargins * margin * Math.abs(middle)) / 2;
  return [middle - half, middle + half];
}
