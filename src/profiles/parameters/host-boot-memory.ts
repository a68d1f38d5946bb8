import * as z from 'zod';
import { bootFiles, readChoice } from '../boot-readings.ts';
import { notHere } from '../host-setting.ts';
import { formatMemorySize, parseMemorySize } from '../memory-size.ts';
import type { MachineLimits } from '../parameter.ts';
import type { Reading } from '../reading.ts';
import { defineHostBoot, type HostBootReadings } from './define-host-boot.ts';

const better = { latency: 'better', bandwidth: 'better', jitter: 'better' } as const;
const bytesOf = { '2MiB': 2 ** 21, '1GiB': 2 ** 30 } as const;
const pageSize = z.enum(['2MiB', '1GiB']);
const poolFiles = '/sys/kernel/mm/hugepages/*/nr_hugepages';
const runTime = 'guest.qemu.memory.page-size, which makes the pages at run time and gives them back';
const hugePageSource = 'Linux Documentation/admin-guide/mm/hugetlbpage.rst; thesis, text to table 3.2';

/** Pages by their size in bytes. */
function readPools({ files }: HostBootReadings): readonly { pageBytes: number; count: number }[] {
  return Object.entries(files).flatMap(([path, text]) => {
    const kibibytes = /\/hugepages-(\d+)kB\/nr_hugepages$/.exec(path)?.[1];
    return kibibytes === undefined ? [] : [{ pageBytes: Number(kibibytes) * 1024, count: Number(text) }];
  });
}

function describePools(readings: HostBootReadings): string {
  const pools = readPools(readings).filter(({ count }) => count > 0);
  const shortage = readings.log.find(/(HugeTLB: allocating [^\n]*)/);
  return [
    pools.map(({ pageBytes, count }) => `${count} pages of ${formatMemorySize(pageBytes)}`).join(', ') ||
      'no huge page is set aside',
    ...(shortage === null ? [] : [shortage]),
  ].join('; ');
}

function readPageSize(value: '2MiB' | '1GiB', readings: HostBootReadings): Reading {
  const sizes = readPools(readings).flatMap(({ pageBytes, count }) => (count > 0 ? [pageBytes] : []));
  return { found: describePools(readings), inForce: sizes.length === 1 && sizes[0] === bytesOf[value] };
}

function readHugeMemory(value: string, readings: HostBootReadings): Reading {
  const bytes = readPools(readings).reduce((sum, { pageBytes, count }) => sum + pageBytes * count, 0);
  return { found: describePools(readings), inForce: bytes === parseMemorySize(value) };
}

function explainMissingSize(value: '2MiB' | '1GiB', { hugePages }: MachineLimits): string | null {
  if (hugePages.some(({ pageBytes }) => pageBytes === bytesOf[value])) return null;
  const sizes = hugePages.map(({ pageBytes }) => formatMemorySize(pageBytes)).join(' and ');
  return `this machine makes no pages of that size, accepted is ${sizes || 'none: its kernel has no huge pages'}`;
}

/** A quarter of the memory is left to the host: less has been seen to keep it from coming up. */
function explainTooMuch(value: string, { memoryBytes }: MachineLimits): string | null {
  const most = Math.floor((memoryBytes * 3) / 4);
  if (parseMemorySize(value) <= most) return null;
  const whole = Math.floor(most / 2 ** 20);
  return `this machine has ${Math.floor(memoryBytes / 2 ** 20)}MiB and needs a quarter of it itself, accepted is up to ${whole}MiB`;
}

export const hostBootMemory = [
  defineHostBoot<'2MiB' | '1GiB'>({
    key: 'hugepages.page-size',
    summary: 'Size of the huge pages that are set aside at boot.',
    schema: pageSize,
    accepted: '2MiB or 1GiB',
    versions: 'every Linux on x86-64: hugepagesz= before hugepages=',
    replacedBy: runTime,
    effect: better,
    risk: 'Means nothing without host-boot.hugepages.memory. A size that the processor lacks is ignored.',
    source: hugePageSource,
    misfit: explainMissingSize,
    boot: (value) => ({ hugePageBytes: bytesOf[value] }),
    bootKeys: ['hugepagesz', 'hugepages'],
    files: [poolFiles],
    find: (readings, value) => readPageSize(value, readings),
    probe: poolFiles,
  }),
  defineHostBoot<string>({
    key: 'hugepages.memory',
    summary:
      'Memory that is set aside as huge pages at boot, of 2 MiB unless host-boot.hugepages.page-size says other.',
    schema: z
      .string()
      .regex(/^0*[1-9]\d{0,7} ?(MiB|GiB)$/)
      .transform((text) => formatMemorySize(parseMemorySize(text))),
    accepted: 'a size with the unit MiB or GiB, such as 8GiB, a multiple of the page',
    versions: 'every Linux: hugepages=COUNT; split evenly over the NUMA nodes, per node since 5.15',
    replacedBy: runTime,
    effect: better,
    risk: 'Pages that do not fit are silently not made; so many that nothing is left keep the host from booting.',
    source: `${hugePageSource} (4096 pages of 2 MiB)`,
    misfit: explainTooMuch,
    boot: (value) => ({ hugeMemoryBytes: parseMemorySize(value) }),
    bootKeys: ['hugepagesz', 'hugepages'],
    files: [poolFiles],
    find: (readings, value) => readHugeMemory(value, readings),
    probe: poolFiles,
  }),
  defineHostBoot<'2MiB' | '1GiB'>({
    key: 'default_hugepagesz',
    summary: 'Size of the huge pages that a program gets which does not say which it wants.',
    schema: pageSize,
    accepted: '2MiB or 1GiB',
    versions: 'Linux 2.6.27 and newer',
    effect: { latency: 'none', bandwidth: 'none', jitter: 'none' },
    risk: 'Virtual machines of Tunegate say which size they want.',
    source: hugePageSource,
    misfit: explainMissingSize,
    boot: (value) => ({ words: [`default_hugepagesz=${value === '1GiB' ? '1G' : '2M'}`] }),
    files: ['/proc/meminfo'],
    find: ({ files }) => {
      const kibibytes = /^Hugepagesize:\s+(\d+) kB$/m.exec(files['/proc/meminfo'] ?? '')?.[1];
      return kibibytes === undefined ? 'no huge pages in this kernel' : formatMemorySize(Number(kibibytes) * 1024);
    },
    probe: '/proc/meminfo, Hugepagesize',
  }),
  defineHostBoot<string>({
    key: 'transparent_hugepage',
    summary: 'Whether the host gives its programs huge pages unasked, as set at boot.',
    schema: z.enum(['always', 'madvise', 'never']),
    accepted: 'always, madvise or never',
    versions: 'Linux 2.6.38 and newer; PREEMPT_RT kernels do not have it',
    effect: { latency: 'depends', bandwidth: 'depends', jitter: 'worse' },
    risk: 'A real-time kernel never gives them, so a guest without explicit huge pages has small ones there.',
    source: 'Linux Documentation/admin-guide/mm/transhuge.rst',
    changesFacts: ['host.memory.transparent_hugepages'],
    files: [bootFiles.transparentHugePages],
    find: ({ files }, value) => {
      const text = files[bootFiles.transparentHugePages];
      if (text !== undefined) return readChoice(text, text);
      return { found: 'this kernel has no transparent huge pages', inForce: value === 'never' };
    },
    probe: bootFiles.transparentHugePages,
  }),
  defineHostBoot<string>({
    key: 'numa_balancing',
    summary: 'Whether the host moves memory to the NUMA node that uses it, as set at boot.',
    schema: z.enum(['enable', 'disable']),
    accepted: 'enable or disable',
    versions: 'Linux 3.13 and newer; PREEMPT_RT kernels of Debian do not have it',
    effect: { latency: 'depends', bandwidth: 'depends', jitter: 'worse' },
    risk: 'Disabled, memory stays where it was first touched: bind it to the node of the network card.',
    source: 'Linux Documentation/admin-guide/kernel-parameters.txt, numa_balancing; TuneD, network-latency',
    files: ['/proc/sys/kernel/numa_balancing'],
    find: ({ files }) => {
      const text = files['/proc/sys/kernel/numa_balancing'];
      if (text === undefined) return notHere('this kernel does not balance over NUMA nodes');
      return Number(text) === 0 ? 'disable' : 'enable';
    },
    probe: '/proc/sys/kernel/numa_balancing',
  }),
] as const;
