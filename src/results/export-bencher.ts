import { computeMedianInterval } from '../statistics/median-interval.ts';
import { computeMedian } from '../statistics/quantile.ts';
import { type ExportedSample, groupSamples } from './list-values.ts';

interface Measure {
  readonly value: number;
  readonly lower_value?: number;
  readonly upper_value?: number;
}

/** Bencher Metric Format: benchmark to measure to its figures. */
export type BencherMetrics = Readonly<Record<string, Readonly<Record<string, Measure>>>>;

/**
 * The median of each metric over all samples, in base units, with its 95 % interval from 6 samples on:
 * `{"docker/bridge/tcp_rr": {"latency": {"value": 0.000131}}}`. Names begin with the side where both are there.
 */
export function buildBencherMetrics(samples: readonly ExportedSample[]): BencherMetrics {
  const bothSides = new Set(samples.map(({ deployment }) => deployment.side)).size > 1;
  const several = new Set(samples.map(({ deployment }) => deployment.host)).size > 1;
  const entries = groupSamples(samples).flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const { side, host, guest, attachment } = first.deployment;
    const name = `${bothSides ? `${side}/` : ''}${several ? `${host}:` : ''}${guest}/${attachment}/${first.sample.test}`;
    const metrics = Map.groupBy(
      group.flatMap((sample) => sample.metrics),
      (metric) => metric.name,
    );
    const measures = [...metrics].map(([metric, found]) => [metric, summarize(found.map(({ value }) => value))]);
    return [[name, Object.fromEntries(measures)] as const];
  });
  return Object.fromEntries(entries);
}

function summarize(values: readonly number[]): Measure {
  const interval = computeMedianInterval(values);
  const value = computeMedian(values);
  return interval === null ? { value } : { value, lower_value: interval[0], upper_value: interval[1] };
}
