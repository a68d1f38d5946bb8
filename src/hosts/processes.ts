import { setTimeout as sleep } from 'node:timers/promises';
import { MeasurementError } from '../errors.ts';
import type { Machine } from '../machines/machine.ts';

/** A process named so that a recycled process id is not mistaken for it. */
export interface ProcessMark {
  readonly pid: number;
  /** Start time in clock ticks since boot. */
  readonly startTicks: number;
}

/** What `/proc/PID/stat` says of a process or thread; the number of each field, as proc(5) counts them. */
export interface ProcessStat {
  /** 2: in parentheses there, and may hold anything, brackets and spaces too. */
  readonly name: string;
  /** 3: `Z` and `X` are what is left of one that has ended. */
  readonly state: string;
  /** 22: start time in clock ticks since boot. */
  readonly startTicks: number;
  /** 39: CPU on which it last ran. */
  readonly lastCpu: number;
  /** 40 and 41: real-time priority and policy (1 is SCHED_FIFO). */
  readonly priority: number;
  readonly policy: number;
}

export function parseProcessStat(stat: string): ProcessStat {
  const end = stat.lastIndexOf(')');
  const fields = stat
    .slice(end + 2)
    .trim()
    .split(' ');
  const numbered = (field: number) => Number(fields[field - 3]);
  return {
    name: stat.slice(stat.indexOf('(') + 1, end),
    state: fields[0] ?? '',
    startTicks: numbered(22),
    lastCpu: numbered(39),
    priority: numbered(40),
    policy: numbered(41),
  };
}

/** null when there is no such process, or only its unreaped rest. */
export async function markProcess(machine: Machine, pid: number): Promise<ProcessMark | null> {
  const stat = await machine.readFile(`/proc/${pid}/stat`);
  if (stat === null) return null;
  const { state, startTicks } = parseProcessStat(stat);
  return state === 'Z' || state === 'X' ? null : { pid, startTicks };
}

export async function isAlive(machine: Machine, mark: ProcessMark): Promise<boolean> {
  return (await markProcess(machine, mark.pid))?.startTicks === mark.startTicks;
}

/** Kills exactly these processes and waits until they are gone. */
export async function killProcesses(machine: Machine, marks: readonly ProcessMark[]): Promise<void> {
  const alive = await keepAlive(machine, marks);
  if (alive.length === 0) return;
  const pids = alive.map((mark) => String(mark.pid));
  await sendSignal(machine, 'KILL', pids);
  const deadline = performance.now() + 10_000;
  for (let left = alive; left.length > 0; left = await keepAlive(machine, left)) {
    if (performance.now() > deadline) {
      throw new MeasurementError(
        `process ${left.map((mark) => mark.pid).join(', ')} is still there 10 s after SIGKILL`,
      );
    }
    await sleep(20);
  }
}

/** To processes that may end by themselves meanwhile: that is no failure, but a program that cannot be started is. */
export async function sendSignal(machine: Machine, name: 'TERM' | 'KILL', pids: readonly string[]): Promise<void> {
  const kill = { program: 'kill', args: [`-${name}`, ...pids] };
  const { exitCode, signal, stderr } = await machine.run(kill, { timeoutSeconds: 5, allowFailure: true });
  if (exitCode === null)
    throw new MeasurementError(`kill could not be run: ${stderr || signal || 'it is not installed'}`);
}

async function keepAlive(machine: Machine, marks: readonly ProcessMark[]): Promise<ProcessMark[]> {
  const alive = await Promise.all(marks.map((mark) => isAlive(machine, mark)));
  return marks.filter((_, index) => alive[index]);
}
