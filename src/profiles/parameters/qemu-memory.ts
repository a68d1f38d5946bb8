import * as z from 'zod';
import { defineParameter, transformWith } from '../define-parameter.ts';
import { findGuestMemory } from '../guest-memory.ts';
import { formatMemorySize, parseMemorySize } from '../memory-size.ts';
import { acceptedOnOff, onOff } from '../on-off.ts';
import { staysBelow } from '../stays-below.ts';
import type { MemoryBackend } from '../virtual-machine-settings.ts';

/** Kernel and initramfs of a guest need about 100 MiB to unpack and run. */
const leastBytes = 128 * 2 ** 20;

const size = z.string().transform(transformWith((text) => formatMemorySize(parseMemorySize(text))));

export const qemuMemorySize = defineParameter<string>({
  name: 'guest.qemu.memory.size',
  layer: 'guest',
  summary: 'Memory of the virtual machine.',
  schema: size,
  accepted: 'a size with the unit MiB or GiB, such as 512MiB, of at least 128MiB',
  versions: 'every QEMU; 256MiB where a profile does not say',
  replacedBy: null,
  switching: 'deployment',
  effect: { latency: 'none', bandwidth: 'none', jitter: 'none' },
  risk: 'Too little shrinks socket buffers and in the end kills the server; much of it takes long to preallocate or lock.',
  source: 'QEMU system emulation manual, -m',
  changesFacts: [],
  misfit: (value, { memoryBytes }) => {
    const bytes = parseMemorySize(value);
    const most = `${Math.floor(memoryBytes / 2 ** 20)}MiB`;
    if (bytes < leastBytes) return `no guest starts with less than 128MiB, accepted is from 128MiB to ${most}`;
    return bytes <= memoryBytes ? null : `this machine has ${most}, accepted is from 128MiB to ${most}`;
  },
  probe: "QEMU's monitor, query-memory-size-summary",
  qemu: {
    settings: (value) => ({ memory: { bytes: parseMemorySize(value) } }),
    read: (value, { host: { memoryBytes } }) => ({
      found: formatMemorySize(memoryBytes),
      inForce: memoryBytes === parseMemorySize(value),
    }),
  },
});

const backends = ['anonymous', 'memfd', 'file'] as const satisfies readonly MemoryBackend[];

export const qemuMemoryBackend = defineParameter<MemoryBackend>({
  name: 'guest.qemu.memory.backend',
  layer: 'guest',
  summary: "What the guest's memory is on the host: anonymous memory, a memfd, or a file in a folder.",
  schema: z.enum(backends),
  accepted: backends.join(', '),
  versions:
    'memfd since QEMU 2.12; file is the -mem-path of the thesis, which no longer falls back to anonymous memory since 5.0',
  replacedBy: 'memfd instead of file: it needs no mounted hugetlbfs',
  switching: 'deployment',
  effect: { latency: 'none', bandwidth: 'none', jitter: 'none' },
  risk:
    'A file in an ordinary file system is written back to its disk, page by page, while the guest runs: name the page ' +
    'size too, so that it is noticed.',
  source: 'QEMU system emulation manual, -object memory-backend-memfd, memory-backend-file',
  changesFacts: [],
  misfit: () => null,
  probe: "/proc/PID/numa_maps, the mapping of the guest's memory",
  qemu: {
    settings: (value) => ({ memory: { backend: value } }),
    read: (value, { host }) => {
      const { backend, file } = findGuestMemory(host);
      return { found: file === null ? backend : `${backend}, ${file}`, inForce: backend === value };
    },
  },
});

export const qemuMemoryPath = defineParameter<string>({
  name: 'guest.qemu.memory.path',
  layer: 'guest',
  summary: "Folder of the file that is the guest's memory; with backend file.",
  schema: z
    .string()
    .regex(/^\/[A-Za-z0-9._/-]{0,200}$/)
    .refine(staysBelow),
  accepted: 'the whole path of a folder that exists, such as /dev/hugepages',
  versions: 'every QEMU; the -mem-path of the thesis',
  replacedBy: 'guest.qemu.memory.backend: memfd, which needs no mounted hugetlbfs',
  switching: 'deployment',
  effect: { latency: 'none', bandwidth: 'none', jitter: 'none' },
  risk:
    'QEMU starts without a word when the folder is in an ordinary file system, with pages of 4KiB. A path that is no ' +
    'folder would become a file that stays: such a guest is not started.',
  source: 'QEMU system emulation manual, -mem-path; seen with QEMU 10.0.2',
  changesFacts: [],
  misfit: () => null,
  hostPath: (value) => value,
  probe: "/proc/PID/numa_maps, the file behind the guest's memory",
  qemu: {
    settings: (value) => ({ memory: { path: value } }),
    read: (value, { host }) => {
      const { backend, file } = findGuestMemory(host);
      const folder = value.endsWith('/') ? value : `${value}/`;
      return {
        found: file ?? `no file (${backend})`,
        inForce: backend === 'file' && file?.startsWith(folder) === true,
      };
    },
  },
});

const pageSizes = { '4KiB': 4096, '2MiB': 2 * 2 ** 20, '1GiB': 2 ** 30 } as const;
type PageSize = keyof typeof pageSizes;

export const qemuPageSize = defineParameter<PageSize>({
  name: 'guest.qemu.memory.page-size',
  layer: 'guest',
  summary:
    "Size of the host's pages behind the guest's memory; huge pages are made for the guest and given back after it.",
  schema: z.enum(['4KiB', '2MiB', '1GiB']),
  accepted: '4KiB, 2MiB or 1GiB; huge ones are a memfd unless the backend says file',
  versions:
    'huge pages of a memfd since QEMU 2.12 and Linux 4.16; the thesis had hugepages= at boot and -mem-path; 1GiB can be ' +
    'made at run time where memory is not fragmented',
  replacedBy: null,
  switching: 'deployment',
  effect: { latency: 'better', bandwidth: 'better', jitter: 'better' },
  risk:
    'Huge pages are gone for everybody else while they are set aside. What cannot be made is a failed start; of a file ' +
    'the file system decides, so that the probe alone tells.',
  source: 'Linux Documentation/admin-guide/mm/hugetlbpage.rst; QEMU system emulation manual, hugetlb and hugetlbsize',
  changesFacts: [],
  misfit: (value, { hugePages }) => {
    const sizes = hugePages.map(({ pageBytes }) => pageBytes);
    if (value === '4KiB' || sizes.includes(pageSizes[value])) return null;
    const accepted = ['4KiB', ...sizes.map(formatMemorySize)].join(', ');
    return `this machine has no huge pages of ${value}, accepted are ${accepted}`;
  },
  probe: "/proc/PID/numa_maps kernelpagesize_kB of the guest's memory, /proc/PID/status HugetlbPages",
  qemu: {
    settings: (value) => ({ memory: { pageBytes: pageSizes[value] } }),
    read: (value, { host }) => {
      const { pageBytes, hugeBytes } = findGuestMemory(host);
      const isHuge = pageSizes[value] > pageSizes['4KiB'];
      const size = pageBytes === null ? 'unknown' : formatPageSize(pageBytes);
      return {
        found: `pages of ${size}, HugetlbPages ${formatMemorySize(hugeBytes)} of ${formatMemorySize(host.memoryBytes)}`,
        // Pages that are only reserved are not counted here yet: QEMU touches them as the guest does, or at once with prealloc.
        inForce: pageBytes === pageSizes[value] && (!isHuge || hugeBytes > 0),
      };
    },
  },
});

function formatPageSize(bytes: number): string {
  return bytes < 2 ** 20 ? `${bytes / 1024}KiB` : formatMemorySize(bytes);
}

export const qemuPrealloc = defineParameter<boolean>({
  name: 'guest.qemu.memory.prealloc',
  layer: 'guest',
  summary: "Whether all of the guest's memory is got from the host before the guest starts.",
  schema: onOff,
  accepted: acceptedOnOff,
  versions: 'prealloc=on of a memory backend; the -mem-prealloc of the thesis is its older form',
  replacedBy: null,
  switching: 'deployment',
  effect: { latency: 'better', bandwidth: 'none', jitter: 'better' },
  risk: 'The start takes longer, by about a second for some GiB, and what the guest never uses is gone too.',
  source: 'QEMU system emulation manual, -object memory-backend-ram, prealloc',
  changesFacts: [],
  misfit: () => null,
  probe: "/proc/PID/numa_maps, pages of the guest's memory that are there",
  qemu: {
    settings: (value) => ({ memory: { prealloc: value } }),
    read: (value, { host }) => {
      const { presentBytes } = findGuestMemory(host);
      const claims = host.memoryBackends.some(({ prealloc }) => prealloc);
      return {
        found: `${formatMemorySize(presentBytes)} of ${formatMemorySize(host.memoryBytes)} are there, monitor: ${claims ? 'on' : 'off'}`,
        // Off says only that QEMU did not ask: a guest may have touched all of it meanwhile.
        inForce: value ? claims && presentBytes >= host.memoryBytes : !claims,
      };
    },
  },
});
