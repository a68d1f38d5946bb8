import type { Machine } from '../machines/machine.ts';
import { parseCpuList } from '../profiles/cpu-list.ts';
import type { HostReadings } from '../profiles/host-part.ts';
import { nameCommand } from '../profiles/name-command.ts';
import type { MachineLimits } from '../profiles/parameter.ts';
import { listInstalledKernels } from './boot/installed-kernels.ts';
import { collectHostReadings } from './treatment/collect-readings.ts';

const files = {
  cpus: '/sys/devices/system/cpu/online',
  nodes: '/sys/devices/system/node/has_memory',
  memory: '/proc/meminfo',
  free: '/sys/kernel/mm/hugepages/hugepages-*/free_hugepages',
  promised: '/sys/kernel/mm/hugepages/hugepages-*/resv_hugepages',
};

const askQemu = { program: 'qemu-system-x86_64', args: ['--version'] };
const askVhost = { program: 'test', args: ['-c', '/dev/vhost-net'] };

/**
 * What a host has to offer to a profile, in two calls at once. The network is the one that guests usually have; it plays
 * no part in settings of the host itself.
 */
export async function readHostLimits(machine: Machine, signal?: AbortSignal): Promise<MachineLimits> {
  const reads = [{ files: Object.values(files), commands: [askQemu, askVhost] }];
  const [readings, kernels] = await Promise.all([
    collectHostReadings(machine, reads, signal),
    listInstalledKernels(machine, signal),
  ]);
  const { [files.cpus]: cpus, [files.nodes]: nodes, [files.memory]: memory = '' } = readings.files;
  const bytes = (line: string) => Number(new RegExp(`^${line}:\\s+(\\d+)`, 'm').exec(memory)?.[1] ?? 0) * 1024;
  return {
    cpus: parseCpuList(cpus?.trim() || '0'),
    memoryBytes: bytes('MemTotal'),
    availableBytes: bytes('MemAvailable'),
    // A kernel without NUMA has one node and does not say so.
    nodes: parseCpuList(nodes?.trim() || '0'),
    hugePages: listHugePages(readings),
    kernels,
    qemu: / version (\d[\w.]*)/.exec(readings.outputs[nameCommand(askQemu)] ?? '')?.[1] ?? null,
    vhost: readings.outputs[nameCommand(askVhost)] !== undefined,
    ...{ network: '198.18.0.0/24', takenAddresses: [] },
  };
}

/** Pages that are free and promised to nobody, by size. */
function listHugePages({ files: found }: HostReadings): MachineLimits['hugePages'] {
  return Object.entries(found).flatMap(([path, free]) => {
    const kibibytes = /hugepages-(\d+)kB\/free_hugepages$/.exec(path)?.[1];
    if (kibibytes === undefined) return [];
    const pageBytes = Number(kibibytes) * 1024;
    const promised = found[path.replace(/free_hugepages$/, 'resv_hugepages')] ?? '0';
    return [{ pageBytes, freeBytes: (Number(free) - Number(promised)) * pageBytes }];
  });
}
