import * as z from 'zod';
import { buildFilePart } from '../host-file.ts';
import { findMissingCpus, linuxList } from '../linux-list.ts';
import { machineSysctls } from '../machine-sysctls.ts';
import {
  bytes,
  describeSysctl,
  documentSysctl,
  formatSysctl,
  networkSysctls,
  type Sysctl,
} from '../network-sysctls.ts';
import { acceptedOnOff, onOff } from '../on-off.ts';
import type { MachineLimits } from '../parameter.ts';
import { defineHostParameter } from './host-parameter.ts';

/** What only a host has, or what only a host would be tuned for. */
const hostOnly = [
  describeSysctl<string>({
    key: 'net.core.default_qdisc',
    summary: 'Queueing discipline of interfaces that come up from now on.',
    schema: z.string().regex(/^[a-z0-9_]{1,15}$/),
    accepted: 'the name of a queueing discipline that the kernel has, such as fq, fq_codel or pfifo_fast',
    effect: { latency: 'depends', bandwidth: 'depends', jitter: 'depends' },
    risk:
      'Reaches the interface under test when it is brought up for a run, and taps; a veth has none. One that the ' +
      'kernel lacks is refused when it is set.',
    changesFacts: ['host.qdisc.wire'],
  }),
  describeSysctl<number>({
    key: 'net.core.netdev_budget_usecs',
    summary: 'Microseconds that one round of receiving may take before others get the CPU.',
    schema: z.int().min(1).max(1_000_000),
    accepted: 'a whole number of microseconds from 1 to 1000000, such as 8000',
    effect: { latency: 'depends', bandwidth: 'better', jitter: 'depends' },
    risk: 'A long round delays the programs that wait for the packets.',
  }),
  describeSysctl<number>({
    key: 'net.core.dev_weight',
    summary: 'Packets that one interface may hand over before the next one gets its turn.',
    schema: z.int().min(1).max(1000),
    accepted: 'a whole number of packets from 1 to 1000, such as 64',
    effect: { latency: 'depends', bandwidth: 'depends', jitter: 'depends' },
    risk: 'Drivers with NAPI have a weight of their own: without effect on those unless packets are steered to other CPUs.',
  }),
  describeSysctl<number>({
    key: 'net.core.rmem_default',
    summary: 'Receive buffer of a socket that asks for none; TCP has its own.',
    schema: bytes,
    accepted: 'a whole number of bytes from 1 to 2147483647, such as 212992',
    effect: { latency: 'none', bandwidth: 'better', jitter: 'none' },
    risk: 'A short one loses packets of a burst of UDP, a long one lets them grow old.',
  }),
  describeSysctl<number>({
    key: 'net.core.wmem_default',
    summary: 'Send buffer of a socket that asks for none; TCP has its own.',
    schema: bytes,
    accepted: 'a whole number of bytes from 1 to 2147483647, such as 212992',
    effect: { latency: 'none', bandwidth: 'better', jitter: 'none' },
    risk: 'A long one lets packets wait in the host before they are sent.',
  }),
  describeSysctl<number>({
    key: 'net.core.rps_sock_flow_entries',
    summary:
      'Flows that the host remembers, to bring packets to the CPU of the program that reads them (RFS); 0 is off.',
    schema: z.int().min(0).max(1_048_576),
    accepted: 'a power of two up to 1048576, or 0 for off',
    effect: { latency: 'depends', bandwidth: 'depends', jitter: 'depends' },
    risk: 'Does nothing before the receive queues have entries as well. The kernel rounds up to a power of two.',
  }),
  describeSysctl<boolean>({
    key: 'kernel.nmi_watchdog',
    summary: 'Whether a counter of each processor interrupts it now and then to see whether it still lives.',
    schema: onOff,
    accepted: acceptedOnOff,
    effect: { latency: 'none', bandwidth: 'none', jitter: 'worse' },
    risk: 'Off, a processor that hangs with interrupts disabled says nothing. A host without such counters has it off.',
  }),
  describeSysctl<boolean>({
    key: 'kernel.soft_watchdog',
    summary: 'Whether the kernel watches every CPU for a task that does not let go of it.',
    schema: onOff,
    accepted: acceptedOnOff,
    effect: { latency: 'none', bandwidth: 'none', jitter: 'worse' },
    risk: 'Off, a host that hangs says nothing on its console. With nohz_full those CPUs are not watched anyway.',
  }),
  describeSysctl<string>({
    key: 'kernel.watchdog_cpumask',
    summary: 'CPUs that the watchdogs of the kernel look after.',
    schema: linuxList,
    accepted: 'a Linux CPU list such as 0, "0-1" or [0, 2]',
    effect: { latency: 'none', bandwidth: 'none', jitter: 'better' },
    risk: 'What hangs on another CPU goes unnoticed. With nohz_full those CPUs are left out from the start.',
  }),
  describeSysctl<boolean>({
    key: 'kernel.numa_balancing',
    summary:
      'Whether the kernel moves memory to the node where it is used, for which it takes pages away now and then.',
    schema: onOff,
    accepted: acceptedOnOff,
    effect: { latency: 'depends', bandwidth: 'depends', jitter: 'worse' },
    risk: 'Off, what is not bound to a node stays where it was made.',
  }),
  describeSysctl<boolean>({
    key: 'kernel.sched_autogroup_enabled',
    summary: 'Whether the scheduler shares the CPUs out among sessions first and among their processes second.',
    schema: onOff,
    accepted: acceptedOnOff,
    effect: { latency: 'depends', bandwidth: 'none', jitter: 'depends' },
    risk: 'On, a nice value counts inside its session only.',
  }),
  describeSysctl<number>({
    key: 'kernel.hung_task_timeout_secs',
    summary: 'Seconds after which the kernel complains of a task that waits without end; 0 is never.',
    schema: z.int().min(0).max(86_400),
    accepted: 'a whole number of seconds from 0 to 86400, such as 600',
    effect: { latency: 'none', bandwidth: 'none', jitter: 'none' },
    risk: 'A long one hides a hanging disk or network file system for as long.',
  }),
  describeSysctl<number>({
    key: 'kernel.randomize_va_space',
    summary: 'Whether programs are laid out in memory at random: 0 not, 1 without the heap, 2 wholly.',
    schema: z.int().min(0).max(2),
    accepted: 'a whole number from 0 to 2',
    effect: { latency: 'none', bandwidth: 'none', jitter: 'depends' },
    risk: '0 makes every start alike and attacks easier: only for a laboratory.',
  }),
  describeSysctl<number>({
    key: 'vm.swappiness',
    summary: 'How readily the kernel swaps out memory of programs rather than files it could read again.',
    schema: z.int().min(0).max(200),
    accepted: 'a whole number from 0 to 200, such as 10',
    effect: { latency: 'none', bandwidth: 'none', jitter: 'depends' },
    risk: 'Without effect while there is memory, or where there is no swap.',
  }),
] as const;

/** Of the settings of a network namespace those that new namespaces take over from the host. */
const inherited: Readonly<Record<string, readonly string[]>> = {
  'net.ipv4.tcp_congestion_control': ['host.tcp.congestion_control', 'guest.tcp.congestion_control'],
  'net.ipv4.tcp_rmem': [],
  'net.ipv4.tcp_wmem': [],
};

const handedOn = networkSysctls.flatMap((sysctl: Sysctl): Sysctl[] => {
  const changesFacts = inherited[sysctl.key];
  if (changesFacts === undefined) return [];
  const summary = `${sysctl.summary.replace(' that the guest opens or accepts', '').replace(/\.$/, '')}: what new network namespaces, and so containers, start with.`;
  return [{ ...sysctl, summary, changesFacts }];
});

/** Texts that speak of a guest in the list of what machines have. */
const hostRisks: Readonly<Record<string, string>> = {
  'net.core.busy_read': 'Burns the CPU while it waits. Without effect on a veth. PREEMPT_RT kernels do not have it.',
  'net.core.busy_poll': 'Burns the CPU while it waits. Without effect on a veth. PREEMPT_RT kernels do not have it.',
  'net.core.netdev_max_backlog': 'A device with NAPI does not use this queue; a veth without GRO and a bridge do.',
  'kernel.sched_rt_runtime_us': 'At -1 a real-time task that never sleeps stops the whole host.',
  'vm.stat_interval': 'Statistics of the host are as old as that.',
};

const ownMisfits: Readonly<Record<string, (value: string, limits: MachineLimits) => string | null>> = {
  'kernel.watchdog_cpumask': (value, { cpus }) => findMissingCpus(value, cpus),
};

function defineSysctl({ key, namespacedSince: _, ...texts }: Sysctl) {
  const path = `/proc/sys/${key.replaceAll('.', '/')}`;
  const misfit = ownMisfits[key];
  return defineHostParameter({
    ...texts,
    risk: hostRisks[key] ?? texts.risk,
    versions: 'Linux 4.12 and newer, where the kernel of the host has it',
    name: `sysctl.${key}`,
    source: documentSysctl(key),
    ...(misfit === undefined ? {} : { misfit: (value, limits) => misfit(String(value), limits) }),
    probe: path,
    host: buildFilePart({
      path,
      missing: `the kernel of this host has no ${key}`,
      // It prints lists with tabs.
      parse: (text) => text.replaceAll(/\s+/g, ' '),
      wanted: formatSysctl,
    }),
  });
}

/** On a host the two watchdogs are set one by one: switched on together, one comes on that may have been off before. */
const shared = machineSysctls.filter(({ key }) => key !== 'kernel.watchdog');

export const hostSysctls = [...shared, ...hostOnly, ...handedOn].map(defineSysctl);
