import type { MetricDefinition } from '../results/metrics.ts';
import { sides as sideNames } from '../vocabulary.ts';
import { listCellWarnings } from './cell-warnings.ts';
import type { SideSummary } from './comparison.schema.ts';
import { compareDeployments } from './deployment-rule.ts';
import type { MatchedCell } from './match-cells.ts';
import { collectReplies, collectValues, type DeploymentValues, listMeasuredSamples } from './measured-values.ts';
import type { Shift } from './shift.ts';
import type { SidePair } from './side-data.ts';
import { summarizeSide } from './summarize-side.ts';

/** Everything about a cell that does not depend on the other cells. */
export interface MeasuredCell {
  readonly cell: MatchedCell;
  readonly baseline: SideSummary;
  readonly candidate: SideSummary;
  /** Whether the change of this metric is a ratio or, because it can be zero, a difference. */
  readonly scale: Shift['scale'];
  /** null when a side has no data. */
  readonly shift: Shift | null;
  /** Why there is no shift; empty when there is one. */
  readonly noData: string;
  readonly warnings: readonly string[];
}

/** @param level of one test of the family: 0.05 / number of primary cells */
export function measureCell(cell: MatchedCell, sides: SidePair, level: number): MeasuredCell {
  const { test, metric } = cell;
  const values = {
    baseline: collectValues(cell.baseline, test, metric),
    candidate: collectValues(cell.candidate, test, metric),
  };
  const summaries = {
    baseline: summarizeSide(values.baseline, keepsReplies(cell) ? collectReplies(cell.baseline, test) : []),
    candidate: summarizeSide(values.candidate, keepsReplies(cell) ? collectReplies(cell.candidate, test) : []),
  };
  const noData = describeNoData(cell, values, sides);
  const scale = chooseScale(metric, [...values.baseline, ...values.candidate]);
  const shift = noData === '' ? compareDeployments({ scale, ...values, level }) : null;
  const warnings = [
    ...listCellWarnings(cell, values, sides),
    ...(scale === 'difference' && !canBeZero(metric)
      ? ['A value of zero or below was measured, so the change is a difference.']
      : []),
    ...(shift?.warnings ?? []),
  ];
  return { cell, ...summaries, scale, shift, noData, warnings };
}

/** Single replies belong to the latency of ping alone. */
export function keepsReplies({ test, metric }: Pick<MatchedCell, 'test' | 'metric'>): boolean {
  return test === 'ping' && metric.name === 'latency';
}

/** Shares and counts have zeros in good runs, so their change is a difference from the start. */
function canBeZero({ unit }: MetricDefinition): boolean {
  return unit === '1' || unit === 'count';
}

/** A ratio needs values above zero. */
function chooseScale(metric: MetricDefinition, deployments: readonly DeploymentValues[]): Shift['scale'] {
  const allPositive = deployments.every(({ values }) => values.every((value) => value > 0));
  return canBeZero(metric) || !allPositive ? 'difference' : 'ratio';
}

function describeNoData(
  cell: MatchedCell,
  values: Readonly<Record<'baseline' | 'candidate', readonly DeploymentValues[]>>,
  sides: SidePair,
): string {
  const empty = sideNames.filter((side) => values[side].length === 0);
  if (empty.length === 0) return '';
  const elsewhere = empty.length === 1 ? empty.flatMap((side) => listOtherHosts(cell, sides[side].deployments)) : [];
  if (elsewhere.length > 0) return `host confounded: the ${empty.join()} was measured on ${elsewhere.join(', ')} only`;
  const hasSamples = empty.some((side) => cell[side].some((found) => listMeasuredSamples(found, cell.test).length > 0));
  const who = empty.length === 2 ? 'either side' : `the ${empty.join()}`;
  return hasSamples ? `no sample of ${who} reports this metric` : `no measured sample of ${who}`;
}

function listOtherHosts(cell: MatchedCell, deployments: SidePair['baseline']['deployments']): readonly string[] {
  const hosts = deployments
    .filter(({ line }) => line.guest === cell.guest && line.attachment === cell.attachment && line.host !== cell.host)
    .filter((deployment) => listMeasuredSamples(deployment, cell.test).length > 0)
    .map(({ line }) => line.host);
  return [...new Set(hosts)].sort();
}
