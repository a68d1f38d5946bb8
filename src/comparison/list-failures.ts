import type { ResolvedPlan } from '../plans/plan.schema.ts';
import { countSamples } from '../plans/schedule.ts';
import type { SampleLine } from '../results/journal.schema.ts';
import { sides as sideNames } from '../vocabulary.ts';
import type { Comparison } from './comparison.schema.ts';
import type { DeploymentData } from './deployment-data.ts';
import { hasSucceeded } from './group-tries.ts';
import type { SidePair } from './side-data.ts';

type Failure = Comparison['failures'][number];

/** Failed deployments and samples in the order of the journal, baseline first; also of what was tried again and so does not count. */
export function listFailures(sides: SidePair): readonly Failure[] {
  return sideNames.flatMap((side) => {
    const { tries, run } = sides[side];
    return tries
      .flatMap((place) => place.map((deployment, index) => ({ deployment, later: place.slice(index + 1) })))
      .toSorted((left, right) => left.deployment.line.order - right.deployment.line.order)
      .flatMap(({ deployment, later }) => {
        const redone = later.some(hasSucceeded);
        return [...describeDeployment(deployment, redone), ...describeSamples(deployment, run.header.plan, redone)];
      });
  });
}

function describeDeployment(deployment: DeploymentData, retried: boolean): readonly Failure[] {
  const { end } = deployment;
  if (hasSucceeded(deployment)) return [];
  const reason = end === null ? 'the run ended during this deployment' : (end.reason ?? 'no reason was recorded');
  return [{ ...identify(deployment), test: null, reason, retried }];
}

/** Samples beyond the planned number are second tries of the failed ones, in their order. */
function describeSamples(deployment: DeploymentData, plan: ResolvedPlan, redone: boolean): readonly Failure[] {
  const retried = new Set<SampleLine>();
  const measured = deployment.samples.filter(({ phase }) => phase === 'measure');
  for (const [test, samples] of Map.groupBy(measured, (sample) => sample.test)) {
    const planned = countSamples(plan, test);
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
      return { ...identify(deployment), test: sample.test, reason: shown, retried: redone || retried.has(sample) };
    });
}

function identify({ line: { id, side, guest, attachment } }: DeploymentData) {
  return { deployment: id, side, guest, attachment };
}
