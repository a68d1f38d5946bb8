import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { ConfigurationError, messageOf } from '../../src/errors.ts';
import type { Environment } from '../../src/github/environment.ts';
import { deploymentSchema } from '../../src/guests/deployment.schema.ts';
import { nameRootRun } from '../../src/hosts/finish-run.ts';
import { findRunFolders } from '../../src/hosts/root-program.ts';
import { callProgram, type RootStep, requireSuccess } from '../../src/hosts/root-step.ts';
import { resolveProfile } from '../../src/profiles/resolve-profile.ts';
import type { ProvisionInputs } from './inputs.ts';

export interface ProvisionWorld extends RootStep {
  readonly environment: Pick<Environment, 'runId' | 'attempt'>;
}

/** One guest whose settings are in force; the outputs are set when that is proven, and only then. */
export async function runProvisionGuest(inputs: ProvisionInputs, world: ProvisionWorld): Promise<void> {
  const { guest, attachment } = inputs;
  const profile = await readWholeProfile(inputs.profileFile);
  const id = nameRootRun('guest', world.environment.runId, world.environment.attempt);
  const request = { schema: 'tunegate.provision/1' as const, profile, guest, attachment };
  requireSuccess(await callProgram(world, 'provision', id, request));

  const text = await readFile(findRunFolders(id, world.runsFolder).deployment, 'utf8');
  const deployment = deploymentSchema.parse(JSON.parse(text));
  const folder = join(world.temporaryFolder, `tunegate-${id}`);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'deployment.json'), text);
  world.setOutput('address', deployment.address);
  world.setOutput('control-port', String(deployment.held?.controlPort ?? ''));
  world.setOutput('deployment-file', join(folder, 'deployment.json'));
}

/** The profile as one text with what it extends worked in; JSON is YAML too. */
async function readWholeProfile(file: string): Promise<string> {
  const { name, parameters } = await resolveProfile(basename(file, '.yaml'), async (wanted) => {
    const path = join(dirname(file), `${wanted}.yaml`);
    return { text: await readProfileText(path), fileName: path };
  });
  return JSON.stringify({ name, parameters });
}

async function readProfileText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (thrown) {
    throw new ConfigurationError(`${path} cannot be read (${messageOf(thrown)}); a profile is accepted`, {
      cause: thrown,
    });
  }
}
