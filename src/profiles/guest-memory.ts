import type { QemuHostReadings } from './qemu-part.ts';
import type { MemoryBackend } from './virtual-machine-settings.ts';

/** The guest's memory as the host's kernel has it. */
export interface GuestMemory {
  readonly backend: MemoryBackend;
  /** File behind it; null for anonymous memory. */
  readonly file: string | null;
  /** null where the kernel does not say. */
  readonly pageBytes: number | null;
  /** What of it is in memory. */
  readonly presentBytes: number;
  /** NUMA policy of the mapping as the kernel writes it, `bind:0`. */
  readonly policy: string;
  /** Numbers of the nodes on which pages of it are. */
  readonly nodes: readonly number[];
  /** Bytes in huge pages of the whole process: QEMU uses them for nothing else. */
  readonly hugeBytes: number;
}

interface Mapping {
  readonly policy: string;
  readonly file: string | null;
  readonly pageBytes: number;
  readonly perNode: ReadonlyMap<number, number>;
}

/**
 * The mapping of the guest's memory: QEMU's backend by its file where there is one, else the largest anonymous one.
 * Lines of `/proc/PID/numa_maps` are such as
 * `7f3 bind:0 file=/memfd:memory-backend-memfd\040(deleted) huge dirty=128 N0=128 kernelpagesize_kB=2048`.
 */
export function findGuestMemory({ numaMaps, processStatus, memoryBytes }: QemuHostReadings): GuestMemory {
  const mappings = numaMaps.split('\n').flatMap(parseMapping);
  const memory =
    mappings.find(({ file }) => file !== null && isBackend(file)) ??
    mappings.filter(({ file }) => file === null).sort((left, right) => size(right) - size(left))[0];
  const file = memory?.file ?? null;
  return {
    backend: file === null ? 'anonymous' : file.startsWith('/memfd:') ? 'memfd' : 'file',
    file: file?.replace(/\\040\(deleted\)$/, '') ?? null,
    pageBytes: memory?.pageBytes ?? null,
    presentBytes: memory === undefined ? 0 : Math.min(size(memory), memoryBytes),
    policy: memory?.policy ?? 'unknown',
    nodes: [...(memory?.perNode.keys() ?? [])],
    hugeBytes: readKibibytes(processStatus, 'HugetlbPages') ?? 0,
  };
}

/** Value of a line such as `VmLck:	  466256 kB` of `/proc/PID/status`, in bytes; null when there is none. */
export function readKibibytes(processStatus: string, line: string): number | null {
  const text = new RegExp(`^${line}:\\s*(\\d+) kB$`, 'm').exec(processStatus)?.[1];
  return text === undefined ? null : Number(text) * 1024;
}

/** QEMU names a memfd after its backend, and a file in a folder `qemu_back_mem.ID.RANDOM`. */
function isBackend(file: string): boolean {
  return file.startsWith('/memfd:memory-backend') || /\/qemu_back_mem\./.test(file);
}

function parseMapping(line: string): Mapping[] {
  const [, policy, rest] = /^[0-9a-f]+ (\S+) (.*)$/.exec(line) ?? [];
  const pages = /kernelpagesize_kB=(\d+)/.exec(line)?.[1];
  if (policy === undefined || rest === undefined || pages === undefined || / (heap|stack)\b/.test(` ${rest}`))
    return [];
  const perNode = [...rest.matchAll(/\bN(\d+)=(\d+)/g)].map(
    ([, node, count]) => [Number(node), Number(count)] as const,
  );
  return [
    {
      policy,
      file: /(?:^| )file=(\S+)/.exec(rest)?.[1] ?? null,
      pageBytes: Number(pages) * 1024,
      perNode: new Map(perNode),
    },
  ];
}

function size({ perNode, pageBytes }: Mapping): number {
  return [...perNode.values()].reduce((sum, count) => sum + count, 0) * pageBytes;
}
