import { type CompareOptions, compareRuns } from '../../src/comparison/compare-runs.ts';
import type { Comparison, ComparisonCell } from '../../src/comparison/comparison.schema.ts';
import { defaultPolicy } from '../../src/comparison/policy.schema.ts';
import type { Run, SampleLine } from '../../src/results/journal.schema.ts';
import { buildRun, type RunShape, type Spot, usualValue } from './build-run.ts';

export const usualOptions: CompareOptions = { seed: 1, policy: defaultPolicy, declaredFacts: () => [] };

export function compare(runs: Run | readonly Run[], options: Partial<CompareOptions> = {}): Comparison {
  return compareRuns('header' in runs ? [runs] : runs, { ...usualOptions, ...options });
}

export function findCell(comparison: Comparison, id: string): ComparisonCell {
  const cell = comparison.cells.find((entry) => entry.id === id);
  if (cell === undefined)
    throw new Error(`no cell ${id} among ${comparison.cells.map((entry) => entry.id).join(', ')}`);
  return cell;
}

/** The cell of docker/bridge/tcp_rr/latency in a run of the given shape. */
export function compareLatency(shape: Partial<RunShape>, options: Partial<CompareOptions> = {}): ComparisonCell {
  return findCell(compare(buildRun(shape), options), 'docker/bridge/tcp_rr/latency');
}

/** The usual values, those of the candidate multiplied by a factor for the metrics that match. */
export function scaleCandidate(factor: number, metric: RegExp = /./): (spot: Spot) => number {
  return (spot) => usualValue(spot) * (spot.side === 'candidate' && metric.test(spot.metric) ? factor : 1);
}

/** One value for every sample of a side. */
export function constant(baseline: number, candidate: number): (spot: Spot) => number {
  return ({ side }) => (side === 'baseline' ? baseline : candidate);
}

export function failSamples(run: Run, which: (sample: SampleLine) => boolean, reason = 'throughput is zero'): Run {
  return {
    ...run,
    samples: run.samples.map((sample) =>
      which(sample) ? { ...sample, status: 'failed', reason, metrics: {} } : sample,
    ),
  };
}

export function deepFreeze<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null) {
    Object.freeze(value);
    for (const part of Object.values(value)) deepFreeze(part);
  }
  return value;
}

/** Paths of all null fields of a cell, arrays and `missing` left out. */
export function listNullPaths(fields: object, prefix = ''): readonly string[] {
  return Object.entries(fields).flatMap(([key, value]) => {
    if (value === null) return [`${prefix}${key}`];
    return typeof value === 'object' && key !== 'missing' ? listNullPaths(value, `${prefix}${key}.`) : [];
  });
}

/** Every number anywhere in a document, to show that none is NaN or infinite. */
export function listNumbers(value: unknown): readonly number[] {
  if (typeof value === 'number') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(listNumbers) : [];
}
