import { rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Deployment } from '../guests/deployment.schema.ts';
import type { RunningGuest } from '../guests/guest.ts';
import { markProcess } from '../hosts/processes.ts';
import type { Machine } from '../machines/machine.ts';
import type { Profile } from '../profiles/profile.schema.ts';
import type { Attachment, Layer } from '../vocabulary.ts';

/** In the folder of the run. */
export const deploymentFileName = 'deployment.json';

export interface RunningDeployment {
  readonly machine: Machine;
  /** Folder of the run. */
  readonly folder: string;
  readonly id: string;
  readonly bootId: string;
  readonly attachment: Attachment;
  readonly profile: Pick<Profile, 'name' | 'sha256'>;
  readonly layers: readonly Layer[];
  readonly guest: Pick<RunningGuest, 'address' | 'handle'>;
}

/** Tells others of the guest, by `deployment.json` in the run's folder, for as long as the work lasts. */
export async function withDeploymentFile<Result>(
  running: RunningDeployment,
  work: () => Promise<Result>,
): Promise<Result> {
  const file = join(running.folder, deploymentFileName);
  const deployment = await describeDeployment(running);
  if (deployment !== null) {
    await writeFile(`${file}.new`, `${JSON.stringify(deployment, null, 2)}\n`);
    await rename(`${file}.new`, file);
  }
  try {
    return await work();
  } finally {
    await rm(file, { force: true });
  }
}

/** null when nothing can be read back from the guest, or when it has ended already, which the work will tell. */
export async function describeDeployment(running: Omit<RunningDeployment, 'folder'>): Promise<Deployment | null> {
  const { machine, id, bootId, attachment, profile, layers, guest } = running;
  if (guest.handle === null) return null;
  const mark = await markProcess(machine, guest.handle.pid);
  if (mark === null) return null;
  return {
    schema: 'tunegate.deployment/1',
    ...{ id, bootId, startTicks: mark.startTicks, attachment },
    address: guest.address,
    profile: { name: profile.name, sha256: profile.sha256 },
    layers: [...layers],
    guest: guest.handle,
  };
}
