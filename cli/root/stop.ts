import { setTimeout as sleep } from 'node:timers/promises';
import { ConfigurationError } from '../../src/errors.ts';
import { findFolders } from '../../src/hosts/folders.ts';
import { removeLeftovers } from '../../src/hosts/leftovers.ts';
import { acquireLock, removeIfEmpty } from '../../src/hosts/lock.ts';
import { isAlive, killProcesses, sendSignal } from '../../src/hosts/processes.ts';
import { listedStopSeconds } from '../../src/hosts/root-program.ts';
import type { Machine } from '../../src/machines/machine.ts';
import type { Surroundings } from '../surroundings.ts';
import { isListed, readPreparation } from './run-notes.ts';
import { findOwner, forgetRun, type RunOwner, type RunsRoom } from './runs-room.ts';

/** A run that was told to end takes about 3 s to clean up; on a busy machine several times that. */
const graceSeconds = 20;

/** A listed host goes back into its usual entry first; killed in the middle, it would stay in one that was tried out. */
const listedGraceSeconds = listedStopSeconds - 30;

/**
 * `stop ID`: ends whoever works on the run, gracefully and then by force, and removes what is left of it on the machine.
 * A run that is over, or that nobody knows, is no failure: the caller may not know either.
 */
export async function stopRun(room: RunsRoom, id: string, { stderr }: Surroundings): Promise<void> {
  const owner = await findOwner(room, id);
  if (owner === null) {
    stderr.write(`There is no run ${id}.\n`);
    return;
  }
  const grace = (await isListed(room, id)) ? listedGraceSeconds : graceSeconds;
  stderr.write(`Run ${id}: ${await endOwner(room.machine, owner, grace)}.\n`);
  const removed = await removeRest(room.machine);
  if (removed.length > 0) stderr.write(`Removed what was left: ${removed.join(', ')}.\n`);
}

/** `remove ID`: `stop`, then a host that was prepared is put back, and the folder goes as well. */
export async function removeRun(room: RunsRoom, id: string, surroundings: Surroundings): Promise<void> {
  await stopRun(room, id, surroundings);
  if ((await findOwner(room, id)) !== null && (await readPreparation(room, id)) !== null) {
    // Loaded when asked for: it reaches hosts over ssh, and boots them.
    await (await import('./take-back.ts')).takeBack(room, id, surroundings);
  }
  await forgetRun(room, id);
}

async function endOwner(machine: Machine, owner: RunOwner, seconds: number): Promise<string> {
  if (!(await isAlive(machine, owner))) return 'it is over';
  await sendSignal(machine, 'TERM', [String(owner.pid)]);
  const deadline = performance.now() + seconds * 1000;
  while (performance.now() < deadline) {
    if (!(await isAlive(machine, owner))) return 'it has ended';
    await sleep(50);
  }
  await killProcesses(machine, [owner]);
  return `it did not end within ${seconds} s and was killed`;
}

/** Under the lock of measuring. Where another run has that, it has removed what was left before it began. */
async function removeRest(machine: Machine): Promise<readonly string[]> {
  const { state } = await findFolders(machine);
  const release = await acquireLock(machine, state, process.pid, new Date()).catch((thrown: unknown) => {
    if (thrown instanceof ConfigurationError) return null;
    throw thrown;
  });
  if (release === null) return [];
  try {
    return await removeLeftovers(machine, state);
  } finally {
    await release();
    await removeIfEmpty(machine, state);
  }
}
