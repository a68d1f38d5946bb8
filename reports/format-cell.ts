import type { ComparisonCell, Interval, SideSummary, Verdict } from '../src/comparison/comparison.schema.ts';
import { chooseScale, formatChange, formatNumber, formatPercent, formatQuantity } from '../src/units.ts';
import { readCellName } from './cell-name.ts';

/** Stands where there is no number; the reason is told elsewhere. */
export const nothing = '–';

/** A change that no tuning makes: the cell is too noisy for any statement. */
const largestPrintedChange = 10;

const verdictSigns: Readonly<Record<Verdict, string>> = {
  improved: '▲',
  regressed: '▼',
  unchanged: '=',
  inconclusive: '?',
  invalid: '✕',
};

/** One row of a comparison table, every number scaled and in words. */
export interface CellRow {
  readonly guest: string;
  readonly attachment: string;
  readonly test: string;
  readonly metric: string;
  readonly better: string;
  readonly baseline: string;
  readonly candidate: string;
  readonly change: string;
  readonly verdict: string;
  readonly detectable: string;
}

export function formatCell(cell: ComparisonCell): CellRow {
  const { guest, attachment, test } = readCellName(cell);
  const scale = chooseScale(cell.baseline.median ?? cell.candidate.median ?? 0, cell.metric.unit);
  const formatSide = ({ median, medianInterval95 }: SideSummary) =>
    median === null
      ? nothing
      : `${formatQuantity(median, cell.metric.unit, scale)}${formatInterval(medianInterval95, (value) => formatNumber(value / scale.factor))}`;
  return {
    guest,
    attachment,
    test,
    metric: cell.metric.name,
    better: cell.metric.better === 'higher' ? '↑ higher' : '↓ lower',
    baseline: formatSide(cell.baseline),
    candidate: formatSide(cell.candidate),
    change: formatCellChange(cell),
    verdict: formatVerdict(cell.verdict),
    detectable: cell.detectableChange === null ? nothing : formatDetectable(cell.detectableChange),
  };
}

export function formatVerdict(verdict: Verdict): string {
  return `${verdictSigns[verdict]} ${verdict}`;
}

/** The change with its 95 % interval, relative, or in the metric's unit for metrics that can be zero. */
function formatCellChange({ ratio, difference, metric }: ComparisonCell): string {
  if (ratio !== null) return formatChange(ratio.estimate) + formatInterval(ratio.interval95, formatPercent);
  if (difference === null) return nothing;
  const signed = (value: number) => `${value > 0 ? '+' : ''}${formatQuantity(value, metric.unit).replace('-', '−')}`;
  return signed(difference.estimate) + formatInterval(difference.interval95, signed);
}

function formatInterval(interval: Interval | null, format: (value: number) => string): string {
  return interval === null ? '' : ` (${format(interval[0])} to ${format(interval[1])})`;
}

function formatDetectable(change: number): string {
  return change > largestPrintedChange ? `> +${largestPrintedChange * 100} %` : formatChange(1 + change);
}
