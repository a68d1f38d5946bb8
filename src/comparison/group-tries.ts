import type { DeploymentData } from './deployment-data.ts';

/** Deployments of one place of the schedule, in order: the first, a second try of a failed start, what a resumed run redid. */
export type Tries = readonly DeploymentData[];

/**
 * The deployments of one side by place of the schedule. Places of the same block, guest and attachment are filled in
 * order, and what a resumed run does first there redoes what was not finished there, in the same order.
 */
export function groupTries(deployments: readonly DeploymentData[]): readonly Tries[] {
  const ordered = deployments.toSorted((left, right) => left.line.order - right.line.order);
  const byPlace = Map.groupBy(ordered, ({ line }) =>
    JSON.stringify([line.block, line.host, line.guest, line.attachment]),
  );
  return [...byPlace.values()].flatMap((group) =>
    [...Map.groupBy(group, ({ session }) => session).values()].reduce(addSession, []),
  );
}

/**
 * Of the tries of one place the one whose data count: the last that measured anything (if one succeeded, it is that
 * one), else the last that came up, so that a setting found not in force is not forgotten over a start that fails.
 */
export function chooseCounted(tries: Tries): DeploymentData | undefined {
  return tries.findLast(hasMeasured) ?? tries.findLast(({ line }) => line.facts !== null) ?? tries.at(-1);
}

export function hasSucceeded({ end }: DeploymentData): boolean {
  return end?.status === 'ok';
}

/** Whether it gave anything to compare. */
export function hasMeasured({ samples }: DeploymentData): boolean {
  return samples.some(({ phase, status }) => phase === 'measure' && status === 'ok');
}

function addSession(places: readonly Tries[], session: Tries): readonly Tries[] {
  const tries = joinSecondTries(session);
  const unfinished = places.filter((place) => !place.some(hasSucceeded));
  const continued = places.map((place) => [...place, ...(tries[unfinished.indexOf(place)] ?? [])]);
  return [...continued, ...tries.slice(unfinished.length)];
}

/** A start that failed is tried once more at once: next in order. */
function joinSecondTries(deployments: Tries): readonly Tries[] {
  const joined: DeploymentData[][] = [];
  for (const deployment of deployments) {
    const last = joined.at(-1);
    const [first, second] = last ?? [];
    const isSecondTry =
      first?.line.readySeconds === null && second === undefined && deployment.line.order === first.line.order + 1;
    if (isSecondTry) last?.push(deployment);
    else joined.push([deployment]);
  }
  return joined;
}
