import { MeasurementError } from '../errors.ts';
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
  const { name, ...scheduling } = parseThreadStat(stat);
  const role: QemuThread['role'] = vcpu !== null ? 'vcpu' : name === worker ? 'vhost' : 'emulator';
  return { id, name, role, vcpu, cpusAllowed, ...scheduling };
}

/** Name, last CPU, `rt_priority` and `policy` of a `stat` file: fields 2 and 39 to 41; the name may hold anything. */
export function parseThreadStat(stat: string): Pick<QemuThreadReading, 'name' | 'lastCpu' | 'priority' | 'policy'> {
  const end = stat.lastIndexOf(')');
  const fields = stat
    .slice(end + 2)
    .trim()
    .split(' ');
  const numbered = (field: number) => Number(fields[field - 3]);
  return {
    name: stat.slice(stat.indexOf('(') + 1, end),
    lastCpu: numbered(39),
    priority: numbered(40),
    policy: numbered(41),
  };
}
