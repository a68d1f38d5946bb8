import * as z from 'zod';
import { formatCpuList, parseCpuList } from '../cpu-list.ts';
import { defineParameter } from '../define-parameter.ts';
import { findMissingCpus, linuxList } from '../linux-list.ts';
import type { Parameter } from '../parameter.ts';
import type { ParameterCommand } from '../parameter-command.ts';
import type { QemuThread, QemuThreadReading } from '../qemu-part.ts';
import type { Reading } from '../reading.ts';
import { describeScheduling, fifo } from '../scheduling.ts';

const pin = (thread: QemuThread, cpus: string): ParameterCommand => ({
  program: 'taskset',
  args: ['--pid', '--cpu-list', cpus, String(thread.id)],
});

const common = {
  layer: 'guest',
  schema: linuxList,
  replacedBy: null,
  switching: 'deployment',
  changesFacts: [],
} as const satisfies Partial<Parameter<string>>;

export const qemuVcpuPin = defineParameter<string>({
  ...common,
  name: 'guest.qemu.vcpu.pin',
  summary: 'The CPUs of the host on which the virtual CPUs run, one for each: the first on the lowest.',
  accepted: 'a Linux CPU list such as 1, "2-3" or [1, 3], with as many CPUs as the guest has',
  versions: 'every QEMU since 2.12 tells its threads by query-cpus-fast; the thesis ran all of QEMU under taskset',
  effect: { latency: 'depends', bandwidth: 'depends', jitter: 'better' },
  risk:
    'Where client and guest share a CPU answers come sooner and bandwidth falls; always say the placement. A list for all ' +
    'virtual CPUs together would pile them up on the first where CPUs are isolated: here each gets its own.',
  source: 'sched_setaffinity(2), taskset(1); QEMU QMP reference, query-cpus-fast; seen with isolcpus on Linux 6.1',
  misfit: (value, { cpus }) => findMissingCpus(value, cpus),
  probe: '/proc/PID/task/TID Cpus_allowed_list and last CPU of the threads that query-cpus-fast names',
  qemu: {
    settings: (value) => ({ pinnedTo: parseCpuList(value) }),
    commands: (value, { threads }) => {
      const cpus = parseCpuList(value);
      return threads.flatMap((thread) => {
        const cpu = thread.vcpu === null ? undefined : cpus[thread.vcpu];
        return cpu === undefined ? [] : [pin(thread, String(cpu))];
      });
    },
    read: (value, { host: { threads } }) => readPinning(parseCpuList(value), threads),
  },
});

/** Each on its own CPU: both what it may use and where it really was, since a list that is obeyed can still pile up. */
function readPinning(cpus: readonly number[], threads: readonly QemuThreadReading[]): Reading {
  const vcpus = threads.filter(({ role }) => role === 'vcpu');
  if (vcpus.length === 0) return { found: 'no thread of a virtual CPU', inForce: false };
  const used = new Set(vcpus.map(({ lastCpu }) => lastCpu));
  const piled = vcpus.length > 1 && used.size === 1 ? `, all on CPU ${[...used][0]}` : '';
  return {
    found: vcpus.map(describePlace).join('; ') + piled,
    inForce:
      vcpus.length === cpus.length &&
      vcpus.every(({ vcpu, cpusAllowed, lastCpu }) => {
        const cpu = cpus[vcpu ?? -1];
        return cpusAllowed === String(cpu) && lastCpu === cpu;
      }),
  };
}

function describePlace({ name, cpusAllowed, lastCpu }: QemuThreadReading): string {
  return `${name} may run on ${cpusAllowed}, ran on ${lastCpu}`;
}

interface Group extends Pick<Parameter, 'name' | 'summary' | 'versions' | 'risk' | 'effect' | 'source'> {
  readonly role: QemuThread['role'];
  /** What to say when there is none. */
  readonly absent: string;
}

function definePin({ role, absent, ...texts }: Group): Parameter {
  return defineParameter<string>({
    ...common,
    ...texts,
    accepted: 'a Linux CPU list such as 0, "0-1" or [0, 2]',
    misfit: (value, { cpus }) => findMissingCpus(value, cpus),
    probe: `/proc/PID/task/TID Cpus_allowed_list of ${role === 'vhost' ? 'the vhost workers' : 'the threads that are no virtual CPU'}`,
    qemu: {
      commands: (value, { threads }) =>
        threads.filter((thread) => thread.role === role).map((thread) => pin(thread, value)),
      read: (value, { host: { threads } }) => {
        const own = threads.filter((thread) => thread.role === role);
        return {
          found: own.map(({ name, cpusAllowed }) => `${name} may run on ${cpusAllowed}`).join('; ') || absent,
          inForce: own.length > 0 && own.every(({ cpusAllowed }) => isSameList(cpusAllowed, value)),
        };
      },
    },
  });
}

function isSameList(found: string, wanted: string): boolean {
  return /^\d/.test(found) && formatCpuList(parseCpuList(found)) === wanted;
}

function definePriority({ role, absent, ...texts }: Group): Parameter {
  return defineParameter<number>({
    ...common,
    ...texts,
    schema: z.int().min(1).max(99),
    accepted: 'a whole number from 1 to 99: a priority of SCHED_FIFO',
    misfit: () => null,
    probe: `/proc/PID/task/TID/stat, policy and rt_priority of ${role === 'vcpu' ? 'the threads that query-cpus-fast names' : 'the threads that are no virtual CPU'}`,
    qemu: {
      commands: (value, { threads }) =>
        threads
          .filter((thread) => thread.role === role)
          .map(({ id }) => ({ program: 'chrt', args: ['--fifo', '--pid', String(value), String(id)] })),
      read: (value, { host: { threads } }) => {
        const own = threads.filter((thread) => thread.role === role);
        return {
          found: own.map(describeScheduling).join(', ') || absent,
          inForce: own.length > 0 && own.every(({ policy, priority }) => policy === fifo && priority === value),
        };
      },
    },
  });
}

const throttled =
  'A thread that never sleeps starves whatever shares its CPU. Real time is throttled at 0.95 s of each second unless ' +
  'sched_rt_runtime_us says otherwise.';

export const qemuThreads = [
  definePriority({
    name: 'guest.qemu.vcpu.priority',
    role: 'vcpu',
    absent: 'no thread of a virtual CPU',
    summary: 'Real-time priority (SCHED_FIFO) of the threads that run the virtual CPUs.',
    versions: "every QEMU; libvirt's vcpusched, 1 in its guide to real time",
    effect: { latency: 'better', bandwidth: 'depends', jitter: 'better' },
    risk: `${throttled} Give each a CPU of its own.`,
    source: 'sched(7), chrt(1); libvirt real-time guide',
  }),
  definePin({
    name: 'guest.qemu.emulator.pin',
    role: 'emulator',
    absent: 'no other thread',
    summary:
      "The CPUs of the host on which QEMU's other threads run: its main loop, which moves the packets without vhost.",
    versions: "every QEMU; libvirt's emulatorpin",
    effect: { latency: 'depends', bandwidth: 'depends', jitter: 'better' },
    risk:
      'Without vhost every packet passes these threads: on a CPU that is busy they cost more than they spare the virtual ' +
      'CPUs. Several isolated CPUs are as good as the first of them.',
    source: 'sched_setaffinity(2), taskset(1); libvirt real-time guide',
  }),
  definePriority({
    name: 'guest.qemu.emulator.priority',
    role: 'emulator',
    absent: 'no other thread',
    summary: "Real-time priority (SCHED_FIFO) of QEMU's other threads.",
    versions: "every QEMU; libvirt's emulatorsched since 7.2",
    effect: { latency: 'better', bandwidth: 'depends', jitter: 'better' },
    risk: `${throttled} Not above the priority of the virtual CPUs they wait as long as a guest on the same CPU is busy, the monitor too.`,
    source: 'sched(7), chrt(1)',
  }),
  definePin({
    name: 'guest.qemu.vhost.pin',
    role: 'vhost',
    absent: 'no vhost worker: guest.qemu.net.vhost is off, or the kernel has none',
    summary: "The CPUs of the host on which the kernel's workers of the guest's network run.",
    versions: 'kernel threads vhost-PID; threads of QEMU itself since Linux 6.4',
    effect: { latency: 'depends', bandwidth: 'depends', jitter: 'better' },
    risk: 'With isolated CPUs they must be named, because they inherit nothing useful from where QEMU was started.',
    source: 'taskset(1); Linux kernel/vhost_task.c',
  }),
];
