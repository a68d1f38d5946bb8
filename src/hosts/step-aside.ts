import { MeasurementError } from '../errors.ts';
import type { Machine } from '../machines/machine.ts';
import { formatCpuList, parseCpuList } from '../profiles/cpu-list.ts';

/** Which CPUs belong to whom while a run measures; Linux CPU lists. */
export interface Placement {
  /** Of the harness and of all that it starts: dockerd, the load generator, whatever collects logs. */
  readonly harness: string;
  /** Of guests that nothing pins: those that the harness had itself. */
  readonly guests: string;
}

export interface StepAside {
  /** null: nothing was moved. */
  readonly placement: Placement | null;
  /** What was done or not, as people read it; null when no profile gives CPUs to guests. */
  readonly said: string | null;
  /** Gives the process its CPUs back. Idempotent. */
  undo(): Promise<void>;
}

/** The CPUs left for the harness; null when guests have none of their own, or all. Pure. */
export function choosePlacement(allowed: readonly number[], guestCpus: readonly number[]): Placement | null {
  const rest = allowed.filter((cpu) => !guestCpus.includes(cpu));
  if (rest.length === 0 || rest.length === allowed.length) return null;
  return { harness: formatCpuList(rest), guests: formatCpuList(allowed) };
}

/**
 * Keeps a process with all its threads, and so whatever it starts from now on, off the CPUs that a profile of either
 * side gives to guests: what measures must not disturb what is measured, and must be the same for both sides.
 */
export async function stepAside(machine: Machine, pid: number, guestCpus: readonly number[]): Promise<StepAside> {
  const nothing = { placement: null, undo: async () => {} };
  if (guestCpus.length === 0) return { ...nothing, said: null };
  const before = await readAffinity(machine, pid);
  const placement = choosePlacement(parseCpuList(before), guestCpus);
  const guests = `the profiles give CPU ${formatCpuList(guestCpus)} to guests`;
  if (placement === null) {
    return {
      ...nothing,
      said: `${guests}, of CPU ${before} that there is: the measuring programs stay where they are`,
    };
  }
  const restore = () => setAffinity(machine, pid, before);
  await setAffinity(machine, pid, placement.harness);
  const found = await readAffinity(machine, pid);
  if (found !== placement.harness) {
    await restore();
    throw new MeasurementError(`process ${pid} was to run on CPU ${placement.harness}, but runs on CPU ${found}`);
  }
  return { placement, said: `${guests}: the measuring programs run on CPU ${placement.harness}`, undo: restore };
}

/** CPUs on which a process may run, as a Linux CPU list. */
export async function readAffinity(machine: Machine, pid: number | 'self'): Promise<string> {
  const status = (await machine.readFile(`/proc/${pid}/status`)) ?? '';
  const list = /^Cpus_allowed_list:\s*(\S+)$/m.exec(status)?.[1];
  if (list === undefined) throw new MeasurementError(`/proc/${pid}/status names no CPUs`);
  return formatCpuList(parseCpuList(list));
}

async function setAffinity(machine: Machine, pid: number, cpus: string): Promise<void> {
  const move = { program: 'taskset', args: ['--all-tasks', '--pid', '--cpu-list', cpus, String(pid)] };
  await machine.run(move, { timeoutSeconds: 5 });
}
