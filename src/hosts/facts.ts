import { type Machine, readFiles } from '../machines/machine.ts';
import type { Facts } from '../results/journal.schema.ts';
import { markerKey } from './boot/build-entry.ts';
import { readMemorySize } from './memory-size.ts';

const cpuFolder = '/sys/devices/system/cpu';

/** Facts that are what a file holds. */
const factFiles = {
  'kernel.release': '/proc/sys/kernel/osrelease',
  'kernel.version': '/proc/sys/kernel/version',
  'kernel.cmdline': '/proc/cmdline',
  'cpu.online': `${cpuFolder}/online`,
  'cpu.isolated': `${cpuFolder}/isolated`,
  'cpu.smt': `${cpuFolder}/smt/active`,
  'cpu.governor': `${cpuFolder}/cpu0/cpufreq/scaling_governor`,
  'cpu.clocksource': '/sys/devices/system/clocksource/clocksource0/current_clocksource',
  'memory.transparent_hugepages': '/sys/kernel/mm/transparent_hugepage/enabled',
} as const;

/** What of a machine itself moves figures and must not differ between the sides by accident; null where the kernel does not say. */
export async function collectKernelFacts(machine: Machine): Promise<Facts> {
  const paths = ['/proc/cpuinfo', '/proc/meminfo', ...Object.values(factFiles)];
  const [texts, mitigations] = await Promise.all([readFiles(machine, paths), collectMitigations(machine)]);
  const [cpuinfo, meminfo, ...values] = texts;
  const read = Object.fromEntries(Object.keys(factFiles).map((key, index) => [key, values[index]?.trim() ?? null]));
  return {
    ...read,
    'kernel.cmdline': dropMarker(read['kernel.cmdline'] ?? null),
    'cpu.model': /^model name\s*: (.*)$/m.exec(cpuinfo ?? '')?.[1] ?? null,
    'memory.gibibytes': readMemorySize(meminfo ?? ''),
    ...mitigations,
  };
}

/** The word by which Tunegate knows a boot that it asked for is another one at every boot, and sets nothing. */
export function dropMarker(words: string | null): string | null {
  if (words === null) return null;
  const kept = words.split(' ').filter((word) => !word.startsWith(`${markerKey}=`));
  return kept.join(' ');
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
