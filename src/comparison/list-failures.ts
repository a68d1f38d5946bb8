import type { SampleLine } from '../results/journal.schema.ts';
import { sides as sideNames } from '../vocabulary.ts';
import type { Comparison } from './comparison.schema.ts';
import { type DeploymentData, placementKey, type SideData, type SidePair } from './side-data.ts';

type Failure = Comparison['failures'][number];

/** Failed deployments and samples in the order of the journal, baseline first. */
export function listFailures(sides: SidePair): readonly Failure[] {
  return sideNames.flatMap((side) => {
    const retried = findRetriedStarts(sides[side]);
    return sides[side].deployments.flatMap((deployment) => [
      ...describeDeployment(deployment, retried.has(deployment)),
      ...describeSamples(deployment, sides[side].run.header.plan.samples),
    ]);
  });
}

/** A start that failed is tried once more, next in order and in the same block. */
function findRetriedStarts({ deployments }: SideData): ReadonlySet<DeploymentData> {
  const retried = new Set<DeploymentData>();
  let waiting: DeploymentData | null = null;
  for (const deployment of deployments.toSorted((left, right) => left.line.order - right.line.order)) {
    if (waiting !== null && isNextTry(waiting, deployment)) {
      if (deployment.end?.status === 'ok') retried.add(waiting);
      waiting = null;
    } else {
      waiting = deployment.line.readySeconds === null ? deployment : null;
    }
  }
  return retried;
}

function isNextTry({ line: failed }: DeploymentData, { line: next }: DeploymentData): boolean {
  return next.order === failed.order + 1 && next.block === failed.block && placementKey(next) === placementKey(failed);
}

function describeDeployment(deployment: DeploymentData, retried: boolean): readonly Failure[] {
  const { end } = deployment;
  if (end?.status === 'ok') return [];
  const reason = end === null ? 'the run ended during this deployment' : (end.reason ?? 'no reason was recorded');
  return [{ ...identify(deployment), test: null, reason, retried }];
}

/** Samples beyond the planned number are second tries of the failed ones, in their order. */
function describeSamples(deployment: DeploymentData, planned: number): readonly Failure[] {
  const retried = new Set<SampleLine>();
  const measured = deployment.samples.filter(({ phase }) => phase === 'measure');
  for (const samples of Map.groupBy(measured, ({ test }) => test).values()) {
    const failed = samples.slice(0, planned).filter(({ status }) => status === 'failed');
    const secondTries = samples.slice(planned);
    for (const [index, sample] of failed.entries()) {
      if (secondTries[index]?.status === 'ok') retried.add(sample);
    }
  }
  return deployment.samples
    .filter(({ status }) => status === 'failed')
    .map((sample) => {
      const reason = sample.reason ?? 'no reason was recorded';
      const shown = sample.phase === 'warmup' ? `warm-up: ${reason}` : reason;
      return { ...identify(deployment), test: sample.test, reason: shown, retried: retried.has(sample) };
    });
}

function identify({ line: { id, side, guest, attachment } }: DeploymentData) {
  return { deployment: id, side, guest, attachment };
}
