import { setTimeout as sleep } from 'node:timers/promises';
import { ConfigurationError, MeasurementError, messageOf } from '../errors.ts';
import type { Machine } from '../machines/machine.ts';
import { describeOwner, isHeld, nameOwner, parseOwner, readAge } from './lock-owner.ts';

/** A host that boots or is emulated takes seconds for the smallest program. */
const timeoutSeconds = 30;

/**
 * One host measures one run at a time: takes `FOLDER/lock` for this process, or throws a `ConfigurationError` that
 * names the owner. A lock whose owner is gone is stale and taken over. Returns the way to give it back.
 *
 * @param controller machine on which this process is, where that is another
 */
export async function acquireLock(
  machine: Machine,
  folder: string,
  pid: number,
  now: Date,
  controller: Machine = machine,
): Promise<HeldLock> {
  const file = `${folder}/lock`;
  const mine = await describeOwner(machine, controller, pid, now);
  const text = `${JSON.stringify(mine)}\n`;
  await run(machine, 'mkdir', '-p', folder);
  const draft = `${folder}/lock.${pid}.${mine.startTicks}`;
  await machine.writeFile(draft, text);
  try {
    // A hard link either comes into being or fails because the name is taken: that is the whole lock.
    if (!(await link(machine, draft, file))) {
      await removeIfStale(machine, folder, pid, controller);
      if (!(await link(machine, draft, file))) throw new ConfigurationError(await refuse(machine, file));
    }
  } finally {
    // A draft that stays is no harm; a lock of which nobody knows would be.
    await machine.run({ program: 'rm', args: ['-f', draft] }, { timeoutSeconds, allowFailure: true });
  }
  return Object.assign(() => releaseLock(machine, file, text), { renew: () => renewLock(machine, file, text) });
}

/** Of a lock that was given back: nothing of ours stays on a machine, and what somebody else has put there does. */
export async function removeIfEmpty(machine: Machine, folder: string): Promise<void> {
  await machine.run({ program: 'rmdir', args: [folder] }, { timeoutSeconds: 10, allowFailure: true });
}

/** Called, it gives the lock back. */
export interface HeldLock {
  (): Promise<void>;
  /** Says that the owner is still there. Throws a `MeasurementError` when the lock is somebody else's by now. */
  renew(): Promise<void>;
}

async function releaseLock(machine: Machine, file: string, mine: string): Promise<void> {
  await run(machine, 'sh', '-c', '[ "$(cat "$0" 2>/dev/null)" != "$1" ] || rm -f "$0"', file, mine.trimEnd());
}

async function renewLock(machine: Machine, file: string, mine: string): Promise<void> {
  const touch = {
    program: 'sh',
    args: ['-c', '[ "$(cat "$0" 2>/dev/null)" = "$1" ] && touch -c "$0"', file, mine.trimEnd()],
  };
  if ((await machine.run(touch, { timeoutSeconds, allowFailure: true })).exitCode === 0) return;
  const owner = nameOwner(parseOwner((await machine.readFile(file)) ?? ''));
  throw new MeasurementError(`${machine.name} is no longer ours to measure: ${file} was taken over by ${owner}`);
}

/** A run that was told to end needs about 3 s to clean up; who starts the next one at once should not be refused. */
const patienceSeconds = 5;

export interface LockPatience {
  readonly signal: AbortSignal;
  /** How long another run may go on before this one is refused, seconds; the least is what a clean-up takes. */
  readonly seconds?: number;
  /** Machine on which this process is, where that is not the locked one. */
  readonly controller?: Machine;
  /** Told once, when a wait begins that is longer than a clean-up: who has the lock. */
  readonly onWait?: (sentence: string) => void;
}

/** `acquireLock`, tried for some seconds before the owner is taken for one that goes on measuring. */
export async function awaitLock(
  machine: Machine,
  folder: string,
  pid: number,
  now: Date,
  { signal, seconds = 0, onWait, controller = machine }: LockPatience,
): Promise<HeldLock> {
  const started = performance.now();
  let told = false;
  for (;;) {
    const waited = (performance.now() - started) / 1000;
    try {
      return await acquireLock(machine, folder, pid, now, controller);
    } catch (thrown) {
      // Also what is no refusal: the owner may have removed the folder between two of our steps.
      const patience = thrown instanceof ConfigurationError ? Math.max(patienceSeconds, seconds) : patienceSeconds;
      if (waited > patience) throw thrown;
      if (waited > patienceSeconds && !told) onWait?.(messageOf(thrown));
      told ||= waited > patienceSeconds;
    }
    // Somebody measures: each look costs a few processes, so they become rare.
    await sleep(waited > patienceSeconds ? 5000 : 200, undefined, { signal });
  }
}

async function link(machine: Machine, draft: string, file: string): Promise<boolean> {
  const command = { program: 'ln', args: ['-T', draft, file] };
  if ((await machine.run(command, { timeoutSeconds, allowFailure: true })).exitCode === 0) return true;
  // An answer that came too late: without this look we would be kept out by our own lock.
  const isSame = { program: 'test', args: [draft, '-ef', file] };
  return (await machine.run(isSame, { timeoutSeconds, allowFailure: true })).exitCode === 0;
}

/**
 * Removes the lock file if it still says what was judged stale. The comparison and the removal are one step under a
 * kernel lock on the folder: of two starters that both saw the old lock, the slower must not remove the faster's new one.
 */
async function removeIfStale(machine: Machine, folder: string, pid: number, controller: Machine): Promise<void> {
  const file = `${folder}/lock`;
  const text = await machine.readFile(file);
  if (text === null) return;
  const owner = parseOwner(text);
  if (owner !== null && (await isHeld(machine, file, owner, controller))) return;
  const judged = `${folder}/lock.stale.${pid}`;
  await machine.writeFile(judged, text);
  const removeIfSame = 'cmp -s "$0" "$1" && rm -f "$0"; rm -f "$1"';
  await run(machine, 'flock', '--timeout', '4', folder, 'sh', '-c', removeIfSame, file, judged);
}

async function refuse(machine: Machine, file: string): Promise<string> {
  const owner = parseOwner((await machine.readFile(file)) ?? '');
  const age = owner?.controller === undefined ? null : await readAge(machine, file);
  const renewed = age === null ? '' : `, renewed ${age} s ago`;
  return `${machine.name} is already being measured by ${nameOwner(owner)}${renewed}, and one host measures one run at a time; wait until it ends (lock ${file})`;
}

async function run(machine: Machine, program: string, ...args: string[]): Promise<void> {
  await machine.run({ program, args }, { timeoutSeconds });
}
