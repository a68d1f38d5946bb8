import { access, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { ConfigurationError, MeasurementError } from '../../src/errors.ts';
import { findRunFolders } from '../../src/hosts/root-program.ts';
import { type ProvisionRequest, provisionRequestSchema } from '../../src/hosts/root-requests.schema.ts';
import { type HeldGuest, heldGuestSchema } from '../../src/measurement/held-guest.schema.ts';
import { exitCodes } from '../exit-codes.ts';
import type { Surroundings } from '../surroundings.ts';
import { readDocument } from './read-document.ts';
import { createRun, findOwner, noteOwner, type RunsRoom } from './runs-room.ts';

/** The first start on a machine also builds images and unpacks a kernel. */
const deadlineSeconds = 900;

/**
 * `provision ID`: starts the process that holds the guest, and waits until the guest is proven. That process lives on,
 * until `remove ID`; everything it says is in `hold.log` of the run's folder.
 */
export async function provisionGuest(room: RunsRoom, id: string, surroundings: Surroundings): Promise<void> {
  const { stdin, stderr, signal } = surroundings;
  const request = await readDocument(stdin, provisionRequestSchema);
  const { folder, deployment } = await createRun(room, id, process.pid);
  await writeFile(requestFile(folder), JSON.stringify(request));
  const logFile = join(folder, 'hold.log');
  const args = [fileURLToPath(new URL('../root-main.ts', import.meta.url)), 'hold', id];
  const holder = await room.machine.start({ program: process.execPath, args }, { logFile });
  await noteOwner(room, id, holder.pid);
  try {
    await waitFor(deployment, holder.hasEnded, signal);
  } catch (thrown) {
    // Graceful first: the holder takes down what it has made.
    await holder.stop(20);
    throw tellFailure(thrown, await readFile(logFile, 'utf8'), (await holder.ended).exitCode, stderr);
  }
  stderr.write(await readFile(logFile, 'utf8'));
  surroundings.stdout.write(`${deployment}\n`);
}

async function waitFor(file: string, hasEnded: () => boolean, signal: AbortSignal): Promise<void> {
  const deadline = performance.now() + deadlineSeconds * 1000;
  while (!(await exists(file))) {
    signal.throwIfAborted();
    if (hasEnded()) throw new HolderEnded();
    if (performance.now() > deadline) {
      throw new MeasurementError(`the guest was not provisioned within ${deadlineSeconds} s`);
    }
    await sleep(50);
  }
}

/** The process that was to hold the guest gave up; why is in its log. */
class HolderEnded extends Error {}

/** Shows what the holder said, and makes its last sentence ours. */
function tellFailure(thrown: unknown, log: string, exitCode: number | null, stderr: Surroundings['stderr']): unknown {
  const lines = log.trimEnd().split('\n');
  const sentence = /^tunegate-root: (.*)$/.exec(lines.at(-1) ?? '')?.[1];
  if (!(thrown instanceof HolderEnded) || sentence === undefined) {
    stderr.write(log);
    return thrown instanceof HolderEnded ? new MeasurementError('the process that holds the guest died') : thrown;
  }
  stderr.write(
    lines
      .slice(0, -1)
      .map((line) => `${line}\n`)
      .join(''),
  );
  return exitCode === exitCodes.wrongRequest ? new ConfigurationError(sentence) : new MeasurementError(sentence);
}

/** Asked of `hold`: who it holds a guest for was written by `provision`, in the same folder. */
export async function readProvisionRequest(folder: string): Promise<ProvisionRequest> {
  return provisionRequestSchema.parse(JSON.parse(await readFile(requestFile(folder), 'utf8')));
}

/** A guest that is held, for whoever asked for it; throws when there is none. */
export async function readHeldGuest(room: RunsRoom, id: string): Promise<HeldGuest> {
  const { folder } = findRunFolders(id, room.parent);
  const owner = await findOwner(room, id);
  const text = owner === null ? null : await readFile(heldFile(folder), 'utf8').catch(() => null);
  if (text === null) throw new MeasurementError(`no guest is held under the id ${id}; \`provision\` starts one`);
  return heldGuestSchema.parse(JSON.parse(text));
}

/** The second file is the sign that the guest is ready. */
export async function writeHeldGuest(folder: string, deploymentFile: string, held: HeldGuest): Promise<void> {
  await writeFile(heldFile(folder), JSON.stringify(held));
  await writeFile(`${deploymentFile}.new`, `${JSON.stringify(held.deployment, null, 2)}\n`);
  await rename(`${deploymentFile}.new`, deploymentFile);
}

function requestFile(folder: string): string {
  return join(folder, 'request.json');
}

function heldFile(folder: string): string {
  return join(folder, 'held.json');
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
