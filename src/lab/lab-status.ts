import { messageOf } from '../errors.ts';
import type { Machine } from '../machines/machine.ts';
import { createSshMachine } from '../machines/ssh.ts';
import { findHostProcess } from './host-process.ts';
import { hostFiles, type LabHost, labHosts } from './lab.ts';
import { readLab } from './lab-state.ts';
import { inventoryFile } from './lab-up.ts';
import { buildHostTarget } from './reach-host.ts';

/** What is known of a host. */
export interface HostStatus {
  readonly name: string;
  /** Whether it has power. */
  readonly on: boolean;
  /** Whether it answers over ssh. */
  readonly answers: boolean;
  /** Release and version of the kernel that runs; null when it does not answer. */
  readonly kernel: string | null;
  /** Its command line. */
  readonly commandLine: string | null;
  readonly uptimeSeconds: number | null;
  /** Why it does not answer. */
  readonly problem: string | null;
  readonly console: string;
}

export interface LabStatus {
  /** Whether there is a lab at all. */
  readonly up: boolean;
  readonly inventory: string | null;
  readonly hosts: readonly HostStatus[];
}

/** Asks both hosts; changes nothing. */
export async function readStatus(machine: Machine, folder: string, signal: AbortSignal): Promise<LabStatus> {
  const lab = await readLab(machine, folder);
  if (lab === null) return { up: false, inventory: null, hosts: [] };
  const { hostKeys } = lab.document;
  const hosts = await Promise.all(labHosts.map((host) => readHost(machine, folder, host, hostKeys[host.name], signal)));
  return { up: true, inventory: inventoryFile(folder), hosts };
}

async function readHost(
  machine: Machine,
  folder: string,
  host: LabHost,
  hostKey: string,
  signal: AbortSignal,
): Promise<HostStatus> {
  const { name } = host;
  const on = (await findHostProcess(machine, folder, name)) !== null;
  const { console } = hostFiles(folder, name);
  const silent = { name, on, answers: false, kernel: null, commandLine: null, uptimeSeconds: null, console };
  if (!on) return { ...silent, problem: 'it is off' };
  const connection = createSshMachine(name, buildHostTarget(host, hostKey, folder));
  try {
    const command = { program: 'sh', args: ['-c', 'uname -rv; cat /proc/cmdline /proc/uptime'] };
    const { stdout } = await connection.run(command, { timeoutSeconds: 15, signal });
    const [kernel = '', commandLine = '', uptime = ''] = stdout.split('\n');
    return { ...silent, answers: true, kernel, commandLine, uptimeSeconds: Number.parseFloat(uptime), problem: null };
  } catch (thrown) {
    signal.throwIfAborted();
    return { ...silent, problem: messageOf(thrown) };
  } finally {
    await connection.close().catch(() => {});
  }
}
