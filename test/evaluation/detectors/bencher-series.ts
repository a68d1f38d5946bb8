import { computeBencherLimits } from '../peers/bencher.ts';
import type { SeriesRule } from './series-rule.ts';

/** Bencher's t test, 0.99, on a series: an alert for each night outside the limits drawn from all nights before it. */
export const bencherSeries: SeriesRule = {
  name: 'Bencher t test',
  watch: (series, first) =>
    series.flatMap((value, raised) => {
      const limits = raised < first ? null : computeBencherLimits(series.slice(0, raised));
      return limits !== null && (value < limits[0] || value > limits[1]) ? [{ raised, place: raised }] : [];
    }),
};
