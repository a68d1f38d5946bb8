import { ConfigurationError } from '../errors.ts';
import { readRunState, removeNoted } from '../hosts/leftovers.ts';
import { awaitLock, removeIfEmpty } from '../hosts/lock.ts';
import { RunState, readBootId } from '../hosts/run-state.ts';
import type { Machine } from '../machines/machine.ts';
import { type LabDocument, labSchema } from './lab.schema.ts';

/** The lab of a machine: where it is, and who may change it. */
export interface LabRequest {
  readonly machine: Machine;
  /** State folder of the lab. */
  readonly folder: string;
  /** Process that owns the lab's lock meanwhile. */
  readonly pid: number;
  readonly now: () => Date;
  /** How long another command may have the lab before this one is refused, seconds; the least is a moment. */
  readonly waitSeconds?: number;
  readonly signal: AbortSignal;
}

/** Does something to the lab that nobody else may disturb. Throws `ConfigurationError` when somebody is at it. */
export async function whileLabLocked<Result>(request: LabRequest, work: () => Promise<Result>): Promise<Result> {
  const { machine, folder, pid, now, signal, waitSeconds: seconds = 0 } = request;
  const release = await awaitLock(machine, folder, pid, now(), { signal, seconds }).catch((thrown: unknown) => {
    if (!(thrown instanceof ConfigurationError)) throw thrown;
    const sentence = `another command is changing the lab (lock ${folder}/lock); wait until it ends`;
    throw new ConfigurationError(sentence, { cause: thrown });
  });
  try {
    return await work();
  } finally {
    await release();
    await removeIfEmpty(machine, folder);
  }
}

/** A lab that has been brought up; its hosts may be off. */
export interface RunningLab {
  readonly document: LabDocument;
  readonly state: RunState;
}

/** null when there is none, or only what a killed `up` left, or one of before the machine's last boot. */
export async function readLab(machine: Machine, folder: string): Promise<RunningLab | null> {
  const text = await machine.readFile(labFile(folder));
  const noted = await readRunState(machine, folder);
  if (text === null || noted === null || noted.bootId !== (await readBootId(machine))) return null;
  return { document: labSchema.parse(JSON.parse(text)), state: new RunState(machine, folder, noted) };
}

/** Written last by `up`. */
export function labFile(folder: string): string {
  return `${folder}/lab.json`;
}

/** Ends what the lab has noted and empties its folder but for the lock and who waits for it. Returns what there was, one phrase each. */
export async function removeLab(machine: Machine, folder: string): Promise<readonly string[]> {
  const noted = await readRunState(machine, folder);
  const removed = noted === null ? [] : await removeNoted(machine, noted);
  const keepLock = ['-mindepth', '1', '-maxdepth', '1', '!', '-name', 'lock*'];
  const empty = { program: 'find', args: [folder, ...keepLock, '-exec', 'rm', '-rf', '{}', '+'] };
  await machine.run(empty, { timeoutSeconds: 60 });
  return removed;
}
