import * as z from 'zod';
import { bootFiles, readChoice, readClock, readIdlePolling, readTsc } from '../boot-readings.ts';
import { notHere } from '../host-setting.ts';
import type { Parameter } from '../parameter.ts';
import type { Reading } from '../reading.ts';
import { defineHostBoot, type HostBootReadings } from './define-host-boot.ts';

const kernelParameters = 'Linux Documentation/admin-guide/kernel-parameters.txt';
const stateFiles = '/sys/devices/system/cpu/cpu0/cpuidle/*/name';
const powerFile = '/sys/module/pcie_aspm/parameters/policy';

/** State 0 spins; a driver that is limited to 1 has state 1 beside it, and 0 is read as 1. */
function readIdleStates(value: number, { files }: HostBootReadings): Reading {
  const states = Object.entries(files).flatMap(([path, name]) => {
    const number = /\/cpuidle\/state(\d+)\/name$/.exec(path)?.[1];
    return number === undefined ? [] : [{ number: Number(number), name }];
  });
  const driver = files[bootFiles.idleDriver]?.trim() ?? 'none';
  if (states.length === 0) return notHere(`the processors offer no idle states here (driver: ${driver})`);
  const deepest = Math.max(...states.map(({ number }) => number));
  return {
    found: `${driver}: ${states.map(({ name }) => name).join(', ')}`,
    inForce: deepest <= Math.max(1, value),
  };
}

/** `pcie_aspm=off` leaves what the firmware has set; the kernel then says so once, and the policy does not count. */
function readLinkPower({ log, files }: HostBootReadings): string {
  if (log.find(/(PCIe ASPM is disabled)/) !== null) return 'off';
  return readChoice(files[powerFile], `no ${powerFile}`);
}

interface Scaling {
  readonly key: 'intel_pstate' | 'amd_pstate';
  readonly vendor: string;
  readonly modes: readonly [string, ...string[]];
  readonly versions: string;
}

/** Absent and switched off look alike, and are: nothing drives the frequency by that driver. */
function defineScaling({ key, vendor, modes, versions }: Scaling): Parameter {
  const file = `/sys/devices/system/cpu/${key}/status`;
  return defineHostBoot<string>({
    key,
    summary: `What the driver ${key} does with the frequency of the processors.`,
    schema: z.enum(modes),
    accepted: modes.join(', '),
    versions,
    effect: { latency: 'depends', bandwidth: 'depends', jitter: 'depends' },
    risk: 'Which governors there are depends on it. disable hands the frequency to the ACPI driver, or to the firmware.',
    source: `${kernelParameters}, ${key}; Documentation/admin-guide/pm/${key}.rst`,
    files: [file, '/proc/cpuinfo'],
    find: ({ files }, value) => {
      const status = files[file]?.trim() ?? 'off';
      const own = files['/proc/cpuinfo']?.includes(vendor) === true;
      if (!own && value !== 'disable') return notHere(`${key} drives processors of another maker`);
      return status === 'off' ? 'disable' : status;
    },
    probe: file,
  });
}

export const hostBootIdle = [
  defineHostBoot<number>({
    key: 'max_cstate',
    summary: 'Deepest idle state of the processors of the host: 1 is the one that is left soonest.',
    schema: z.int().min(0).max(9),
    accepted: 'a whole number from 0 to 9',
    versions: 'every Linux: processor.max_cstate=N intel_idle.max_cstate=N',
    effect: { latency: 'better', bandwidth: 'depends', jitter: 'better' },
    risk: 'The processors stay warm, and those at work may lose their turbo.',
    source: 'Linux Documentation/admin-guide/pm/cpuidle.rst; takes the place of CPU_IDLE=n of the thesis, table 3.1',
    boot: (value) => ({ words: [`processor.max_cstate=${value}`, `intel_idle.max_cstate=${value}`] }),
    bootKeys: ['processor.max_cstate', 'intel_idle.max_cstate'],
    files: [stateFiles, bootFiles.idleDriver],
    find: (readings, value) => readIdleStates(value, readings),
    probe: `${stateFiles}: no state deeper than that`,
  }),
  defineHostBoot<string>({
    key: 'idle',
    summary: 'CPUs of the host that have nothing to do spin instead of sleeping.',
    schema: z.enum(['poll']),
    accepted: 'poll (halt and nomwait cannot be read back)',
    versions: 'every Linux for x86',
    replacedBy: 'host-boot.max_cstate, which lets them sleep lightly',
    effect: { latency: 'better', bandwidth: 'depends', jitter: 'better' },
    risk: 'All CPUs run hot for ever, busy ones lose their turbo, and threads of one core take from each other.',
    source: `${kernelParameters}, idle; arch/x86/kernel/process.c`,
    fromLog: true,
    find: readIdlePolling,
    probe: "the kernel's log: using polling idle threads",
  }),
  defineScaling({
    key: 'intel_pstate',
    vendor: 'GenuineIntel',
    modes: ['disable', 'passive', 'active'],
    versions: 'Linux 3.9 and newer, passive since 4.8; processors of Intel',
  }),
  defineScaling({
    key: 'amd_pstate',
    vendor: 'AuthenticAMD',
    modes: ['disable', 'passive', 'active', 'guided'],
    versions: 'Linux 5.17 and newer, active since 6.3, guided since 6.4; processors of AMD since Zen 2',
  }),
  defineHostBoot<string>({
    key: 'tsc',
    summary: "Whether the host trusts the processors' time stamp counter.",
    schema: z.enum(['reliable', 'unstable']),
    accepted: 'reliable or unstable',
    versions: 'reliable since Linux 2.6.27, unstable since 4.13',
    effect: { latency: 'better', bandwidth: 'better', jitter: 'better' },
    risk: 'A counter that is trusted although it is wrong makes every time wrong, those of the guests too.',
    source: `${kernelParameters}, tsc; arch/x86/kernel/tsc.c`,
    changesFacts: ['host.cpu.clocksource'],
    files: [bootFiles.clocks],
    fromLog: true,
    find: readTsc,
    probe: `the kernel's log, "Marking TSC unstable", and ${bootFiles.clocks}`,
  }),
  defineHostBoot<string>({
    key: 'clocksource',
    summary: 'The clock from which the host takes the time.',
    schema: z.enum(['tsc', 'hpet', 'acpi_pm']),
    accepted: 'tsc, hpet or acpi_pm',
    versions: 'every Linux for x86',
    effect: { latency: 'depends', bandwidth: 'depends', jitter: 'depends' },
    risk: 'hpet and acpi_pm are slow to read. A clock that the machine does not have is passed over.',
    source: `${kernelParameters}, clocksource`,
    changesFacts: ['host.cpu.clocksource'],
    files: [bootFiles.clock],
    find: readClock,
    probe: bootFiles.clock,
  }),
  defineHostBoot<string>({
    key: 'pcie_aspm',
    summary:
      "How far the host lets idle PCI Express links sleep: off keeps the firmware's setting, performance no sleep.",
    schema: z.enum(['off', 'performance']),
    accepted: 'off or performance',
    versions: 'Linux 2.6.26 and newer: pcie_aspm=off, or pcie_aspm.policy=performance',
    effect: { latency: 'better', bandwidth: 'none', jitter: 'better' },
    risk: 'off does not wake a link that the firmware lets sleep; performance does.',
    source: `${kernelParameters}, pcie_aspm; drivers/pci/pcie/aspm.c`,
    boot: (value) => ({ words: [value === 'off' ? 'pcie_aspm=off' : 'pcie_aspm.policy=performance'] }),
    bootKeys: ['pcie_aspm', 'pcie_aspm.policy'],
    files: [powerFile],
    fromLog: true,
    find: readLinkPower,
    probe: `the kernel's log, "PCIe ASPM is disabled", and ${powerFile}`,
  }),
] as const;
