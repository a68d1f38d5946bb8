import * as z from 'zod';
import { MeasurementError } from '../../errors.ts';
import { buildConfigCommand, parseConfig } from '../kernel-config.ts';
import { nameCommand } from '../name-command.ts';
import type { Effect, Parameter } from '../parameter.ts';
import type { Reading } from '../reading.ts';
import { defineHostBoot } from './define-host-boot.ts';

/** What a symbol of the kernel's configuration is today, and what it was asked for in 2015. */
interface Symbol {
  readonly summary: string;
  readonly versions: string;
  readonly replacedBy?: string;
  readonly risk?: string;
  /** On latency, bandwidth and jitter alike unless it has three. */
  readonly effect?: readonly [Effect, Effect, Effect];
}

const inert = 'None known: it changes nothing that a network test can see.';

/**
 * The symbols of the thesis's table 3.1. A distribution's kernel sets most of them already, and some are gone: the
 * table is here so that a profile of 2015 can be written down as it was, with what each row means now.
 */
const symbols: Readonly<Record<string, Symbol>> = {
  IKCONFIG: {
    summary: 'Whether the kernel carries its own configuration.',
    versions: 'every Linux; off in the cloud and rt kernels of Debian 12',
    replacedBy: '/boot/config-RELEASE, which every distribution installs',
  },
  IKCONFIG_PROC: {
    summary: 'Whether the kernel shows its configuration as /proc/config.gz.',
    versions: 'every Linux; off in the cloud and rt kernels of Debian 12',
    replacedBy: '/boot/config-RELEASE, which every distribution installs',
  },
  NO_HZ: {
    summary: 'Tickless idle, by its old name.',
    versions: 'an alias next to NO_HZ_COMMON, still there in 6.18',
    replacedBy: 'the choice of NO_HZ_IDLE and NO_HZ_FULL; every distribution has one of them',
  },
  NO_HZ_FULL: {
    summary: 'Whether CPUs that run one task can do without the timer tick.',
    versions: 'Linux 3.10 and newer; on in the kernels of Debian 12',
    replacedBy: 'host-boot.nohz_full: without that list the symbol does nothing',
    risk: 'Inert by itself: in a trial a busy CPU had 1080 ticks in 5 s with isolcpus alone, and none with nohz_full as well.',
    effect: ['better', 'none', 'better'],
  },
  HIGH_RES_TIMERS: {
    summary: 'Timers finer than the tick.',
    versions: 'every Linux; on in every distribution',
    effect: ['better', 'none', 'better'],
  },
  MCORE2: {
    summary: 'Code made for the Intel Core 2 and newer.',
    versions: 'until Linux 6.14; removed together with MK8 and MPSC in 6.15',
    replacedBy: 'nothing: generic x86-64 code, or X86_NATIVE_CPU from 6.16 on',
  },
  PREEMPT: {
    summary: 'Full preemption of the kernel, without real time.',
    versions: 'every Linux; from 7.0 on x86 offers full and lazy only',
    replacedBy: 'preempt= at boot where the kernel has PREEMPT_DYNAMIC, or a PREEMPT_RT kernel by host-boot.kernel',
    risk: 'On a PREEMPT_RT kernel the symbol is meaningless: the real-time model takes its place.',
    effect: ['better', 'worse', 'better'],
  },
  PREEMPT_RT_FULL: {
    summary: 'The real-time preemption of the rt patch, by its old name.',
    versions: 'rt patches until 5.2; PREEMPT_RT since 5.3, in the mainline kernel from 6.12 on',
    replacedBy: "host-boot.kernel with a distribution's PREEMPT_RT kernel, such as debian-6.12-rt",
    risk: 'A real-time kernel has no transparent huge pages: a guest without explicit ones loses them.',
    effect: ['depends', 'worse', 'better'],
  },
  HZ_100: {
    summary: 'A timer tick of 100 a second.',
    versions: 'every Linux; Debian has 250',
    replacedBy: 'host-boot.nohz_full, which takes the tick away altogether',
    effect: ['depends', 'better', 'better'],
  },
  HZ_250: {
    summary: 'A timer tick of 250 a second.',
    versions: "every Linux; Debian's choice",
    effect: ['depends', 'none', 'none'],
  },
  ACPI_DOCK: { summary: 'Docking stations.', versions: 'every Linux; off in the cloud kernel of Debian 12' },
  ACPI_PROCESSOR: {
    summary: 'Processor states by ACPI: idle, frequency, throttling.',
    versions: 'every Linux; on in every distribution',
    replacedBy: 'limits at run time: host.cpu.governor, and host-boot.max_cstate',
    risk: 'Off, the kernel cannot throttle, park or idle its processors, and the firmware decides: not to be repeated.',
    effect: ['depends', 'depends', 'better'],
  },
  CPU_FREQ: {
    summary: 'Control of the processor frequency.',
    versions: 'every Linux; on in every distribution',
    replacedBy: 'host.cpu.governor: performance',
    risk: 'Off, the frequency stays at whatever the firmware left: not to be repeated.',
    effect: ['depends', 'depends', 'better'],
  },
  CPU_IDLE: {
    summary: 'Control of idle states.',
    versions: 'every Linux; on in every distribution',
    replacedBy: 'host-boot.max_cstate: 1, or /dev/cpu_dma_latency held open',
    risk: 'Off, idle processors do what the firmware left them: not to be repeated.',
    effect: ['better', 'none', 'better'],
  },
  BRIDGE: { summary: "The kernel's bridge.", versions: 'every Linux; a module in every distribution' },
  INTEL_IOMMU: {
    summary: 'Driver of the IOMMU of Intel, which hands a device to a guest.',
    versions: 'every Linux; on in Debian',
  },
  IOMMU_DEFAULT_ON: {
    summary: 'The IOMMU in use without a boot parameter.',
    versions: 'never a symbol of that name; INTEL_IOMMU_DEFAULT_ON is meant, off in Debian 12',
    replacedBy: 'host-boot.iommu',
  },
  IRQ_REMAP: {
    summary: 'Remapping of interrupts, without which a device is handed to a guest only by an unsafe option.',
    versions: 'every Linux; on in Debian',
  },
  KVM: { summary: 'Hardware virtualisation.', versions: 'every Linux; a module in every distribution' },
  KVM_INTEL: { summary: 'Hardware virtualisation of Intel.', versions: 'every Linux; a module in every distribution' },
  RCU_NOCB_CPU: {
    summary: 'Whether RCU callbacks can be moved away from CPUs.',
    versions: 'every Linux; on in Debian',
    replacedBy: 'host-boot.rcu_nocbs or host-boot.nohz_full: without a list the symbol does nothing',
    effect: ['better', 'none', 'better'],
  },
};

/** `y`, `m` or `n`, as in the kernel's configuration file. */
const state = z.enum(['y', 'm', 'n']);

/** What replaced a symbol under another name; the reading of the new one is what the old one asked for. */
const namesToday: Readonly<Record<string, string>> = {
  PREEMPT_RT_FULL: 'PREEMPT_RT',
  IOMMU_DEFAULT_ON: 'INTEL_IOMMU_DEFAULT_ON',
};

const readSymbols = buildConfigCommand([...Object.keys(symbols), ...Object.values(namesToday)]);

/** Only another kernel has another configuration, so a symbol can be asked for and read, but not set. */
export const hostConfigSymbols: readonly Parameter[] = Object.entries(symbols).map(([symbol, entry]) =>
  defineHostBoot<'y' | 'm' | 'n'>({
    key: `config.${symbol}`,
    summary: entry.summary,
    schema: state,
    accepted: "y, m or n, as in the kernel's configuration file",
    versions: entry.versions,
    replacedBy: entry.replacedBy ?? null,
    effect: describeEffect(entry.effect),
    risk: entry.risk ?? inert,
    source: `Linux Kconfig, symbol ${symbol}; thesis, table 3.1`,
    changesFacts: ['host.kernel.release', 'host.kernel.version'],
    boot: null,
    commands: [readSymbols],
    find: ({ outputs }, value) => readSymbol(symbol, value, outputs[nameCommand(readSymbols)]),
    probe: `/proc/config.gz, else /boot/config-RELEASE: CONFIG_${symbol}`,
  }),
);

/** A symbol that a configuration does not have is as good as `n`. */
function readSymbol(symbol: string, value: string, text: string | undefined): Reading {
  const values = parseConfig(text);
  if (values === null) throw new MeasurementError('neither /proc/config.gz nor a file by the release can be read');
  const today = namesToday[symbol];
  const found = values.get(symbol);
  if (found !== undefined) return { found, inForce: found === value };
  if (today === undefined) return { found: 'this kernel has no such symbol', inForce: value === 'n' };
  const successor = values.get(today) ?? 'n';
  return { found: `${today}, its name today, is ${successor}`, inForce: successor === value };
}

function describeEffect([latency, bandwidth, jitter]: readonly [Effect, Effect, Effect] = ['none', 'none', 'none']) {
  return { latency, bandwidth, jitter };
}
