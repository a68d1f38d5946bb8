import { listCells } from '../plans/matrix.ts';
import { type MetricDefinition, metricsByTest } from '../results/metrics.ts';
import { attachments, guestKinds, type TestName, testNames } from '../vocabulary.ts';
import type { DeploymentData } from './deployment-data.ts';
import { type Placement, placementKey, type SideData, type SidePair } from './side-data.ts';

/** A cell and the deployments of its guest, attachment and host on both sides, failed ones included. */
export interface MatchedCell extends Placement {
  readonly id: string;
  readonly test: TestName;
  readonly metric: MetricDefinition;
  readonly baseline: readonly DeploymentData[];
  readonly candidate: readonly DeploymentData[];
}

type Spot = Omit<MatchedCell, 'id' | 'baseline' | 'candidate'>;

/**
 * Every cell that was planned or measured, on each host, in the order of the vocabulary.
 * A cell that was planned and not measured is there too: what is missing must be seen.
 */
export function matchCells(sides: SidePair): readonly MatchedCell[] {
  const hosts = listHosts(sides);
  const spots = new Map<string, Spot>();
  for (const side of [sides.baseline, sides.candidate]) {
    for (const spot of [...listPlanned(side, hosts), ...listMeasured(side)]) spots.set(spotKey(spot), spot);
  }
  const [baseline, candidate] = [groupByPlacement(sides.baseline), groupByPlacement(sides.candidate)];
  return [...spots.values()].sort(compareSpots).map((spot) => ({
    ...spot,
    id: `${hosts.length > 1 ? `${spot.host}:` : ''}${spot.guest}/${spot.attachment}/${spot.test}/${spot.metric.name}`,
    baseline: baseline.get(placementKey(spot)) ?? [],
    candidate: candidate.get(placementKey(spot)) ?? [],
  }));
}

/** A run that died before its first deployment names no host; its cells are listed all the same. */
function listHosts({ baseline, candidate }: SidePair): readonly string[] {
  const named = [...baseline.deployments, ...candidate.deployments].map(({ line }) => line.host);
  return named.length === 0 ? [''] : [...new Set(named)].sort();
}

function listPlanned({ run }: SideData, hosts: readonly string[]): Spot[] {
  const cells = listCells(run.header.plan, 'all');
  return hosts.flatMap((host) =>
    cells.map(({ guest, attachment, test, metric }) => ({ host, guest, attachment, test, metric })),
  );
}

function listMeasured({ deployments }: SideData): Spot[] {
  return deployments.flatMap(({ line: { host, guest, attachment }, samples }) =>
    [...new Set(samples.map(({ test }) => test))].flatMap((test) =>
      metricsByTest[test].map((metric) => ({ host, guest, attachment, test, metric })),
    ),
  );
}

function spotKey(spot: Spot): string {
  return `${placementKey(spot)}/${spot.test}/${spot.metric.name}`;
}

function compareSpots(left: Spot, right: Spot): number {
  if (left.host !== right.host) return left.host < right.host ? -1 : 1;
  const metrics = metricsByTest[left.test];
  return (
    guestKinds.indexOf(left.guest) - guestKinds.indexOf(right.guest) ||
    attachments.indexOf(left.attachment) - attachments.indexOf(right.attachment) ||
    testNames.indexOf(left.test) - testNames.indexOf(right.test) ||
    metrics.indexOf(left.metric) - metrics.indexOf(right.metric)
  );
}

function groupByPlacement({ deployments }: SideData): Map<string, DeploymentData[]> {
  return Map.groupBy(deployments, ({ line }) => placementKey(line));
}
