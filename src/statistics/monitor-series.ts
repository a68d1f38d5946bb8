import { type ChangePoint, type ChangePointKind, findChangePoint } from './change-point.ts';
import { findChangeThreshold, longestWindow, type RunLength } from './change-point-thresholds.ts';
import { keepFinite } from './keep-finite.ts';
import { computeMidranks } from './midranks.ts';
import { computeMedian } from './quantile.ts';
import { computeNeighbourCorrelation } from './rank-autocorrelation.ts';

export interface MonitorOptions {
  readonly kind: ChangePointKind;
  /** Nights between false alarms; 48 cells a night make 17,520 looks a year, so 5,000 means 3.5 of them a year. */
  readonly runLength: RunLength;
  /** Values that must be there before the first alarm; from 12, 20 unless said otherwise. */
  readonly first?: number;
}

/** What the model says when it raises an alarm; numbers of values count from the start of the series. */
export interface ChangeAlarm {
  /** Number of values that had been seen, the last of which raised the alarm. */
  readonly seen: number;
  /** Number of values before the change, as far as can be told when the alarm is raised. */
  readonly before: number;
  /** Corrected for autocorrelation; above the threshold. */
  readonly statistic: number;
  readonly threshold: number;
  /** Whether values after the change rank higher or lower; `none` when they only spread differently. */
  readonly direction: 'up' | 'down' | 'none';
}

/** Beyond this a correction would silence everything. */
const largestCorrelation = 0.8;

/**
 * Watches a series value by value and returns the first alarm: the first time the change point statistic of the last
 * 60 values (fewer at the start), corrected for autocorrelation, exceeds the threshold for the run length asked for.
 * One value a night in the order of time, missing nights left out, since the last confirmed change: after a confirmed
 * alarm the caller goes on with the values from `before` on. Constant data and short series: no alarm. Ties make
 * alarms a little rarer. Increasing functions of all values change nothing.
 * Source: Ross, Tasoulis and Adams 2011, Technometrics 53.
 * Example: 100.0 to 101.9 in steps of 0.1, shuffled, then values around 90.5: `down`, before 20, raised by the fourth
 * (`lepage`) or fifth value after the change at 1,000 nights.
 *
 * @returns null when there is no alarm
 * @throws RangeError when a value is not finite, or `first` is below 12
 */
export function monitorSeries(
  series: readonly number[],
  { kind, runLength, first = 20 }: MonitorOptions,
): ChangeAlarm | null {
  const wrong = series.find((value) => !Number.isFinite(value));
  if (wrong !== undefined) throw new RangeError(`expected finite numbers, found ${wrong}`);
  for (let seen = first; seen <= series.length; seen += 1) {
    const start = Math.max(0, seen - longestWindow);
    const window = series.slice(start, seen);
    const split = findChangePoint(window, kind);
    const threshold = findChangeThreshold(kind, runLength, window.length);
    // The correction never raises the statistic, so most nights need none.
    const statistic = split.statistic > threshold ? split.statistic * correctForDependence(window, split) : 0;
    if (statistic > threshold) {
      return { seen, before: start + split.before, statistic, threshold, direction: findDirection(window, split) };
    }
  }
  return null;
}

/**
 * sqrt((1 - f) / (1 + f)), at most 1, by which a statistic for independent values is too large when neighbours
 * correlate by f: the lag-1 rank autocorrelation of the residuals from the medians of both parts of the split, freed of
 * its bias and kept within 0 and 0.8. A part of m values makes it (1 + 3 f) / m too small (Kendall 1954, Biometrika 41),
 * two parts of together n values about 2 (1 + 3 f) / n. Constant residuals: 1.
 * Example: an f of 0.4 gives 0.65.
 *
 * @throws RangeError when a part is empty or a value is not finite
 */
export function correctForDependence(series: readonly number[], { before }: Pick<ChangePoint, 'before'>): number {
  const subtract = (part: readonly number[]) => {
    const centre = computeMedian(part);
    return part.map((value) => keepFinite(value - centre));
  };
  const residuals = [...subtract(series.slice(0, before)), ...subtract(series.slice(before))];
  const found = computeNeighbourCorrelation(residuals);
  const unbiased = (found + 2 / series.length) / (1 - 6 / Math.max(12, series.length));
  const correlation = Math.min(largestCorrelation, Math.max(0, unbiased));
  return Math.sqrt((1 - correlation) / (1 + correlation));
}

function findDirection(series: readonly number[], { before }: ChangePoint): ChangeAlarm['direction'] {
  const { ranks } = computeMidranks(series);
  const sum = ranks.subarray(before).reduce((all, rank) => all + rank, 0);
  const excess = sum - ((series.length - before) * (series.length + 1)) / 2;
  if (excess === 0) return 'none';
  return excess > 0 ? 'up' : 'down';
}
