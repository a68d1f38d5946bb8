import * as z from 'zod';
import { defineParameter } from '../define-parameter.ts';
import { findMissingCpus, linuxList } from '../linux-list.ts';
import { formatMemorySize, parseMemorySize } from '../memory-size.ts';
import { acceptedOnOff, onOff } from '../on-off.ts';
import type { MachineLimits, Parameter } from '../parameter.ts';

const better = { latency: 'better', bandwidth: 'none', jitter: 'better' } as const;

interface CpuListEntry {
  readonly summary: string;
  readonly versions: string;
  readonly replacedBy?: string;
  readonly risk: string;
  readonly probe: string;
}

/** Boot parameters that take a list of CPUs of the host. */
const cpuLists: Readonly<Record<string, CpuListEntry>> = {
  isolcpus: {
    summary: 'CPUs of the host that the scheduler leaves alone, for guests that are pinned to them.',
    versions: 'every Linux; flags domain and managed_irq since 5.6, both are given',
    replacedBy:
      'a cpuset of cgroup v2 with cpuset.cpus.partition=isolated, from Linux 6.1 on, where no reboot is wanted',
    risk:
      'A list that reaches beyond the CPUs is dropped as a whole, while the command line still shows it. There is no ' +
      'load balancing inside the set: what is not pinned piles up on its first CPU. Interrupts come all the same ' +
      'without host-boot.irqaffinity.',
    probe: '/sys/devices/system/cpu/isolated',
  },
  nohz_full: {
    summary: 'CPUs of the host that do without the timer tick while one task runs on them.',
    versions: 'Linux 3.10 and newer with CONFIG_NO_HZ_FULL; moves their RCU callbacks away as well',
    risk: 'System calls and entries into a guest cost more. A second task on the CPU brings the tick back.',
    probe: '/sys/devices/system/cpu/nohz_full',
  },
  rcu_nocbs: {
    summary: 'CPUs of the host whose RCU callbacks run elsewhere.',
    versions: 'every Linux with CONFIG_RCU_NOCB_CPU; host-boot.nohz_full implies it',
    risk: 'A CPU that does not exist moves the callbacks of all CPUs away (seen on 6.1).',
    probe: "the kernel's log: Offload RCU callbacks from CPUs",
  },
  irqaffinity: {
    summary: 'CPUs of the host that handle interrupts: those that are not isolated.',
    versions: 'every Linux; the thesis had none, so that interrupts came to its isolated CPUs',
    risk: "Managed interrupts of a card's queues follow the queues instead.",
    probe: '/proc/irq/default_smp_affinity',
  },
};

const cpuListParameters = Object.entries(cpuLists).map(([word, { replacedBy, ...entry }]) =>
  defineParameter<string>({
    ...entry,
    name: `host-boot.${word}`,
    layer: 'host-boot',
    schema: linuxList,
    accepted: 'a Linux CPU list such as 1, "1-4" or [1, 2]',
    replacedBy: replacedBy ?? null,
    switching: 'boot',
    effect: better,
    source: 'Linux Documentation/admin-guide/kernel-parameters.txt; thesis, table 3.2',
    changesFacts: ['host.kernel.cmdline'],
    misfit: (value, { cpus }) => findMissingCpus(value, cpus),
  }),
);

const hostKernel = defineParameter<string>({
  name: 'host-boot.kernel',
  layer: 'host-boot',
  summary: 'Kernel that the host boots.',
  schema: z.string().regex(/^debian-\d+\.\d+(-rt)?$/),
  accepted: 'a kernel by its name, such as debian-6.1, debian-6.1-rt, debian-6.12 or debian-6.12-rt',
  versions: 'PREEMPT_RT kernels are packages of the distribution: linux-image-rt-amd64 in Debian',
  replacedBy: null,
  switching: 'boot',
  effect: { latency: 'depends', bandwidth: 'depends', jitter: 'better' },
  risk: 'A real-time kernel trades bandwidth for a bounded latency, and has no transparent huge pages.',
  source: 'Debian packages linux-image-amd64, linux-image-rt-amd64; thesis, section on software',
  changesFacts: ['host.kernel.release', 'host.kernel.version'],
  misfit: () => null,
  probe: 'uname -r and -v; PREEMPT_RT in the version',
});

const pollCallbacks = defineParameter<boolean>({
  name: 'host-boot.rcu_nocb_poll',
  layer: 'host-boot',
  summary: 'Whether the threads that run moved RCU callbacks poll for them instead of being woken.',
  schema: onOff,
  accepted: acceptedOnOff,
  versions: 'every Linux with CONFIG_RCU_NOCB_CPU; a flag: the =1 of the thesis is accepted and ignored',
  replacedBy: 'nothing: TuneD took it out of its profiles',
  switching: 'boot',
  effect: better,
  risk: 'The polling threads keep the housekeeping CPUs awake.',
  source: 'Linux Documentation/admin-guide/kernel-parameters.txt; thesis, table 3.2',
  changesFacts: ['host.kernel.cmdline'],
  misfit: () => null,
  probe: "the kernel's log: Poll for callbacks from no-CBs CPUs",
});

const hugePageSize = defineParameter<'2MiB' | '1GiB'>({
  name: 'host-boot.hugepages.page-size',
  layer: 'host-boot',
  summary: 'Size of the huge pages that are set aside at boot.',
  schema: z.enum(['2MiB', '1GiB']),
  accepted: '2MiB or 1GiB',
  versions: 'every Linux on x86-64: hugepagesz= before hugepages=',
  replacedBy: 'guest.qemu.memory.page-size, which makes the pages at run time and gives them back',
  switching: 'boot',
  effect: { latency: 'better', bandwidth: 'better', jitter: 'better' },
  risk: 'The order of the two boot parameters matters; a size that the processor lacks is ignored.',
  source: 'Linux Documentation/admin-guide/mm/hugetlbpage.rst; thesis, text to table 3.2',
  changesFacts: ['host.kernel.cmdline'],
  misfit: () => null,
  probe: '/sys/kernel/mm/hugepages/hugepages-SIZEkB/nr_hugepages',
});

const hugePages = defineParameter<string>({
  name: 'host-boot.hugepages.memory',
  layer: 'host-boot',
  summary: 'Memory that is set aside as huge pages at boot.',
  schema: z
    .string()
    .regex(/^\d{1,9} ?(MiB|GiB)$/)
    .transform((text) => formatMemorySize(parseMemorySize(text))),
  accepted: 'a size with the unit MiB or GiB, such as 8GiB',
  versions: 'every Linux: hugepages=COUNT; split evenly over the NUMA nodes, per node since 5.15',
  replacedBy: 'guest.qemu.memory.page-size, which makes the pages at run time and gives them back',
  switching: 'boot',
  effect: { latency: 'better', bandwidth: 'better', jitter: 'better' },
  risk: 'Pages that do not fit are silently not made; so many that nothing is left keep the host from booting.',
  source: 'Linux Documentation/admin-guide/mm/hugetlbpage.rst; thesis, text to table 3.2 (4096 pages of 2 MiB)',
  changesFacts: ['host.kernel.cmdline'],
  misfit: (value, limits) => explainTooMuch(value, limits),
  probe: '/sys/kernel/mm/hugepages/hugepages-SIZEkB/nr_hugepages',
});

/** A quarter of the memory is left to the host: less has been seen to keep it from coming up. */
function explainTooMuch(value: string, { memoryBytes }: MachineLimits): string | null {
  const most = Math.floor((memoryBytes * 3) / 4);
  if (parseMemorySize(value) <= most) return null;
  const whole = Math.floor(most / 2 ** 20);
  return `this machine has ${Math.floor(memoryBytes / 2 ** 20)}MiB and needs a quarter of it itself, accepted is up to ${whole}MiB`;
}

const iommu = defineParameter<boolean>({
  name: 'host-boot.iommu',
  layer: 'host-boot',
  summary: 'Whether the IOMMU is in use, with devices of the host passed through it untranslated (iommu=pt).',
  schema: onOff,
  accepted: acceptedOnOff,
  versions: 'every Linux: intel_iommu=on iommu=pt; that of AMD is in use by itself',
  replacedBy: null,
  switching: 'boot',
  effect: { latency: 'none', bandwidth: 'none', jitter: 'none' },
  risk: 'Without iommu=pt every transfer of the host itself is translated as well, which costs bandwidth.',
  source: 'Linux Documentation/admin-guide/kernel-parameters.txt; thesis, table 3.1 (IOMMU_DEFAULT_ON)',
  changesFacts: ['host.kernel.cmdline'],
  misfit: () => null,
  probe: '/sys/kernel/iommu_groups is not empty',
});

const deepestIdle = defineParameter<number>({
  name: 'host-boot.max_cstate',
  layer: 'host-boot',
  summary: 'Deepest idle state of the processors of the host: 1 is the one that is left soonest.',
  schema: z.int().min(0).max(9),
  accepted: 'a whole number from 0 to 9',
  versions: 'every Linux: processor.max_cstate=N intel_idle.max_cstate=N',
  replacedBy: null,
  switching: 'boot',
  effect: { latency: 'better', bandwidth: 'depends', jitter: 'better' },
  risk: 'The processors stay warm, and those at work may lose their turbo.',
  source: 'Linux Documentation/admin-guide/pm/cpuidle.rst; takes the place of CPU_IDLE=n of the thesis, table 3.1',
  changesFacts: ['host.kernel.cmdline'],
  misfit: () => null,
  probe: '/sys/devices/system/cpu/cpu*/cpuidle/state*/usage while a test runs',
});

export const hostBootParameters: readonly Parameter[] = [
  ...[hostKernel, ...cpuListParameters, pollCallbacks],
  ...[hugePageSize, hugePages, iommu, deepestIdle],
];
