import * as z from 'zod';
import { notHere } from '../host-setting.ts';
import { buildConfigCommand, parseConfig } from '../kernel-config.ts';
import { nameCommand } from '../name-command.ts';
import { acceptedOnOff, onOff } from '../on-off.ts';
import { areTicksSkewed } from '../timer-list.ts';
import { defineHostBoot, formatSwitch, type HostBootReadings, readSwitch } from './define-host-boot.ts';

const kernelParameters = 'Linux Documentation/admin-guide/kernel-parameters.txt';
const quiet = { latency: 'better', bandwidth: 'none', jitter: 'better' } as const;
const timerFile = '/proc/timer_list';
const readTickRate = buildConfigCommand([]);
const normalFile = '/sys/module/rcupdate/parameters/rcu_normal_after_boot';
const patienceFile = '/sys/module/rcutree/parameters/nohz_full_patience_delay';
const errorFile = '/sys/devices/system/machinecheck/machinecheck0/ignore_ce';

/** A switch of the kernel that a file below `/proc/sys/kernel` shows. */
function defineWatchdog(entry: {
  readonly key: string;
  readonly file: string;
  readonly summary: string;
  readonly versions: string;
  readonly risk: string;
  /** Words for a value. */
  readonly words: (value: boolean) => readonly string[];
  /** Whether the file shows 1 where the value is on. */
  readonly straight: boolean;
}) {
  const { file, words, straight, ...texts } = entry;
  return defineHostBoot<boolean>({
    ...texts,
    schema: onOff,
    accepted: acceptedOnOff,
    effect: quiet,
    source: `${kernelParameters}, ${entry.key}; Documentation/admin-guide/sysctl/kernel.rst; TuneD, network-latency`,
    boot: (value) => ({ words: words(value) }),
    files: [file],
    find: ({ files }) => {
      const state = readSwitch(files[file], `no ${file}`);
      if (straight || state.startsWith('no ')) return state;
      return state === 'on' ? 'off' : 'on';
    },
    expect: formatSwitch,
    probe: file,
  });
}

function readSkew({ files, outputs }: HostBootReadings): string {
  const rate = Number(parseConfig(outputs[nameCommand(readTickRate)])?.get('HZ') ?? 250);
  const skewed = areTicksSkewed(files[timerFile] ?? '', rate);
  return skewed === null ? `fewer than two ticks in ${timerFile}` : formatSwitch(skewed);
}

function readAudit({ log }: HostBootReadings): string {
  if (log.find(/(audit: disabled \(until reboot\))/) !== null) return 'off';
  return log.find(/(audit: enabled \(after initialization\))/) === null ? 'neither off nor on from the boot on' : 'on';
}

export const hostBootNoise = [
  defineHostBoot<boolean>({
    key: 'skew_tick',
    summary: 'Whether the ticks of the CPUs come one after the other instead of all at once.',
    schema: onOff,
    accepted: acceptedOnOff,
    versions: 'Linux 2.6.35 and newer',
    effect: quiet,
    risk:
      'Costs a little power: CPUs wake at different moments. A CPU that did without a tick while the kernel came up keeps ' +
      'its moment, so with host-boot.nohz_full on one of two CPUs there may be nothing to skew (seen on 6.1 and 6.12).',
    source: `${kernelParameters}, skew_tick; kernel/time/tick-sched.c; TuneD, network-latency`,
    boot: (value) => ({ words: [`skew_tick=${Number(value)}`] }),
    files: [timerFile],
    commands: [readTickRate],
    find: readSkew,
    expect: formatSwitch,
    probe: `${timerFile}: when the ticks of the CPUs expire`,
  }),
  defineWatchdog({
    key: 'nmi_watchdog',
    file: '/proc/sys/kernel/nmi_watchdog',
    summary: 'Whether a hardware counter interrupts each CPU to see whether it is stuck.',
    versions: 'every Linux for x86 with a performance counter to count with; virtual machines mostly have none',
    risk: 'Off, a CPU that hangs with interrupts disabled is not noticed.',
    words: (value) => [`nmi_watchdog=${Number(value)}`],
    straight: true,
  }),
  defineWatchdog({
    key: 'nowatchdog',
    file: '/proc/sys/kernel/watchdog',
    summary: 'Whether both watchdogs of the kernel, for stuck CPUs and stuck tasks, stay off.',
    versions: 'every Linux',
    risk: 'On, nothing notices a kernel that is stuck.',
    words: (value) => (value ? ['nowatchdog'] : []),
    straight: false,
  }),
  defineWatchdog({
    key: 'nosoftlockup',
    file: '/proc/sys/kernel/soft_watchdog',
    summary: 'Whether the thread on each CPU that notices stuck tasks stays away.',
    versions: 'every Linux',
    risk: 'On, a kernel that is stuck in a loop is not noticed.',
    words: (value) => (value ? ['nosoftlockup'] : []),
    straight: false,
  }),
  defineHostBoot<boolean>({
    key: 'audit',
    summary: 'Whether the kernel reports system calls to the audit daemon.',
    schema: onOff,
    accepted: acceptedOnOff,
    versions: 'every Linux with CONFIG_AUDIT',
    effect: { latency: 'worse', bandwidth: 'worse', jitter: 'worse' },
    risk: 'Off, nobody can switch it on until the next boot: not where audit is prescribed.',
    source: `${kernelParameters}, audit; kernel/audit.c`,
    boot: (value) => ({ words: [`audit=${Number(value)}`] }),
    fromLog: true,
    find: readAudit,
    expect: formatSwitch,
    probe: "the kernel's log: audit: disabled (until reboot)",
  }),
  defineHostBoot<boolean>({
    key: 'rcu_normal_after_boot',
    summary: 'Whether the kernel never hurries a grace period of RCU once it is up, which would interrupt every CPU.',
    schema: onOff,
    accepted: acceptedOnOff,
    versions: 'Linux 4.5 and newer: rcupdate.rcu_normal_after_boot; a PREEMPT_RT kernel does so by itself',
    effect: quiet,
    risk: 'What waits for a grace period, such as taking a network interface away, takes longer.',
    source: `${kernelParameters}, rcupdate.rcu_normal_after_boot; TuneD, network-latency`,
    boot: (value) => ({ words: [`rcupdate.rcu_normal_after_boot=${Number(value)}`] }),
    bootKeys: ['rcupdate.rcu_normal_after_boot'],
    files: [normalFile],
    find: ({ files }) => readSwitch(files[normalFile], `no ${normalFile}`),
    expect: formatSwitch,
    probe: normalFile,
  }),
  defineHostBoot<number>({
    key: 'nohz_full_patience_delay',
    summary: 'How long RCU waits for a CPU without a tick before it interrupts it, milliseconds.',
    schema: z.int().min(0).max(5000),
    accepted: 'a whole number of milliseconds from 0 to 5000',
    versions: 'Linux 6.11 and newer: rcutree.nohz_full_patience_delay',
    effect: quiet,
    risk: 'Memory is given back later. An older kernel passes over the word without a sound.',
    source: `${kernelParameters}, rcutree.nohz_full_patience_delay; TuneD, network-latency`,
    boot: (value) => ({ words: [`rcutree.nohz_full_patience_delay=${value}`] }),
    bootKeys: ['rcutree.nohz_full_patience_delay'],
    files: [patienceFile],
    find: ({ files }) => files[patienceFile]?.trim() ?? `no ${patienceFile}`,
    probe: patienceFile,
  }),
  defineHostBoot<string>({
    key: 'mce',
    summary: 'Whether the kernel looks for corrected errors of the hardware.',
    schema: z.enum(['ignore_ce']),
    accepted: 'ignore_ce (off cannot be told from a machine without machine checks)',
    versions: 'every Linux for x86',
    effect: quiet,
    risk: 'Memory that begins to fail is noticed late.',
    source: 'Linux Documentation/arch/x86/x86_64/machinecheck.rst; TuneD, cpu-partitioning',
    files: [errorFile],
    find: ({ files }) => {
      const text = files[errorFile];
      if (text === undefined) return notHere('the processors report no machine checks to this kernel');
      return Number(text) === 0 ? 'corrected errors are looked for' : 'ignore_ce';
    },
    probe: errorFile,
  }),
] as const;
