import type { ComparisonCell, Interval, SideSummary, Verdict } from '../src/comparison/comparison.schema.ts';
import type { ResolvedPlan } from '../src/plans/plan.schema.ts';
import { countSamples, type SampleCounts } from '../src/plans/schedule.ts';
import { chooseScale, formatChange, formatNumber, formatPercent, formatQuantity } from '../src/units.ts';
import { readCellName } from './cell-name.ts';

/** Stands where there is no number; the comparison has the reason. */
export const nothing = '–';

/** Relative. No tuning makes a change as large as this: the row is too noisy for any statement. */
const largestPrintedChange = 10;

/** Plain text signs, which look alike in a terminal and on a page. */
const verdictSigns: Readonly<Record<Verdict, string>> = {
  improved: '▲',
  regressed: '▼',
  unchanged: '=',
  inconclusive: '?',
  invalid: '✕',
};

/** One row of a comparison table, every number scaled and in words. */
export interface CellRow {
  readonly test: string;
  readonly guest: string;
  readonly attachment: string;
  readonly metric: string;
  readonly better: string;
  readonly baseline: string;
  readonly candidate: string;
  readonly change: string;
  readonly p: string;
  readonly verdict: string;
  readonly detectable: string;
}

const changeNotes: Readonly<Record<ComparisonCell['observation'], string>> = {
  deployment:
    'ratio of the geometric means of the medians of the fresh starts, with its 95 % interval; the start is the unit of evidence, so it need not be the ratio of the two medians',
  block:
    'middle of all ratios of a candidate to a baseline value of the same block, with its 95 % interval; only values that were measured close together are compared',
  sample:
    'middle of all ratios of a candidate to a baseline value, with its 95 % interval; every value is taken as independent of the others',
};

/** What the columns are; told once, since a median of medians is easily taken for something else. */
export function describeColumns(cells: readonly Pick<ComparisonCell, 'observation'>[]): readonly string[] {
  const observations = [...new Set(cells.map(({ observation }) => observation))];
  const by = (observation: ComparisonCell['observation']) =>
    observations.length > 1 ? `change, where the unit is the ${observation}` : 'change';
  return [
    'baseline, candidate: median of all samples, with its 95 % interval from 6 samples on',
    ...observations.map((observation) => `${by(observation)}: ${changeNotes[observation]}`),
    'p: adjusted for the number of rows',
    'detectable: the smallest increase that a run like this one finds in four of five cases',
    `${nothing}: cannot be computed`,
  ];
}

/** @param plan a side that has another number of samples than this says so; null: there was no plan */
export function formatCell(
  cell: ComparisonCell,
  plan: (SampleCounts & Pick<ResolvedPlan, 'deployments'>) | null,
): CellRow {
  const { guest, attachment, test } = readCellName(cell);
  const planned = plan === null ? null : plan.deployments * countSamples(plan, test);
  const { unit, name, better } = cell.metric;
  const scale = chooseScale(cell.baseline.median || cell.candidate.median || 0, unit);
  const formatSide = ({ n, median, medianInterval95 }: SideSummary) => {
    if (median === null) return nothing;
    const ends = formatEnds(medianInterval95, (value) => formatNumber(value / scale.factor));
    const interval = ends === null ? '' : ` (${ends})`;
    return `${formatQuantity(median, unit, scale)}${interval}${planned === null || n === planned ? '' : `, n ${n}`}`;
  };
  return {
    test,
    guest,
    attachment,
    metric: name,
    better: better === 'higher' ? '↑ higher' : '↓ lower',
    baseline: formatSide(cell.baseline),
    candidate: formatSide(cell.candidate),
    change: formatCellChange(cell),
    p: formatP(cell.pAdjusted),
    verdict: `${verdictSigns[cell.verdict]} ${cell.verdict}`,
    detectable: formatDetectable(cell.detectableChange),
  };
}

export interface CellChange {
  readonly estimate: string;
  /** `−18.0 to −12.0`, in the unit of the estimate; null where there is none. */
  readonly interval: string | null;
}

function formatCellChange(cell: ComparisonCell): string {
  const { estimate, interval } = describeChange(cell);
  return interval === null ? estimate : `${estimate} (${interval})`;
}

/** Relative with its 95 % interval; in the metric's unit for metrics that can be zero. */
export function describeChange({ ratio, difference, metric }: ComparisonCell): CellChange {
  if (ratio !== null) {
    return { estimate: formatChange(ratio.estimate), interval: formatEnds(ratio.interval95, formatPercent) };
  }
  if (difference === null) return { estimate: nothing, interval: null };
  const { estimate, interval95 } = difference;
  const scale = chooseScale(estimate || Math.max(...(interval95 ?? [0]).map(Math.abs)), metric.unit);
  const signed = (value: number) => {
    const text = formatNumber(value / scale.factor);
    return Number(text) > 0 ? `+${text}` : text.replace('-', '−');
  };
  // A difference of shares in per cent would be taken for a relative change.
  const label = metric.unit === '1' ? 'points' : scale.label;
  return { estimate: `${signed(estimate)} ${label}`.trimEnd(), interval: formatEnds(interval95, signed) };
}

function formatEnds(interval: Interval | null, format: (value: number) => string): string | null {
  return interval === null ? null : `${format(interval[0])} to ${format(interval[1])}`;
}

export function formatP(p: number | null): string {
  if (p === null) return nothing;
  return p < 0.001 ? '< 0.001' : p.toFixed(p < 0.1 ? 3 : 2);
}

export function formatDetectable(change: number | null): string {
  if (change === null) return nothing;
  return change > largestPrintedChange ? `over ${formatChange(1 + largestPrintedChange)}` : formatChange(1 + change);
}
