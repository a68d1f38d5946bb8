import * as z from 'zod';
import { bytes, describeSysctl } from './network-sysctls.ts';
import { acceptedOnOff, onOff } from './on-off.ts';

const microseconds = z.int().min(0).max(1_000_000);

/** Settings of a whole machine: a virtual machine has them for itself, a container shares those of its host. */
export const machineSysctls = [
  describeSysctl<number>({
    key: 'net.core.busy_poll',
    summary: 'Microseconds for which poll and select look for packets at the device themselves before they sleep.',
    schema: microseconds,
    accepted: 'a whole number of microseconds from 0 to 1000000, such as 50',
    effect: { latency: 'better', bandwidth: 'none', jitter: 'better' },
    risk: 'Burns the CPU while it waits. PREEMPT_RT kernels do not have it.',
  }),
  describeSysctl<number>({
    key: 'net.core.busy_read',
    summary: 'Microseconds for which a blocking read looks for packets at the device itself before it sleeps.',
    schema: microseconds,
    accepted: 'a whole number of microseconds from 0 to 1000000, such as 50',
    effect: { latency: 'better', bandwidth: 'none', jitter: 'better' },
    risk: 'Burns the CPU while it waits, on one virtual CPU that of the server too. PREEMPT_RT kernels do not have it.',
  }),
  describeSysctl<number>({
    key: 'net.core.rmem_max',
    summary: 'Largest receive buffer that a program may ask for.',
    schema: bytes,
    accepted: 'a whole number of bytes from 1 to 2147483647, such as 16777216',
    effect: { latency: 'none', bandwidth: 'depends', jitter: 'none' },
    risk: "TCP's autotuning has its own limit, net.ipv4.tcp_rmem: this one is for programs that set SO_RCVBUF.",
  }),
  describeSysctl<number>({
    key: 'net.core.wmem_max',
    summary: 'Largest send buffer that a program may ask for.',
    schema: bytes,
    accepted: 'a whole number of bytes from 1 to 2147483647, such as 16777216',
    effect: { latency: 'none', bandwidth: 'depends', jitter: 'none' },
    risk: "TCP's autotuning has its own limit, net.ipv4.tcp_wmem: this one is for programs that set SO_SNDBUF.",
  }),
  describeSysctl<number>({
    key: 'net.core.netdev_max_backlog',
    summary: 'Packets that may wait for the protocol stack on each CPU.',
    schema: z.int().min(1).max(1_000_000),
    accepted: 'a whole number of packets from 1 to 1000000, such as 10000',
    effect: { latency: 'none', bandwidth: 'none', jitter: 'none' },
    risk: 'A device with NAPI such as virtio-net does not use this queue unless packets are steered to other CPUs.',
  }),
  describeSysctl<number>({
    key: 'net.core.netdev_budget',
    summary: 'Packets that one round of receiving may take before others get the CPU.',
    schema: z.int().min(1).max(100_000),
    accepted: 'a whole number of packets from 1 to 100000, such as 600',
    effect: { latency: 'depends', bandwidth: 'better', jitter: 'depends' },
    risk: 'A long round delays the programs that wait for the packets.',
  }),
  describeSysctl<number>({
    key: 'kernel.sched_rt_runtime_us',
    summary: 'Microseconds of each period that real-time tasks may run; -1 for all.',
    schema: z.int().min(-1).max(1_000_000),
    accepted: 'a whole number of microseconds from -1 to 1000000, such as 950000',
    effect: { latency: 'none', bandwidth: 'none', jitter: 'better' },
    risk: 'At -1 a real-time task that never sleeps stops the whole guest.',
  }),
  describeSysctl<boolean>({
    key: 'kernel.timer_migration',
    summary: 'Whether timers of idle CPUs move to busy ones.',
    schema: onOff,
    accepted: acceptedOnOff,
    effect: { latency: 'none', bandwidth: 'none', jitter: 'depends' },
    risk: 'Off keeps timers of others away from busy CPUs and wakes idle ones for it.',
  }),
  describeSysctl<boolean>({
    key: 'kernel.watchdog',
    summary: 'Whether the kernel watches every CPU for a task that does not let go of it.',
    schema: onOff,
    accepted: acceptedOnOff,
    effect: { latency: 'none', bandwidth: 'none', jitter: 'worse' },
    risk: 'Off, a guest that hangs says nothing on its console. With nohz_full those CPUs are not watched anyway.',
  }),
  describeSysctl<number>({
    key: 'vm.stat_interval',
    summary: 'Seconds between two updates of the memory statistics, which interrupt every CPU.',
    schema: z.int().min(1).max(3600),
    accepted: 'a whole number of seconds from 1 to 3600, such as 10',
    effect: { latency: 'none', bandwidth: 'none', jitter: 'better' },
    risk: 'Statistics of the guest are as old as that.',
  }),
] as const;
