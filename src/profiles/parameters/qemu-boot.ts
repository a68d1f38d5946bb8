import * as z from 'zod';
import {
  bootFiles,
  readChoice,
  readClock,
  readIdlePolling,
  readMitigations,
  readPreemption,
  readTsc,
} from '../boot-readings.ts';
import { onOff } from '../on-off.ts';
import { defineBootParameter } from './define-boot-parameter.ts';

const mitigationFile = bootFiles.mitigation;
const thpFile = bootFiles.transparentHugePages;
const idleFile = bootFiles.idleDriver;

const pages = { '2MiB': { word: '2M', kibibytes: 2048 }, '1GiB': { word: '1G', kibibytes: 1_048_576 } } as const;
const pageSizes = ['2MiB', '1GiB'] as const;

const hugePages = z.string().regex(/^[1-9]\d{0,5}x(2MiB|1GiB)$/);

function splitPages(value: string) {
  const [count = '', size = ''] = value.split('x');
  return { count, size: pages[size === '1GiB' ? '1GiB' : '2MiB'] };
}

function countFile(kibibytes: number): string {
  return `/sys/kernel/mm/hugepages/hugepages-${kibibytes}kB/nr_hugepages`;
}

export const qemuBoot = [
  defineBootParameter<string>({
    key: 'mitigations',
    summary: 'Whether the guest protects itself against the flaws of its CPU.',
    schema: z.enum(['off', 'auto']),
    accepted: 'off or auto',
    versions: 'Linux 5.2 and newer',
    effect: { latency: 'better', bandwidth: 'better', jitter: 'none' },
    risk: 'off lets programs of the guest read what they must not; for measuring only.',
    source: 'Linux Documentation/admin-guide/kernel-parameters.txt, mitigations',
    files: [mitigationFile],
    find: readMitigations,
    probe: `${mitigationFile} inside the guest`,
  }),
  defineBootParameter<string>({
    key: 'idle',
    summary: 'Virtual CPUs that have nothing to do spin instead of giving the CPU back.',
    schema: z.enum(['poll']),
    accepted: 'poll (halt and nomwait cannot be read back from the guest)',
    versions: 'every Linux for x86; cpuidle_haltpoll polls for a limited time instead',
    effect: { latency: 'better', bandwidth: 'depends', jitter: 'better' },
    risk: "Each virtual CPU takes a whole CPU of the host for ever: without pinning it takes the client's.",
    source: 'Linux Documentation/admin-guide/kernel-parameters.txt, idle; arch/x86/kernel/process.c',
    find: readIdlePolling,
    probe: 'kernel log of the guest, "using polling idle threads"',
  }),
  defineBootParameter<string>({
    key: 'tsc',
    summary: "Whether the guest trusts the CPU's time stamp counter.",
    schema: z.enum(['reliable', 'unstable']),
    accepted: 'reliable or unstable',
    versions: 'reliable since Linux 2.6.27, unstable since 4.13',
    effect: { latency: 'better', bandwidth: 'better', jitter: 'better' },
    risk: 'A counter that is trusted although it is wrong makes every time wrong, those of the tools in the guest too.',
    source: 'Linux Documentation/admin-guide/kernel-parameters.txt, tsc; arch/x86/kernel/tsc.c',
    files: [bootFiles.clocks],
    find: readTsc,
    probe: `kernel log of the guest, "Marking TSC unstable", and ${bootFiles.clocks}`,
  }),
  defineBootParameter<string>({
    key: 'clocksource',
    summary: 'The clock from which the guest takes the time.',
    schema: z.enum(['tsc', 'kvm-clock', 'hpet', 'acpi_pm']),
    accepted: 'tsc, kvm-clock, hpet or acpi_pm',
    versions: 'every Linux; kvm-clock only under KVM',
    effect: { latency: 'depends', bandwidth: 'depends', jitter: 'depends' },
    risk: 'hpet and acpi_pm leave the guest at every reading. A clock that the guest does not have is passed over.',
    source: 'Linux Documentation/admin-guide/kernel-parameters.txt, clocksource',
    files: [bootFiles.clock],
    find: readClock,
    probe: `${bootFiles.clock} inside the guest`,
  }),
  defineBootParameter<string>({
    key: 'preempt',
    summary: "When a task in the guest's kernel gives way to another.",
    schema: z.enum(['none', 'voluntary', 'full', 'lazy']),
    accepted: 'none, voluntary, full or lazy',
    versions:
      'Linux 5.12 and newer with PREEMPT_DYNAMIC; lazy since 6.13 and in later 6.12 of Debian. PREEMPT_RT kernels of 6.1 have no choice, newer ones full or lazy',
    effect: { latency: 'depends', bandwidth: 'depends', jitter: 'depends' },
    risk: 'A mode that the kernel does not have leaves its default.',
    source: 'Linux Documentation/admin-guide/kernel-parameters.txt, preempt; kernel/sched/core.c',
    find: readPreemption,
    probe: 'kernel log of the guest, "Dynamic Preempt"',
  }),
  defineBootParameter<string>({
    key: 'hugepages',
    summary: 'Huge pages that the guest sets aside for its programs while it boots.',
    schema: hugePages,
    accepted: 'number and size, such as 16x2MiB or 1x1GiB',
    versions: 'Linux 2.6.27 and newer; the words hugepagesz= and hugepages= in this order',
    effect: { latency: 'none', bandwidth: 'none', jitter: 'none' },
    risk:
      "They are taken from the guest's memory: what does not fit is left out silently, and with too little left the guest " +
      'does not come up. The servers of the tests do not use them.',
    source: 'Linux Documentation/admin-guide/mm/hugetlbpage.rst',
    settings: (value) => ({
      guestHugePageBytes: Number(splitPages(value).count) * splitPages(value).size.kibibytes * 1024,
    }),
    words: (value) => [`hugepagesz=${splitPages(value).size.word}`, `hugepages=${splitPages(value).count}`],
    files: pageSizes.map((size) => countFile(pages[size].kibibytes)),
    find: ({ files }, value) => `${files[countFile(splitPages(value).size.kibibytes)] ?? 'no'} huge pages`,
    expect: (value) => `${splitPages(value).count} huge pages`,
    probe: '/sys/kernel/mm/hugepages/hugepages-*/nr_hugepages inside the guest',
  }),
  defineBootParameter<string>({
    key: 'transparent_hugepage',
    summary: 'Whether the guest gives its programs huge pages unasked.',
    schema: z.enum(['always', 'madvise', 'never']),
    accepted: 'always, madvise or never',
    versions: 'Linux 2.6.38 and newer; PREEMPT_RT kernels do not have it',
    effect: { latency: 'depends', bandwidth: 'depends', jitter: 'worse' },
    risk: 'A guest with less than 512 MiB has never, whatever it was asked for.',
    source: 'Linux Documentation/admin-guide/mm/transhuge.rst; mm/huge_memory.c, hugepage_init',
    files: [thpFile],
    find: ({ files }) => readChoice(files[thpFile], `no ${thpFile}`),
    probe: `${thpFile} inside the guest`,
  }),
  defineBootParameter<boolean>({
    key: 'haltpoll',
    summary: 'Whether an idle virtual CPU polls for a short while before it gives the CPU back.',
    schema: onOff,
    accepted: 'on or off, or true or false',
    versions: 'Linux 5.4 and newer, under KVM only: the word cpuidle_haltpoll.force=1',
    effect: { latency: 'better', bandwidth: 'none', jitter: 'better' },
    risk: 'Polls beside the halt polling of the host: one of the two is enough, and both hide idle time.',
    source: 'Linux Documentation/virt/guest-halt-polling.rst',
    words: (value) => (value ? ['cpuidle_haltpoll.force=1'] : []),
    files: [idleFile],
    find: ({ files }) => (files[idleFile]?.trim() === 'haltpoll' ? 'on' : 'off'),
    expect: (value) => (value ? 'on' : 'off'),
    probe: `${idleFile} inside the guest`,
  }),
] as const;
