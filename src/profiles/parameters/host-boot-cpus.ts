import * as z from 'zod';
import { bootFiles, readCallbackPolling, readCpus, readOffloadedCpus } from '../boot-readings.ts';
import { formatCpuList, parseCpuList } from '../cpu-list.ts';
import { parseCpuMask } from '../cpu-mask.ts';
import { transformWith } from '../define-parameter.ts';
import { findMissingCpus, linuxList } from '../linux-list.ts';
import { acceptedOnOff, onOff } from '../on-off.ts';
import type { MachineLimits } from '../parameter.ts';
import { defineHostBoot, formatSwitch, type HostBootReadings } from './define-host-boot.ts';

const better = { latency: 'better', bandwidth: 'none', jitter: 'better' } as const;
const accepted = 'a Linux CPU list such as 1, "1-4" or [1, 2]';
const source = 'Linux Documentation/admin-guide/kernel-parameters.txt; thesis, table 3.2';
const boundsFile = '/sys/devices/virtual/workqueue/cpumask';
const creatorFile = '/proc/2/status';

/** With and without `managed_irq`, which cannot be read back; without `domain` no file would show the list. */
const flags = /^(managed_irq,domain,|domain,)/;

const isolation = z.union([
  z
    .string()
    .regex(flags)
    .transform(
      transformWith((text) => {
        const [flag = ''] = flags.exec(text) ?? [];
        const list = formatCpuList(parseCpuList(text.slice(flag.length)));
        return flag === 'domain,' ? `domain,${list}` : list;
      }),
    ),
  linuxList,
]);

const listOf = (value: string) => value.replace(flags, '');

/** The kernel keeps one CPU whatever the list says, so a list of all of them is never in force. */
function leaveOne(value: string, { cpus }: MachineLimits): string | null {
  const missing = findMissingCpus(listOf(value), cpus);
  if (missing !== null || parseCpuList(listOf(value)).length < cpus.length) return missing;
  return `these are all CPUs of this machine (${formatCpuList(cpus)}), accepted is a list that leaves one out`;
}

function includeFirst(value: string, { cpus }: MachineLimits): string | null {
  const missing = findMissingCpus(value, cpus);
  if (missing !== null || parseCpuList(value).includes(0)) return missing;
  return 'the kernel always adds the CPU that boots, accepted is a list with CPU 0 in it';
}

/** `nohz_full` moves the callbacks of its own CPUs away as well. */
function expectOffloaded(value: string, { files }: HostBootReadings): string {
  const tickless = readCpus(files[bootFiles.tickless], 'no CPU');
  return formatCpuList([...parseCpuList(value), ...(/^\d/.test(tickless) ? parseCpuList(tickless) : [])]);
}

function readMask(text: string | undefined, absent: string): string {
  return text === undefined ? absent : formatCpuList(parseCpuMask(text));
}

export const hostBootCpus = [
  defineHostBoot<string>({
    key: 'isolcpus',
    summary: 'CPUs of the host that the scheduler leaves alone, for guests that are pinned to them.',
    schema: isolation,
    accepted: `${accepted}; after "domain," without the flag managed_irq, which is given otherwise`,
    versions: 'every Linux; flags domain and managed_irq since 5.6',
    replacedBy:
      'a cpuset of cgroup v2 with cpuset.cpus.partition=isolated, from Linux 6.1 on, where no reboot is wanted',
    effect: better,
    risk:
      'A list that reaches beyond the CPUs is dropped as a whole, while the command line still shows it. There is no ' +
      'load balancing inside the set: what is not pinned piles up on its first CPU. Interrupts come all the same ' +
      'without host-boot.irqaffinity. The flag managed_irq cannot be read back.',
    source: `${source}; kernel/sched/isolation.c`,
    changesFacts: ['host.cpu.isolated'],
    misfit: leaveOne,
    boot: (value) => ({
      words: [`isolcpus=${value.startsWith('domain,') ? value : `managed_irq,domain,${value}`}`],
    }),
    files: [bootFiles.isolated],
    find: ({ files }) => readCpus(files[bootFiles.isolated], `no ${bootFiles.isolated}`),
    expect: listOf,
    probe: bootFiles.isolated,
  }),
  defineHostBoot<string>({
    key: 'nohz_full',
    summary: 'CPUs of the host that do without the timer tick while one task runs on them.',
    schema: linuxList,
    accepted,
    versions: 'Linux 3.10 and newer with CONFIG_NO_HZ_FULL; moves their RCU callbacks away as well',
    effect: better,
    risk: 'System calls and entries into a guest cost more. A second task on the CPU brings the tick back.',
    source,
    misfit: leaveOne,
    files: [bootFiles.tickless],
    find: ({ files }) => readCpus(files[bootFiles.tickless], `no ${bootFiles.tickless}`),
    probe: bootFiles.tickless,
  }),
  defineHostBoot<string>({
    key: 'rcu_nocbs',
    summary: 'CPUs of the host whose RCU callbacks run elsewhere.',
    schema: linuxList,
    accepted,
    versions: 'every Linux with CONFIG_RCU_NOCB_CPU; host-boot.nohz_full implies it',
    effect: better,
    risk: 'A CPU that does not exist moves the callbacks of all CPUs away (seen on 6.1).',
    source,
    misfit: (value, { cpus }) => findMissingCpus(value, cpus),
    files: [bootFiles.tickless],
    fromLog: true,
    find: readOffloadedCpus,
    expect: expectOffloaded,
    probe: "the kernel's log: Offload RCU callbacks from CPUs",
  }),
  defineHostBoot<boolean>({
    key: 'rcu_nocb_poll',
    summary: 'Whether the threads that run moved RCU callbacks poll for them instead of being woken.',
    schema: onOff,
    accepted: acceptedOnOff,
    versions: 'every Linux with CONFIG_RCU_NOCB_CPU; a flag: the =1 of the thesis is accepted and ignored',
    replacedBy: 'nothing: TuneD took it out of its profiles',
    effect: better,
    risk: 'The polling threads keep the housekeeping CPUs awake. Nothing polls where no CPU is offloaded.',
    source,
    boot: (value) => ({ words: value ? ['rcu_nocb_poll'] : [] }),
    fromLog: true,
    find: readCallbackPolling,
    expect: formatSwitch,
    probe: "the kernel's log: Poll for callbacks from no-CBs CPUs",
  }),
  defineHostBoot<string>({
    key: 'irqaffinity',
    summary: 'CPUs of the host that handle interrupts: those that are not isolated.',
    schema: linuxList,
    accepted,
    versions: 'every Linux; the thesis had none, so that interrupts came to its isolated CPUs',
    effect: better,
    risk: "The CPU that boots, 0, is always added. Managed interrupts of a card's queues follow the queues instead.",
    source,
    misfit: includeFirst,
    files: [bootFiles.interrupts],
    find: ({ files }) => readMask(files[bootFiles.interrupts], `no ${bootFiles.interrupts}`),
    probe: bootFiles.interrupts,
  }),
  defineHostBoot<string>({
    key: 'workqueue.unbound_cpus',
    summary: 'CPUs of the host on which the kernel does its unbound work, such as writing back.',
    schema: linuxList,
    accepted,
    versions: 'Linux 6.5 and newer; isolcpus and nohz_full keep that work off their CPUs by themselves',
    effect: better,
    risk: 'An older kernel passes over the word without a sound.',
    source: 'Linux Documentation/admin-guide/kernel-parameters.txt, workqueue.unbound_cpus',
    misfit: (value, { cpus }) => findMissingCpus(value, cpus),
    files: [boundsFile],
    find: ({ files }) => readMask(files[boundsFile], `no ${boundsFile}`),
    probe: boundsFile,
  }),
  defineHostBoot<string>({
    key: 'kthread_cpus',
    summary: 'CPUs of the host on which threads of the kernel start that are bound to none.',
    schema: linuxList,
    accepted,
    versions: 'kernels of StarlingX and some others; Linux itself does not have it, and Debian neither (seen on 6.1)',
    replacedBy: 'host-boot.isolcpus or host-boot.nohz_full, which keep such threads away by themselves since Linux 5.9',
    effect: better,
    risk: 'A kernel that does not know it gives the word to init.',
    source: 'kernel thread isolation patches of 2020; kernel/kthread.c, housekeeping_cpumask',
    misfit: (value, { cpus }) => findMissingCpus(value, cpus),
    files: [creatorFile],
    find: ({ files }) => /^Cpus_allowed_list:\s*(\S+)/m.exec(files[creatorFile] ?? '')?.[1] ?? `no ${creatorFile}`,
    probe: `${creatorFile}, the thread that starts the others: Cpus_allowed_list`,
  }),
] as const;
