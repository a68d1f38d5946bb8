import type { BootLog } from './boot-log.ts';

/** What tells of a boot parameter, on a host and in a guest alike: the kernel's log, and files of the running system. */
export interface BootReadings {
  readonly log: BootLog;
  /** No key, or null, for what does not exist. */
  readonly files: Readonly<Record<string, string | null | undefined>>;
}

const clockFolder = '/sys/devices/system/clocksource/clocksource0';

export const bootFiles = {
  isolated: '/sys/devices/system/cpu/isolated',
  tickless: '/sys/devices/system/cpu/nohz_full',
  interrupts: '/proc/irq/default_smp_affinity',
  clock: `${clockFolder}/current_clocksource`,
  clocks: `${clockFolder}/available_clocksource`,
  mitigation: '/sys/devices/system/cpu/vulnerabilities/spectre_v1',
  transparentHugePages: '/sys/kernel/mm/transparent_hugepage/enabled',
  idleDriver: '/sys/devices/system/cpu/cpuidle/current_driver',
} as const;

/** A list of CPUs; an empty file and `(null)`, which Linux 6.1 prints where nothing was asked for, are none. */
export function readCpus(text: string | null | undefined, absent: string): string {
  if (text === null || text === undefined) return absent;
  const list = text.trim();
  return list === '' || list === '(null)' ? 'no CPU' : list;
}

/** From `rcu: \tOffload RCU callbacks from CPUs: 1-2.`; threads `rcuop/N` are there for every CPU as soon as one is. */
export function readOffloadedCpus({ log }: BootReadings): string {
  return readCpus(log.find(/Offload RCU callbacks from CPUs: ([^\n]*?)\.?$/m) ?? '', '');
}

export function readCallbackPolling({ log }: BootReadings): string {
  return log.find(/(Poll for callbacks from no-CBs CPUs)/) === null ? 'off' : 'on';
}

/** This one exists on every x86: it says "Vulnerable" only where mitigations are off. */
export function readMitigations({ files }: BootReadings): string {
  const state = files[bootFiles.mitigation] ?? `no ${bootFiles.mitigation}`;
  if (state.startsWith('Mitigation')) return 'auto';
  return state.startsWith('Vulnerable') ? 'off' : state;
}

/** For a second after the boot the clock is called tsc-early. */
export function readClock({ files }: BootReadings): string {
  return files[bootFiles.clock]?.trim().replace(/^tsc-early$/, 'tsc') ?? `no ${bootFiles.clock}`;
}

export function readTsc({ log, files }: BootReadings): string {
  const reason = log.find(/Marking TSC unstable due to ([^\n]*)/);
  if (reason === 'boot parameter') return 'unstable';
  if (reason !== null) return `unstable due to ${reason}`;
  return /\btsc\b/.test(files[bootFiles.clocks] ?? '') ? 'reliable' : 'no tsc among the clock sources';
}

export function readPreemption({ log }: BootReadings): string {
  return log.find(/Dynamic Preempt: (?!unsupported)(\w+)/) ?? 'no choice of preemption in this kernel';
}

export function readIdlePolling({ log }: BootReadings): string {
  return log.find(/(using polling idle threads)/) === null ? 'no polling idle threads' : 'poll';
}

/** The word in brackets of a file such as `always [madvise] never`. */
export function readChoice(text: string | null | undefined, absent: string): string {
  return /\[(\w+)\]/.exec(text ?? '')?.[1] ?? absent;
}
