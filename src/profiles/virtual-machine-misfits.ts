import { formatCpuList, parseCpuList } from './cpu-list.ts';
import { formatMemorySize } from './memory-size.ts';
import type { MachineLimits } from './parameter.ts';
import { defaultMachine, type MergedSettings } from './virtual-machine-settings.ts';

/** What huge pages and guests must leave to the host; less, and it kills processes of its own choice. */
const reserveBytes = 512 * 2 ** 20;

const ordinaryPageBytes = 4096;

/** Why a virtual machine as the parameters together ask for it cannot be on this machine; nothing when it can. */
export function findVirtualMachineMisfits(settings: MergedSettings, limits: MachineLimits): string[] {
  return [
    describePinning(settings),
    ...describeGuestCpus(settings),
    describeGuestPages(settings),
    ...describeMemory(settings, limits),
  ].filter((reason) => reason !== null);
}

/** What the kernel and the servers of a guest need beside the huge pages that it sets aside; with less it does not come up. */
const guestReserveBytes = 128 * 2 ** 20;

/** A kernel that is given a CPU which it does not have drops the whole list, or takes all CPUs instead. */
function describeGuestCpus({ cpus = defaultMachine.cpus, guestCpus }: MergedSettings): string[] {
  return Object.entries(guestCpus).flatMap(([name, list]) => {
    const missing = parseCpuList(list).filter((cpu) => cpu >= cpus);
    if (missing.length === 0) return [];
    const known = cpus === 1 ? '0' : `0-${cpus - 1}`;
    return [
      `${name} is ${list}, but the guest has no CPU ${formatCpuList(missing)} (guest.qemu.vcpu.count is ${cpus}), accepted are CPUs of ${known}`,
    ];
  });
}

function describeGuestPages({ memory, guestHugePageBytes = 0 }: MergedSettings): string | null {
  const { bytes = defaultMachine.memoryBytes } = memory;
  if (guestHugePageBytes === 0 || guestHugePageBytes + guestReserveBytes <= bytes) return null;
  return `guest.qemu.boot.hugepages takes ${formatMemorySize(guestHugePageBytes)} of a guest of ${formatMemorySize(bytes)}, accepted is what leaves it ${formatMemorySize(guestReserveBytes)}`;
}

function describePinning({ cpus = defaultMachine.cpus, pinnedTo }: MergedSettings): string | null {
  if (pinnedTo === undefined || pinnedTo.length === cpus) return null;
  return `guest.qemu.vcpu.pin names ${pinnedTo.length} CPUs for ${cpus} virtual ones (guest.qemu.vcpu.count), accepted are as many`;
}

function describeMemory({ memory }: MergedSettings, limits: MachineLimits): (string | null)[] {
  const {
    backend,
    path,
    policy,
    hostNodes,
    bytes = defaultMachine.memoryBytes,
    pageBytes = ordinaryPageBytes,
  } = memory;
  const isHuge = pageBytes > ordinaryPageBytes;
  const size = formatMemorySize(bytes);
  return [
    path !== undefined && backend !== 'file'
      ? `guest.qemu.memory.path is ${path}, but guest.qemu.memory.backend is ${backend ?? 'not set'}, accepted is file`
      : null,
    backend === 'file' && path === undefined
      ? 'guest.qemu.memory.backend is file, but guest.qemu.memory.path is not set, accepted is a folder'
      : null,
    isHuge && backend === 'anonymous'
      ? 'guest.qemu.memory.backend is anonymous, which has no huge pages, accepted are memfd and file'
      : null,
    policy !== undefined && policy !== 'default' && hostNodes === undefined
      ? `guest.qemu.memory.policy is ${policy}, but guest.qemu.memory.host-nodes is not set, accepted are nodes of the machine`
      : null,
    policy === 'default' && hostNodes !== undefined
      ? 'guest.qemu.memory.policy is default, but guest.qemu.memory.host-nodes is set, accepted are preferred, bind and interleave'
      : null,
    bytes % pageBytes !== 0
      ? `the guest's memory of ${size} is no multiple of its pages of ${formatMemorySize(pageBytes)}`
      : describeShortage(bytes, isHuge ? pageBytes : null, limits),
  ];
}

/** Huge pages that are free already take nothing from the host any more. */
function describeShortage(bytes: number, pageBytes: number | null, limits: MachineLimits): string | null {
  const free = limits.hugePages.find((pages) => pages.pageBytes === pageBytes)?.freeBytes ?? 0;
  const wanted = Math.max(0, bytes - free);
  const spare = Math.max(0, limits.availableBytes - reserveBytes);
  if (wanted <= spare) return null;
  const what =
    pageBytes === null
      ? `a guest of ${formatMemorySize(bytes)}`
      : `${formatMemorySize(wanted)} of huge pages for the guest`;
  const most = Math.floor((spare + free) / 2 ** 20);
  return `${what} would leave the host less than ${formatMemorySize(reserveBytes)}, accepted is a guest of at most ${most}MiB`;
}
