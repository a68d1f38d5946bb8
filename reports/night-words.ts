import type { RegressedSeries, Regression } from '../src/history/regressions.ts';
import { worseSign } from '../src/history/series.ts';
import { formatChange, formatPercent, formatQuantity } from '../src/units.ts';
import { readCellName } from './cell-name.ts';
import { renderNightChart } from './night-chart.ts';

/** `latency of tcp_rr docker bridge`, for titles and sentences; not escaped. */
export function nameSeriesCell({ cellId, metric }: Pick<Regression, 'cellId' | 'metric'>): string {
  const { guest, attachment, test } = readCellName({ id: cellId });
  return `${metric.name} of ${[test, guest, attachment].filter(Boolean).join(' ')}`;
}

export function formatNightTime(time: string): string {
  return `${time.slice(0, 16).replace('T', ' ')} UTC`;
}

/** `+5.12 % (+4.1 to +6.2)`: nights since against nights before, in the metric's own direction. */
export function formatShift({ metric }: Pick<Regression, 'metric'>, { shift }: RegressedSeries): string | null {
  if (shift === null) return null;
  const sign = worseSign({ metric });
  const ends = shift.interval95.map((end) => Math.exp(sign * end)).sort((a, b) => a - b);
  return `${formatChange(Math.exp(sign * shift.estimate))} (${ends.map(formatPercent).join(' to ')})`;
}

/** What a series is, with the profile's names. */
export function describeKind({ tonight }: Regression, { kind }: RegressedSeries): string {
  const { baseline, candidate } = tonight;
  if (kind === 'level') return `${candidate.profile} itself`;
  const other = baseline.profile === candidate.profile ? 'its baseline' : baseline.profile;
  return `${candidate.profile} against ${other}`;
}

/** The nights before and since as a line of text. */
export function drawSeries({ metric }: Regression, { kind, points, outsideFrom }: RegressedSeries): string {
  const format =
    kind === 'effect'
      ? (value: number) => formatChange(Math.exp(value))
      : (value: number) => formatQuantity(Math.exp(value), metric.unit);
  return renderNightChart({ values: points.map(({ value }) => value), outsideFrom, format });
}
