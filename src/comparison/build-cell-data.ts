import { countSamples } from '../plans/schedule.ts';
import { type Side, sides as sideNames } from '../vocabulary.ts';
import type { CellCircumstances, CellData, SampleCount, SampleEntry } from './cell-data.ts';
import { listCellWarnings } from './cell-warnings.ts';
import type { DeploymentData } from './deployment-data.ts';
import type { Environment } from './environment-difference.ts';
import { listInvalidReasons } from './invalid-reasons.ts';
import type { MatchedCell } from './match-cells.ts';
import { collectReplies, collectValues, listMeasuredSamples } from './measured-values.ts';
import { listDisturbances } from './sample-disturbance.ts';
import { describeCommonBoots, nameObservation } from './shared-boots.ts';
import type { SideData, SidePair } from './side-data.ts';

/** A cell of runs as the engine takes it. Sides that alternate by sample have blocks; else a fresh start, or a boot, is the unit. */
export function buildCellData(cell: MatchedCell, sides: SidePair, environment: Environment): CellData {
  const { id, metric } = cell;
  const { name, unit, better, role } = metric;
  const observation = alternatesBySample(cell, sides) ? 'block' : 'deployment';
  const collect = (side: Side) =>
    cell[side].flatMap((deployment) =>
      listEntries(deployment, cell, {
        byBlock: observation === 'block',
        name: nameObservation(deployment.line, side, sides),
      }),
    );
  return {
    id,
    role,
    metric: { name, unit, better },
    observation,
    baseline: collect('baseline'),
    candidate: collect('candidate'),
    circumstances: describeCircumstances(cell, sides, environment),
  };
}

/**
 * Whether samples of one side were taken while a deployment of the other was still being measured. A plan of regime
 * `sample` whose sides are fresh starts one after the other has nothing below the fresh start to exchange.
 */
function alternatesBySample(cell: MatchedCell, { baseline, candidate, interleaved }: SidePair): boolean {
  const regimes = [baseline, candidate].map(({ run }) => run.header.plan.regime);
  if (!interleaved || regimes.some((regime) => regime !== 'sample')) return false;
  const [left, right] = [listSpans(cell, 'baseline'), listSpans(cell, 'candidate')];
  return left.some(([first, last]) => right.some(([start, end]) => start < last && first < end));
}

/** Orders of the first and the last sample of each deployment. */
function listSpans(cell: MatchedCell, side: Side): readonly (readonly [number, number])[] {
  return cell[side].flatMap((deployment) => {
    const orders = listMeasuredSamples(deployment, cell.test).map(({ order }) => order);
    return orders.length === 0 ? [] : [[Math.min(...orders), Math.max(...orders)] as const];
  });
}

function listEntries(
  deployment: DeploymentData,
  cell: MatchedCell,
  { byBlock, name }: { readonly byBlock: boolean; readonly name: string },
): readonly SampleEntry[] {
  const { id, block, order } = deployment.line;
  const collect = (data: DeploymentData) => collectValues([data], cell.test, cell.metric)[0]?.values ?? [];
  if (!byBlock) return [{ deployment: name, block, order, values: collect(deployment) }];
  const samples = listMeasuredSamples(deployment, cell.test);
  return [...Map.groupBy(samples, (sample) => sample.block)].map(([number, group]) => ({
    deployment: id,
    block: number,
    order: Math.min(...group.map((sample) => sample.order)),
    values: collect({ ...deployment, samples: group }),
  }));
}

function describeCircumstances(cell: MatchedCell, sides: SidePair, environment: Environment): CellCircumstances {
  const { test, metric } = cell;
  const values = {
    baseline: collectValues(cell.baseline, test, metric),
    candidate: collectValues(cell.candidate, test, metric),
  };
  const found = (side: Side) => values[side].reduce((sum, deployment) => sum + deployment.values.length, 0);
  const count = (side: Side) => countExpected(cell, sides[side], found(side));
  const keepsReplies = test === 'ping' && metric.name === 'latency';
  const replies = (side: Side) => collectReplies(cell[side], test);
  return {
    invalid: [...describeCommonBoots(cell, sides), ...listInvalidReasons(cell, environment)],
    noData: describeNoData(cell, values, sides),
    warnings: listCellWarnings(cell, values, sides),
    disturbances: listDisturbances({
      baseline: listSamples(cell, 'baseline'),
      candidate: listSamples(cell, 'candidate'),
    }),
    replies: keepsReplies ? { baseline: replies('baseline'), candidate: replies('candidate') } : null,
    noReplies: keepsReplies ? 'the samples keep no single replies' : 'only the latency of ping has single replies',
    accelerator: findAccelerator(cell),
    counts: { baseline: count('baseline'), candidate: count('candidate') },
  };
}

function listSamples(cell: MatchedCell, side: Side) {
  return cell[side].flatMap((deployment) => listMeasuredSamples(deployment, cell.test));
}

function countExpected({ test }: MatchedCell, { run }: SideData, found: number): SampleCount {
  const { plan } = run.header;
  return { expected: Math.max(found, plan.deployments * countSamples(plan, test)), found };
}

/** null without a virtual machine; sides that differ in it are invalid, so one of them is enough. */
function findAccelerator({ baseline, candidate }: MatchedCell): CellCircumstances['accelerator'] {
  return [...baseline, ...candidate].find(({ line }) => line.accelerator !== null)?.line.accelerator ?? null;
}

function describeNoData(
  cell: MatchedCell,
  values: Readonly<Record<Side, readonly unknown[]>>,
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
