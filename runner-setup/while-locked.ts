import { machineFolders } from '../src/hosts/folders.ts';
import { acquireLock, removeIfEmpty } from '../src/hosts/lock.ts';
import type { Machine } from '../src/machines/machine.ts';

/**
 * Under the lock of measuring: a machine that changes under a measurement spoils it, and a run loads parts of the
 * installed program as it needs them.
 */
export async function whileLocked(machine: Machine, pid: number, work: () => Promise<void>): Promise<void> {
  const release = await acquireLock(machine, machineFolders.state, pid, new Date());
  try {
    await work();
  } finally {
    await release();
    await removeIfEmpty(machine, machineFolders.state);
  }
}
