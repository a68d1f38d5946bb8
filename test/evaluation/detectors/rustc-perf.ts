import { computeMedian } from '../../../src/statistics/quantile.ts';
import type { SeriesRule } from './series-rule.ts';

/** Changes between neighbours that are looked back at. */
const lookBack = 30;

/**
 * rust-lang/rustc-perf (`site/src/comparison.rs`): a step is reported when its relative size reaches Q3 + 3 IQR of the
 * sizes of the 30 steps before it; quartiles are the medians of the lower and the upper half. With fewer steps the site
 * takes 0.2 %; here, in its favour, the steps there are.
 */
export const rustcPerf: SeriesRule = {
  name: 'rustc-perf',
  watch: (series, first) => {
    const steps = series.slice(1).map((value, index) => Math.abs(value / (series[index] as number) - 1));
    return steps.flatMap((step, index) => {
      const raised = index + 1;
      if (raised < first || step < computeStepLimit(steps.slice(Math.max(0, index - lookBack), index))) return [];
      return [{ raised, place: raised }];
    });
  },
};

/** Largest size of a step that is noise, given at least 4 earlier ones; relative. */
export function computeStepLimit(steps: readonly number[]): number {
  const sorted = [...steps].sort((left, right) => left - right);
  const half = Math.floor(sorted.length / 2);
  // As the site cuts it: an even number gives up both middle values, an odd one its middle value.
  const kept = sorted.length % 2 === 0 ? half - 1 : half;
  const [q1, q3] = [computeMedian(sorted.slice(0, kept)), computeMedian(sorted.slice(-kept))];
  return q3 + 3 * (q3 - q1);
}
