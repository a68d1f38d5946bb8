import * as z from 'zod';
import type { Machine } from '../machines/machine.ts';
import { isAlive, markProcess } from './processes.ts';
import { readBootId } from './run-state.ts';

/** Where a process is that works on a machine from another one. */
const controllerSchema = z.strictObject({
  /** Name of that other machine. */
  host: z.string(),
  bootId: z.string(),
  /** Its numbers of processes: those of a container mean something else. */
  pidNamespace: z.string(),
});

export const lockSchema = z.strictObject({
  pid: z.int(),
  startTicks: z.int(),
  /** RFC 3339, UTC. */
  since: z.string(),
  /** Absent: the process is on the locked machine itself. */
  controller: controllerSchema.optional(),
});

export type LockOwner = z.infer<typeof lockSchema>;
type Controller = z.infer<typeof controllerSchema>;

/**
 * Seconds after which a lock that is not renewed any more is nobody's. Owners renew it about once a minute between
 * samples, so it outlives the longest sample, and give up a run whose machine is away for longer than two minutes.
 */
export const leaseSeconds = 900;

/** Null for a text that is no lock: it has no living owner, since a draft is complete before it is linked. */
export function parseOwner(text: string): LockOwner | null {
  try {
    return lockSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

/** The owner of a lock on `machine` that a process of `controller` takes; the two may be the same. */
export async function describeOwner(machine: Machine, controller: Machine, pid: number, now: Date): Promise<LockOwner> {
  const mark = await markProcess(controller, pid);
  if (mark === null) throw new Error(`process ${pid} cannot own a lock: it does not exist`);
  const owner = { ...mark, since: now.toISOString() };
  return machine === controller ? owner : { ...owner, controller: await describeController(controller) };
}

async function describeController(controller: Machine): Promise<Controller> {
  const ask = async (program: string, ...args: string[]) =>
    (await controller.run({ program, args }, { timeoutSeconds: 5 })).stdout.trim();
  const [host, bootId, pidNamespace] = await Promise.all([
    ask('uname', '-n'),
    readBootId(controller),
    ask('readlink', '/proc/self/ns/pid'),
  ]);
  return { host, bootId, pidNamespace };
}

/**
 * Whether somebody still holds a lock. Of a process that can be looked at from here it is known; of one on yet another
 * machine it is known by the lease, in the locked machine's own time.
 */
export async function isHeld(machine: Machine, file: string, owner: LockOwner, controller: Machine): Promise<boolean> {
  if (owner.controller === undefined) return isAlive(machine, owner);
  const here = await describeController(controller);
  if (here.bootId === owner.controller.bootId && here.pidNamespace === owner.controller.pidNamespace) {
    return isAlive(controller, owner);
  }
  const age = await readAge(machine, file);
  return age !== null && age < leaseSeconds;
}

/** Seconds since the lock was renewed; null: there is none. */
export async function readAge(machine: Machine, file: string): Promise<number | null> {
  const script = 'changed=$(stat -c %Y "$0") && echo "$(($(date +%s) - changed))"';
  const ask = { program: 'sh', args: ['-c', script, file] };
  const { exitCode, stdout } = await machine.run(ask, { timeoutSeconds: 5, allowFailure: true });
  return exitCode === 0 ? Number(stdout) : null;
}

/** Who has the lock, completing "is already being measured by". */
export function nameOwner(owner: LockOwner | null): string {
  if (owner === null) return 'another process';
  const { pid, since, controller } = owner;
  return `process ${pid}${controller === undefined ? '' : ` on ${controller.host}`} since ${since}`;
}
