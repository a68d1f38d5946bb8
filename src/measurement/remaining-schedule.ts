import type { ScheduledDeployment } from '../plans/schedule.ts';
import type { DeploymentLine, Run } from '../results/journal.schema.ts';

/**
 * What of the schedule is still to be run. The journal counts attempts, not places of the schedule, so the n-th
 * deployment that succeeded in a block, side, guest and attachment stands for the n-th one scheduled there.
 */
export function listRemaining(
  schedule: readonly ScheduledDeployment[],
  { deployments, deploymentEnds }: Pick<Run, 'deployments' | 'deploymentEnds'>,
): readonly ScheduledDeployment[] {
  const succeeded = new Set(deploymentEnds.filter(({ status }) => status === 'ok').map(({ id }) => id));
  const done = Map.groupBy(
    deployments.filter(({ id }) => succeeded.has(id)),
    placeKey,
  );
  return [...Map.groupBy(schedule, placeKey)]
    .flatMap(([key, places]) => places.slice(done.get(key)?.length ?? 0))
    .sort((left, right) => left.order - right.order);
}

type Place = Pick<ScheduledDeployment & DeploymentLine, 'block' | 'side' | 'guest' | 'attachment'>;

function placeKey({ block, side, guest, attachment }: Place): string {
  return `${block} ${side} ${guest} ${attachment}`;
}
