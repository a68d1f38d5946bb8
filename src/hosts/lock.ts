import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import { ConfigurationError, messageOf } from '../errors.ts';
import type { Machine } from '../machines/machine.ts';
import { isAlive, markProcess } from './processes.ts';

const lockSchema = z.strictObject({
  pid: z.int(),
  startTicks: z.int(),
  /** RFC 3339, UTC. */
  since: z.string(),
});

/**
 * One host measures one run at a time: takes `FOLDER/lock` for this process, or throws a `ConfigurationError` that
 * names the owner. A lock whose owner is gone is stale and taken over. Returns the way to give it back.
 */
export async function acquireLock(
  machine: Machine,
  folder: string,
  pid: number,
  now: Date,
): Promise<() => Promise<void>> {
  const file = `${folder}/lock`;
  const mine = await markProcess(machine, pid);
  if (mine === null) throw new Error(`process ${pid} cannot own a lock: it does not exist`);
  await run(machine, 'mkdir', '-p', folder);
  const draft = `${folder}/lock.${pid}`;
  await machine.writeFile(draft, `${JSON.stringify({ ...mine, since: now.toISOString() })}\n`);
  try {
    // A hard link either comes into being or fails because the name is taken: that is the whole lock.
    if (!(await link(machine, draft, file))) {
      await removeIfStale(machine, folder, pid);
      if (!(await link(machine, draft, file))) throw new ConfigurationError(await describeOwner(machine, file));
    }
  } finally {
    await run(machine, 'rm', '-f', draft);
  }
  return () => run(machine, 'rm', '-f', file);
}

/** A run that was told to end needs about 3 s to clean up; who starts the next one at once should not be refused. */
const patienceSeconds = 5;

export interface LockPatience {
  readonly signal: AbortSignal;
  /** How long another run may go on before this one is refused, seconds; the least is what a clean-up takes. */
  readonly seconds?: number;
  /** Told once, when a wait begins that is longer than a clean-up: who has the lock. */
  readonly onWait?: (sentence: string) => void;
}

/** `acquireLock`, tried for some seconds before the owner is taken for one that goes on measuring. */
export async function awaitLock(
  machine: Machine,
  folder: string,
  pid: number,
  now: Date,
  { signal, seconds = 0, onWait }: LockPatience,
): Promise<() => Promise<void>> {
  const started = performance.now();
  let told = false;
  for (;;) {
    const waited = (performance.now() - started) / 1000;
    try {
      return await acquireLock(machine, folder, pid, now);
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
  return (await machine.run(command, { timeoutSeconds: 5, allowFailure: true })).exitCode === 0;
}

/**
 * Removes the lock file if it still says what was judged stale. The comparison and the removal are one step under a
 * kernel lock on the folder: of two starters that both saw the old lock, the slower must not remove the faster's new one.
 */
async function removeIfStale(machine: Machine, folder: string, pid: number): Promise<void> {
  const file = `${folder}/lock`;
  const text = await machine.readFile(file);
  if (text === null) return;
  const owner = parseOwner(text);
  if (owner !== null && (await isAlive(machine, owner))) return;
  const judged = `${folder}/lock.stale.${pid}`;
  await machine.writeFile(judged, text);
  const removeIfSame = 'cmp -s "$0" "$1" && rm -f "$0"; rm -f "$1"';
  await run(machine, 'flock', '--timeout', '4', folder, 'sh', '-c', removeIfSame, file, judged);
}

/** null for a text that is no lock: it has no living owner, since a draft is complete before it is linked. */
function parseOwner(text: string): z.infer<typeof lockSchema> | null {
  try {
    return lockSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

async function describeOwner(machine: Machine, file: string): Promise<string> {
  const owner = parseOwner((await machine.readFile(file)) ?? '');
  const who = owner === null ? 'another process' : `process ${owner.pid} since ${owner.since}`;
  return `${machine.name} is already being measured by ${who}, and one host measures one run at a time; wait until it ends (lock ${file})`;
}

async function run(machine: Machine, program: string, ...args: string[]): Promise<void> {
  await machine.run({ program, args }, { timeoutSeconds: 5 });
}
