import { bencherSeries } from './bencher-series.ts';
import { otava, otavaOnePercent } from './otava.ts';
import { perfherder } from './perfherder.ts';
import { rustcPerf } from './rustc-perf.ts';
import type { SeriesRule } from './series-rule.ts';
import { tunegateSeries } from './tunegate-series.ts';

/** All rules that watch a nightly series, in the order of the tables. */
export const seriesRules: readonly SeriesRule[] = [
  tunegateSeries,
  otava,
  otavaOnePercent,
  perfherder,
  rustcPerf,
  bencherSeries,
];
