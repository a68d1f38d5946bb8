import { join } from 'node:path';
import { buildRunArtifactName } from '../../src/github/artifact-names.ts';
import type { Environment } from '../../src/github/environment.ts';
import { copyRun, nameRootRun } from '../../src/hosts/finish-run.ts';
import { callProgram, type RootStep, requireSuccess } from '../../src/hosts/root-step.ts';
import { readComparison, readRequest, refuseOtherHost } from '../../src/measurement/read-plan-directory.ts';
import { refuseLayers } from '../../src/plans/refuse-layers.ts';
import { readRun } from '../../src/results/read-journal.ts';
import type { MeasureInputs } from './inputs.ts';

export interface MeasureWorld extends RootStep {
  readonly environment: Pick<Environment, 'runId' | 'attempt'>;
  readonly uploadFolder: (name: string, folder: string) => Promise<unknown>;
  readonly fetchPlan: () => Promise<string>;
}

/**
 * One comparison on this host, from the plan directory to the uploaded run. A partial run that can be compared is a
 * success; one of which nothing can be compared fails, but is uploaded as well.
 */
export async function runMeasure(inputs: MeasureInputs, world: MeasureWorld): Promise<void> {
  const { texts } = await readChecked(inputs, world.fetchPlan);
  const { runId, attempt } = world.environment;
  const id = nameRootRun('measure', runId, attempt);
  const artifact = buildRunArtifactName(inputs, attempt);
  world.saveState('artifact', artifact);
  const options = { waitSeconds: inputs.waitSeconds };
  const listed = inputs.inventory === null ? {} : { host: { inventory: inputs.inventory, machine: inputs.host } };
  const result = await callProgram(world, 'measure', id, {
    schema: 'tunegate.measure/1',
    ...texts,
    ...listed,
    options,
  });

  const folder = join(world.temporaryFolder, artifact);
  if (await copyRun(id, folder, world.runsFolder)) {
    await world.uploadFolder(artifact, folder);
    world.saveState('uploaded', 'true');
    world.setOutput('run-directory', folder);
    world.setOutput('artifact-name', artifact);
    world.setOutput('status', (await readRun(folder)).end?.status ?? 'partial');
  }
  requireSuccess(result);
}

/** Everything that can be wrong with the files is found here, before the program is called. */
async function readChecked(
  { planDirectory, comparison, host, inventory }: MeasureInputs,
  fetchPlan: MeasureWorld['fetchPlan'],
) {
  const directory = planDirectory ?? (await fetchPlan());
  const request = await readRequest(directory);
  refuseOtherHost(request, host);
  const planned = await readComparison(directory, request, comparison);
  refuseLayers(planned.plan, inventory === null ? 'embedded' : 'inventory');
  return planned;
}
