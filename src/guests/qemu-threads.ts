import { MeasurementError } from '../errors.ts';
import { parseProcessStat } from '../hosts/processes.ts';
import type { Machine } from '../machines/machine.ts';
import type { QemuThread, QemuThreadReading } from '../profiles/qemu-part.ts';
import { cpusSchema } from './qemu-monitor.schema.ts';
import type { Monitor } from './qemu-monitor.ts';

/** QEMU's process, and how to ask it. */
export interface AskableQemu {
  readonly pid: number;
  readonly monitor: Monitor;
}

/** Every thread of QEMU and the vhost workers of its network, as the kernel shows them at this moment. */
export async function readThreads(machine: Machine, { pid, monitor }: AskableQemu): Promise<QemuThreadReading[]> {
  const [cpus, own, workers] = await Promise.all([
    monitor.execute('query-cpus-fast', cpusSchema),
    listNumbers(machine, 'ls', `/proc/${pid}/task`),
    // Threads of the kernel until Linux 6.3, of QEMU itself since.
    listNumbers(machine, 'pgrep', '-x', `vhost-${pid}`),
  ]);
  const vcpus = new Map(cpus.map((cpu) => [cpu['thread-id'], cpu['cpu-index']]));
  const ids = [...new Set([...own, ...workers])];
  const threads = await Promise.all(ids.map((id) => readThread(machine, id, vcpus.get(id) ?? null, `vhost-${pid}`)));
  // One that has ended meanwhile is none.
  return threads.filter((thread) => thread !== null);
}

async function listNumbers(machine: Machine, program: string, ...args: string[]): Promise<number[]> {
  const { stdout } = await machine.run({ program, args }, { timeoutSeconds: 5, allowFailure: true });
  return stdout.split('\n').filter(Boolean).map(Number);
}

async function readThread(
  machine: Machine,
  id: number,
  vcpu: number | null,
  worker: string,
): Promise<QemuThreadReading | null> {
  const [stat, status] = await Promise.all(['stat', 'status'].map((file) => machine.readFile(`/proc/${id}/${file}`)));
  if (stat === null || stat === undefined || status === null || status === undefined) return null;
  const cpusAllowed = /^Cpus_allowed_list:\s*(\S+)$/m.exec(status)?.[1];
  if (cpusAllowed === undefined) throw new MeasurementError(`/proc/${id}/status has no line Cpus_allowed_list`);
  const { name, lastCpu, priority, policy } = parseProcessStat(stat);
  const role: QemuThread['role'] = vcpu !== null ? 'vcpu' : name === worker ? 'vhost' : 'emulator';
  return { id, name, role, vcpu, cpusAllowed, lastCpu, priority, policy };
}
