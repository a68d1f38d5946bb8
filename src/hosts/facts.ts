import type { Machine } from '../machines/machine.ts';
import type { Facts } from '../results/journal.schema.ts';

/** What of a machine itself moves figures and must not differ between the sides by accident; null where the kernel does not say. */
export async function collectKernelFacts(machine: Machine): Promise<Facts> {
  const read = async (path: string) => (await machine.readFile(path))?.trim() ?? null;
  const cpuinfo = (await machine.readFile('/proc/cpuinfo')) ?? '';
  const meminfo = (await machine.readFile('/proc/meminfo')) ?? '';
  return {
    'kernel.release': await read('/proc/sys/kernel/osrelease'),
    'kernel.version': await read('/proc/sys/kernel/version'),
    'kernel.cmdline': await read('/proc/cmdline'),
    'cpu.model': /^model name\s*: (.*)$/m.exec(cpuinfo)?.[1] ?? null,
    'cpu.online': await read('/sys/devices/system/cpu/online'),
    'cpu.isolated': await read('/sys/devices/system/cpu/isolated'),
    'cpu.smt': await read('/sys/devices/system/cpu/smt/active'),
    'cpu.governor': await read('/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor'),
    'cpu.clocksource': await read('/sys/devices/system/clocksource/clocksource0/current_clocksource'),
    'memory.kibibytes': Number(/^MemTotal:\s+(\d+)/m.exec(meminfo)?.[1] ?? Number.NaN) || null,
    'memory.transparent_hugepages': await read('/sys/kernel/mm/transparent_hugepage/enabled'),
    ...(await collectMitigations(machine)),
  };
}

/** One fact for each known weakness of the processor: `mitigations.spectre_v2`. */
async function collectMitigations(machine: Machine): Promise<Facts> {
  const folder = '/sys/devices/system/cpu/vulnerabilities';
  const listing = await machine.run(
    { program: 'grep', args: ['-r', '', folder] },
    { timeoutSeconds: 5, allowFailure: true },
  );
  return parseMitigations(listing.stdout, folder);
}

/** Reads lines such as `/sys/devices/system/cpu/vulnerabilities/mds:Not affected`. */
export function parseMitigations(listing: string, folder: string): Facts {
  const entries = listing.split('\n').flatMap((line) => {
    const colon = line.indexOf(':');
    return line.startsWith(`${folder}/`) && colon > 0
      ? [[`mitigations.${line.slice(folder.length + 1, colon)}`, line.slice(colon + 1)] as const]
      : [];
  });
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}
