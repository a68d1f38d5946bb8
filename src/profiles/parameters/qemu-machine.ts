import * as z from 'zod';
import { defineParameter } from '../define-parameter.ts';
import { acceptedOnOff, onOff } from '../on-off.ts';

export const qemuVcpuCount = defineParameter<number>({
  name: 'guest.qemu.vcpu.count',
  layer: 'guest',
  summary: 'How many virtual CPUs the guest has.',
  schema: z.int().min(1).max(255),
  accepted: 'a whole number from 1 to the CPUs of the machine',
  versions: 'every QEMU; 1 where a profile does not say',
  replacedBy: null,
  switching: 'deployment',
  effect: { latency: 'depends', bandwidth: 'depends', jitter: 'depends' },
  risk:
    'The server needs one; a second takes the interrupts and the kernel, and its wake-ups cost exits. libvirt advises two ' +
    'or more for real time: one keeps house.',
  source: 'QEMU system emulation manual, -smp; libvirt real-time guide',
  changesFacts: ['guest.qemu.cpus', 'guest.cpu.online'],
  misfit: (value, { cpus }) =>
    value <= cpus.length ? null : `this machine has ${cpus.length} CPUs, accepted is from 1 to ${cpus.length}`,
  probe: "QEMU's monitor, query-cpus-fast",
  qemu: {
    settings: (value) => ({ cpus: value }),
    read: (value, { host: { threads } }) => {
      const count = threads.filter(({ role }) => role === 'vcpu').length;
      return { found: `${count} threads of virtual CPUs`, inForce: count === value };
    },
  },
});

export const qemuCpuModel = defineParameter<string>({
  name: 'guest.qemu.cpu.model',
  layer: 'guest',
  summary: 'The model of the virtual CPUs.',
  schema: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,60}$/),
  accepted: 'a model that `qemu-system-x86_64 -cpu help` lists, such as max, host or Skylake-Server',
  versions: 'every QEMU; max where a profile does not say, which is the same as host under KVM',
  replacedBy: null,
  switching: 'deployment',
  effect: { latency: 'depends', bandwidth: 'depends', jitter: 'depends' },
  risk:
    'An old model takes away instructions, the TSC deadline timer among them, and makes the kernel work around faults that ' +
    'the CPU does not have. host needs KVM.',
  source: 'QEMU system emulation manual, CPU models',
  changesFacts: [],
  misfit: () => null,
  probe: "QEMU's monitor, type of the first virtual CPU's object",
  qemu: {
    settings: (value) => ({ cpuModel: value }),
    read: (value, { host: { cpuType } }) => {
      const model = cpuType.replace(/-x86_64-cpu$/, '');
      // Models have versions: the newest of them stands behind the name.
      return { found: model, inForce: model === value || model.replace(/-v\d+$/, '') === value };
    },
  },
});

export const qemuMachineType = defineParameter<string>({
  name: 'guest.qemu.machine.type',
  layer: 'guest',
  summary: 'The board that QEMU gives the guest.',
  schema: z.string().regex(/^(q35|pc|pc-(q35|i440fx)-\d{1,2}\.\d{1,2})$/),
  accepted: 'q35 or pc, or one with its version such as pc-q35-7.2',
  versions: 'q35 where a profile does not say; versioned types are deprecated after 3 years and gone after 6',
  replacedBy: null,
  switching: 'deployment',
  effect: { latency: 'none', bandwidth: 'none', jitter: 'none' },
  risk: 'pc has no PCI Express: its interrupts take another way.',
  source: 'QEMU system emulation manual, -machine; QEMU deprecated features',
  changesFacts: [],
  misfit: () => null,
  probe: "QEMU's monitor, qom-get of the machine's type, query-machines for what an alias stands for",
  qemu: {
    settings: (value) => ({ machine: { type: value } }),
    read: (value, { host: { machine } }) => ({
      found: machine.alias === null ? machine.type : `${machine.type} (${machine.alias})`,
      inForce: machine.type === value || machine.alias === value,
    }),
  },
});

export const qemuHpet = defineParameter<boolean>({
  name: 'guest.qemu.machine.hpet',
  layer: 'guest',
  summary: 'Whether the guest has a high precision event timer.',
  schema: onOff,
  accepted: acceptedOnOff,
  versions: '-machine hpet=off since QEMU 5.2; the -no-hpet of older scripts is gone since 10.0',
  replacedBy: null,
  switching: 'deployment',
  effect: { latency: 'worse', bandwidth: 'none', jitter: 'worse' },
  risk: 'Off leaves the guest its local APIC timer and kvm-clock, which is what it should use; every access to an HPET leaves the guest.',
  source: 'QEMU system emulation manual, -machine; libvirt real-time guide',
  changesFacts: [],
  misfit: () => null,
  probe: "QEMU's monitor, qom-get machine hpet",
  qemu: {
    settings: (value) => ({ machine: { properties: { hpet: value ? 'on' : 'off' } } }),
    read: (value, { host: { properties } }) => {
      const found = properties['machine.hpet'];
      return { found: found === true ? 'on' : found === false ? 'off' : 'no property hpet', inForce: found === value };
    },
  },
});

const tickPolicies = ['discard', 'delay'] as const;
type TickPolicy = (typeof tickPolicies)[number];

export const qemuTickPolicy = defineParameter<TickPolicy>({
  name: 'guest.qemu.pit.lost-tick-policy',
  layer: 'guest',
  summary: "What becomes of ticks of KVM's interval timer that the guest was too late for.",
  schema: z.enum(tickPolicies),
  accepted: 'discard or delay',
  versions: '-global kvm-pit.lost_tick_policy; -no-kvm-pit-reinjection, its older form, is gone since QEMU 3.0',
  replacedBy: null,
  switching: 'deployment',
  effect: { latency: 'none', bandwidth: 'none', jitter: 'better' },
  risk: 'A guest that counts ticks loses time with discard; Linux does not count them. A guest under TCG has no such timer.',
  source: 'QEMU, hw/i386/kvm/i8254.c; libvirt domain format, timer tickpolicy',
  changesFacts: [],
  misfit: () => null,
  probe: "QEMU's monitor, qom-get kvm-pit lost_tick_policy",
  qemu: {
    settings: (value) => ({ options: ['-global', `kvm-pit.lost_tick_policy=${value}`] }),
    read: (value, { host: { properties } }) => {
      const found = properties['kvm-pit.lost_tick_policy'];
      return typeof found === 'string'
        ? { found, inForce: found === value }
        : { found: 'the guest has no kvm-pit, as under TCG', inForce: null };
    },
  },
});
