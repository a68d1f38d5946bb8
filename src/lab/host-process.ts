import * as z from 'zod';
import { connectMonitor, type Monitor } from '../guests/qemu-monitor.ts';
import { isAlive, killProcesses, markProcess, type ProcessMark } from '../hosts/processes.ts';
import type { RunState } from '../hosts/run-state.ts';
import type { Machine } from '../machines/machine.ts';
import { hostFiles, type LabHost } from './lab.ts';
import { buildHostCommand } from './qemu-command.ts';

/** Where the hosts of a lab run. */
export interface LabPlace {
  readonly machine: Machine;
  /** State folder of the lab. */
  readonly folder: string;
  /** Folder of the lab's QEMU. */
  readonly qemu: string;
  readonly state: RunState;
  readonly signal: AbortSignal;
}

/** Switches a host on, as its button does. Returns whether it was off. */
export async function powerOn(place: LabPlace, host: LabHost): Promise<boolean> {
  const { machine, folder, qemu, state, signal } = place;
  if ((await findHostProcess(machine, folder, host.name)) !== null) return false;
  const files = hostFiles(folder, host.name);
  await machine.run({ program: 'rm', args: ['-f', files.pidFile, files.monitor] }, { timeoutSeconds: 5 });
  await machine.run(buildHostCommand({ host, qemu, folder }), { timeoutSeconds: 30, signal });
  const mark = await findHostProcess(machine, folder, host.name);
  if (mark === null) throw new Error(`the emulated host ${host.name} ended as soon as it was started`);
  await state.noteProcess(`emulated host ${host.name}`, mark);
  return true;
}

/** Takes a host's power away: what it has not written to its disk is lost. Nothing when it is off. */
export async function powerOff(
  { machine, folder }: Pick<LabPlace, 'machine' | 'folder'>,
  host: LabHost,
): Promise<void> {
  const mark = await findHostProcess(machine, folder, host.name);
  if (mark !== null) await killProcesses(machine, [mark]);
}

export async function powerCycle(place: LabPlace, host: LabHost): Promise<void> {
  await powerOff(place, host);
  await powerOn(place, host);
}

/** The QEMU that is a host; null when the host is off. */
export async function findHostProcess(machine: Machine, folder: string, name: string): Promise<ProcessMark | null> {
  const { pidFile, disk } = hostFiles(folder, name);
  const pid = Number((await machine.readFile(pidFile)) ?? Number.NaN);
  if (!Number.isInteger(pid)) return null;
  const mark = await markProcess(machine, pid);
  // The file stays when QEMU is killed, and the number may be somebody else's by now.
  const line = (await machine.readFile(`/proc/${pid}/cmdline`)) ?? '';
  return mark !== null && line.includes(disk) && (await isAlive(machine, mark)) ? mark : null;
}

/** One of the emulated hosts, and the machine that emulates it. */
interface HostPlace extends Pick<LabPlace, 'machine' | 'folder'> {
  readonly name: string;
}

/** The reset button: the host starts again at once, and its QEMU goes on. */
export async function resetHost(place: HostPlace, signal: AbortSignal): Promise<void> {
  await withMonitor(place, signal, (monitor) => monitor.execute('system_reset', z.unknown()));
}

/** Pulls a cable out of a host, or puts it back: the host sees its carrier go and come. */
export async function setCable(
  place: HostPlace,
  cable: 'management' | 'test',
  state: 'in' | 'out',
  signal: AbortSignal,
): Promise<void> {
  const args = { name: `nic-${cable}`, up: state === 'in' };
  await withMonitor(place, signal, (monitor) => monitor.execute('set_link', z.unknown(), args));
}

async function withMonitor(
  { machine, folder, name }: HostPlace,
  signal: AbortSignal,
  work: (monitor: Monitor) => Promise<unknown>,
): Promise<void> {
  const { monitor: socket } = hostFiles(folder, name);
  const monitor = await connectMonitor({ machine, socket, deadlineSeconds: 5, hasEnded: () => false, signal });
  try {
    await work(monitor);
  } finally {
    monitor.close();
  }
}
