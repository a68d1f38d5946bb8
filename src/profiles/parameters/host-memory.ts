import * as z from 'zod';
import { transformWith } from '../define-parameter.ts';
import { buildFilePart, parseChoice } from '../host-file.ts';
import { explainHugeMisfit, formatHugeMemory, hugePagesPart, parseHugeMemory } from '../host-huge-pages.ts';
import { defineHostParameter } from './host-parameter.ts';

const folder = '/sys/kernel/mm';
const thpFolder = `${folder}/transparent_hugepage`;
const noThp = 'the kernel of this host has no transparent huge pages (PREEMPT_RT kernels have none)';

const samePages = defineHostParameter<string>({
  name: 'memory.ksm',
  summary:
    'Whether the kernel looks for equal pages and keeps one copy of them (KSM): off, on, or off and split again.',
  schema: z.union([z.boolean().transform((on) => (on ? 'on' : 'off')), z.enum(['on', 'off', 'unmerge'])]),
  accepted: 'on, off (what is merged stays so) or unmerge (stops and splits what is merged)',
  versions: 'Linux 2.6.32 and newer',
  effect: { latency: 'worse', bandwidth: 'none', jitter: 'worse' },
  risk: 'Splitting needs the memory that merging saved; which pages were merged before is not brought back.',
  source: 'Linux Documentation/admin-guide/mm/ksm.rst; TuneD cpu-partitioning and realtime-virtual-host',
  probe: `${folder}/ksm/run`,
  host: buildFilePart({
    path: `${folder}/ksm/run`,
    missing: 'the kernel of this host has no KSM',
    parse: (text) => ksmWords.find(([, digit]) => digit === text)?.[0] ?? text,
    print: (setting) => ksmWords.find(([word]) => word === setting)?.[1] ?? setting,
  }),
});

const ksmWords = [
  ['off', '0'],
  ['on', '1'],
  ['unmerge', '2'],
] as const;

const transparentPages = defineHostParameter<string>({
  name: 'memory.transparent-hugepages',
  summary: 'Which memory the kernel backs with huge pages by itself.',
  schema: z.enum(['always', 'madvise', 'never']),
  accepted: 'always, madvise or never',
  versions: 'Linux 2.6.38 and newer; PREEMPT_RT kernels have none',
  effect: { latency: 'depends', bandwidth: 'better', jitter: 'worse' },
  risk: 'Never: a guest without explicit huge pages loses those it had. Otherwise making them stalls who asks.',
  source: 'Linux Documentation/admin-guide/mm/transhuge.rst; TuneD network-latency (never)',
  changesFacts: ['host.memory.transparent_hugepages'],
  probe: `${thpFolder}/enabled`,
  host: buildFilePart({ path: `${thpFolder}/enabled`, missing: noThp, parse: parseChoice }),
});

const transparentDefrag = defineHostParameter<string>({
  name: 'memory.transparent-hugepages.defrag',
  summary: 'Whether who asks for memory waits until the kernel has put a huge page together.',
  schema: z.enum(['always', 'defer', 'defer+madvise', 'madvise', 'never']),
  accepted: 'always, defer, defer+madvise, madvise or never',
  versions: 'Linux 2.6.38 and newer, defer since 4.6; PREEMPT_RT kernels have none',
  effect: { latency: 'depends', bandwidth: 'depends', jitter: 'worse' },
  risk: 'Without it fewer huge pages come about once the memory is in pieces.',
  source: 'Linux Documentation/admin-guide/mm/transhuge.rst',
  probe: `${thpFolder}/defrag`,
  host: buildFilePart({ path: `${thpFolder}/defrag`, missing: noThp, parse: parseChoice }),
});

/** One parameter for each size of page that x86-64 has. */
function defineHugePages(name: '2MiB' | '1GiB', pageBytes: number) {
  const example = name === '2MiB' ? '"0:512MiB"' : '"0:2GiB"';
  return defineHostParameter<string>({
    name: `memory.hugepages.${name}`,
    summary: `Memory of each NUMA node that is kept as huge pages of ${name}.`,
    schema: z
      .union([z.string(), z.array(z.string()).min(1)])
      .transform(transformWith((value) => formatHugeMemory(parseHugeMemory([value].flat().join(','), pageBytes)))),
    accepted: `the node and a size, a multiple of ${name}, such as ${example} or ["0:2GiB", "1:2GiB"]`,
    versions: 'Linux 2.6.32 and newer for each node; pages of 1 GiB at run time since 3.16',
    replacedBy: null,
    effect: { latency: 'better', bandwidth: 'better', jitter: 'better' },
    risk:
      'Taken from everything else. Memory in pieces makes the kernel find fewer than asked for, without an error: ' +
      'then host-boot.hugepages.memory is what works. Pages in use are not given back before their user ends.',
    source: 'Linux Documentation/admin-guide/mm/hugetlbpage.rst; thesis, text to table 3.2',
    probe: `/sys/devices/system/node/node*/hugepages/hugepages-${pageBytes / 1024}kB/nr_hugepages`,
    misfit: (value, limits) => explainHugeMisfit(parseHugeMemory(value, pageBytes), pageBytes, limits),
    host: hugePagesPart((value) => parseHugeMemory(value, pageBytes), pageBytes),
  });
}

export const hostMemoryParameters = [
  ...[samePages, transparentPages, transparentDefrag],
  ...[defineHugePages('2MiB', 2 * 2 ** 20), defineHugePages('1GiB', 2 ** 30)],
];
