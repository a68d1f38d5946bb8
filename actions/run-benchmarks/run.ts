import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ConfigurationError, MeasurementError, messageOf } from '../../src/errors.ts';
import type { Environment } from '../../src/github/environment.ts';
import { deploymentSchema } from '../../src/guests/deployment.schema.ts';
import { copyRun, nameRootRun } from '../../src/hosts/finish-run.ts';
import { callProgram, type RootStep, requireSuccess } from '../../src/hosts/root-step.ts';
import { readRun } from '../../src/results/read-journal.ts';
import { parseYamlDocument } from '../../src/yaml-document.ts';
import type { BenchmarkInputs } from './inputs.ts';

export interface BenchmarkWorld extends RootStep {
  readonly environment: Pick<Environment, 'runId' | 'attempt'>;
}

/** Measures the guest of a deployment file; the run folder has one deployment of one profile. */
export async function runBenchmarks({ deploymentFile, work }: BenchmarkInputs, world: BenchmarkWorld): Promise<void> {
  const guest = await readHeldId(deploymentFile);
  const id = nameRootRun('benchmark', world.environment.runId, world.environment.attempt);
  const result = await callProgram(world, 'benchmark', id, { schema: 'tunegate.benchmark/1', guest, ...work });

  const folder = join(world.temporaryFolder, `tunegate-${id}`);
  if (await copyRun(id, folder, world.runsFolder)) {
    world.setOutput('run-directory', folder);
    world.setOutput('status', (await readRun(folder)).end?.status ?? 'partial');
  }
  requireSuccess(result);
}

/** Only the id is taken from the file: of the guest itself the privileged program has its own record. */
async function readHeldId(file: string): Promise<string> {
  const text = await readFile(file, 'utf8').catch((thrown: unknown) => {
    throw new ConfigurationError(
      `${file} cannot be read (${messageOf(thrown)}); the output of provision-guest is accepted`,
    );
  });
  const { held } = parseYamlDocument(text, file, deploymentSchema).value;
  if (held !== undefined) return held.id;
  throw new MeasurementError(`${file} describes a guest of a run; one that provision-guest has started is accepted`);
}
