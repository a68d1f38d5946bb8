import { type MonitorOptions, monitorSeries } from '../../../src/statistics/monitor-series.ts';
import type { Alarm, SeriesRule } from './series-rule.ts';

/** As the nightly job watches (src/history/follow-series.ts): by place, about 5,000 nights between false alarms. */
const defaults: MonitorOptions = { kind: 'mann-whitney', runLength: 5000 };

/**
 * Tunegate's own detector of changes (`monitorSeries`), without the fast path for huge steps. A real job confirms each
 * alarm by an interleaved comparison; here every alarm counts, and watching goes on from the place of the change.
 */
export function watchSeries(
  series: readonly number[],
  first: number,
  options: MonitorOptions = defaults,
): readonly Alarm[] {
  const alarms: Alarm[] = [];
  for (let start = 0; ; ) {
    const alarm = monitorSeries(series.slice(start), { ...options, first: start === 0 ? first + 1 : 20 });
    if (alarm === null) return alarms;
    alarms.push({ raised: start + alarm.seen - 1, place: start + alarm.before });
    start += alarm.before;
  }
}

export const tunegateSeries: SeriesRule = { name: 'Tunegate', watch: (series, first) => watchSeries(series, first) };
