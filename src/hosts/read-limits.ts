import type { Machine } from '../machines/machine.ts';
import { parseCpuList } from '../profiles/cpu-list.ts';
import type { MachineLimits } from '../profiles/parameter.ts';
import { listInstalledKernels } from './boot/installed-kernels.ts';
import type { MachineReport } from './examine-machine.ts';

const hugePageFolder = '/sys/kernel/mm/hugepages';

/** What the machine has to offer to guests, the test network aside. */
export async function readLimits(
  machine: Machine,
  report: MachineReport,
): Promise<Omit<MachineLimits, 'network' | 'takenAddresses'>> {
  const [cpus, nodes, memory, hugePages, kernels, vhost] = await Promise.all([
    machine.readFile('/sys/devices/system/cpu/online'),
    machine.readFile('/sys/devices/system/node/has_memory'),
    machine.readFile('/proc/meminfo'),
    readHugePages(machine),
    listInstalledKernels(machine),
    machine.run({ program: 'test', args: ['-c', '/dev/vhost-net'] }, { timeoutSeconds: 5, allowFailure: true }),
  ]);
  return {
    cpus: parseCpuList(cpus?.trim() || `0-${report.system.cpus - 1}`),
    memoryBytes: (report.system.memoryKibibytes ?? 0) * 1024,
    availableBytes: Number(/^MemAvailable:\s+(\d+)/m.exec(memory ?? '')?.[1] ?? 0) * 1024,
    // A kernel without NUMA has one node and does not say so.
    nodes: parseCpuList(nodes?.trim() || '0'),
    hugePages,
    kernels,
    qemu: report.tools.find(({ name }) => name === 'qemu-system-x86_64')?.version ?? null,
    vhost: vhost.exitCode === 0,
  };
}

/** A folder for each size: `hugepages-2048kB`, with `free_hugepages` and, of those, `resv_hugepages` that are promised. */
async function readHugePages(machine: Machine): Promise<MachineLimits['hugePages']> {
  const list = { program: 'ls', args: [hugePageFolder] };
  const { stdout } = await machine.run(list, { timeoutSeconds: 5, allowFailure: true });
  const sizes = [...stdout.matchAll(/^hugepages-(\d+)kB$/gm)].map(([, size]) => Number(size));
  return Promise.all(
    sizes.map(async (kibibytes) => ({
      pageBytes: kibibytes * 1024,
      freeBytes: (await readFreePages(machine, `${hugePageFolder}/hugepages-${kibibytes}kB`)) * kibibytes * 1024,
    })),
  );
}

async function readFreePages(machine: Machine, folder: string): Promise<number> {
  const [free, promised] = await Promise.all(
    ['free_hugepages', 'resv_hugepages'].map(async (name) =>
      Number((await machine.readFile(`${folder}/${name}`)) ?? 0),
    ),
  );
  return (free ?? 0) - (promised ?? 0);
}
