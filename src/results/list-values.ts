import { type Side, testNames } from '../vocabulary.ts';
import type { DeploymentLine, Run, SampleLine } from './journal.schema.ts';
import { metricsByTest } from './metrics.ts';

/** A measured sample with the place it belongs to. */
export interface ExportedSample {
  readonly deployment: DeploymentLine;
  readonly sample: SampleLine;
  /** In base units, in the order of the vocabulary; single replies of ping left out. */
  readonly metrics: readonly {
    readonly name: string;
    readonly unit: string;
    readonly better: 'higher' | 'lower';
    readonly value: number;
  }[];
}

/** Successful samples after the warm-up, in the order of measuring, of one side or of both. */
export function listSamplesOfRun(run: Run, side: Side | null): readonly ExportedSample[] {
  const deployments = new Map(run.deployments.map((line) => [line.id, line]));
  return run.samples.flatMap((sample) => {
    const deployment = deployments.get(sample.deployment);
    const counts = sample.phase === 'measure' && sample.status === 'ok';
    if (deployment === undefined || !counts || (side !== null && deployment.side !== side)) return [];
    const metrics = metricsByTest[sample.test].flatMap(({ name, unit, better }) => {
      const found = sample.metrics[name];
      return found !== undefined && 'value' in found ? [{ name, unit, better, value: found.value }] : [];
    });
    return [{ deployment, sample, metrics }];
  });
}

/** Groups of samples of one side, guest, attachment, host and test, in the order of the vocabulary's tests. */
export function groupSamples(samples: readonly ExportedSample[]): readonly (readonly ExportedSample[])[] {
  const groups = Map.groupBy(samples, ({ deployment, sample }) =>
    JSON.stringify([deployment.side, deployment.host, deployment.guest, deployment.attachment, sample.test]),
  );
  const place = ([first]: readonly ExportedSample[]) =>
    first === undefined ? 0 : testNames.indexOf(first.sample.test);
  return [...groups.values()].toSorted((left, right) => place(left) - place(right));
}
