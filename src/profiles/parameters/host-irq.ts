import { formatCpuList, parseCpuList } from '../cpu-list.ts';
import { formatCpuMask, parseCpuMask } from '../cpu-mask.ts';
import { buildFilePart } from '../host-file.ts';
import { cpus, defineHostParameter } from './host-parameter.ts';

/** Files that hold a mask in hexadecimal, where requests are lists. */
const mask = {
  parse: (text: string) => formatCpuList(parseCpuMask(text)),
  print: (list: string) => formatCpuMask(parseCpuList(list)),
};

const defaultAffinity = defineHostParameter<string>({
  ...cpus,
  name: 'irq.default-affinity',
  summary: 'CPUs that handle interrupts which are asked for from now on.',
  versions: 'Linux 2.6 and newer; host-boot.irqaffinity does it for all from the start',
  effect: { latency: 'depends', bandwidth: 'depends', jitter: 'better' },
  risk: 'Interrupts that exist already stay where they are: those of the interface under test by host.nic.irq-affinity.',
  source: 'Linux Documentation/core-api/irq/irq-affinity.rst',
  probe: '/proc/irq/default_smp_affinity',
  host: buildFilePart({
    path: '/proc/irq/default_smp_affinity',
    missing: 'the kernel of this host has no default for interrupts',
    ...mask,
  }),
});

// By its name before host.cpu.partition, which takes its CPUs out of this list for as long as it stands.
const deferredWork = defineHostParameter<string>({
  ...cpus,
  name: 'cpu.deferred-work',
  summary: 'CPUs that do work which the kernel puts off and binds to no CPU.',
  versions: 'Linux 4.1 and newer; isolcpus and nohz_full at boot take the others out by themselves',
  effect: { latency: 'none', bandwidth: 'none', jitter: 'better' },
  risk: 'Work that is bound to a CPU stays on it. CPUs of host.cpu.partition are taken out of it by the kernel (6.9 and newer).',
  source: 'Linux Documentation/core-api/workqueue.rst; TuneD cpu-partitioning',
  probe: '/sys/devices/virtual/workqueue/cpumask',
  host: buildFilePart({
    path: '/sys/devices/virtual/workqueue/cpumask',
    missing: 'the kernel of this host does not say where its work is done',
    ...mask,
  }),
});

export const hostIrqParameters = [defaultAffinity, deferredWork];
