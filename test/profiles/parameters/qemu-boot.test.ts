import { describe, expect, it } from 'vitest';
import type { Parameter } from '../../../src/profiles/parameter.ts';
import { qemuBoot } from '../../../src/profiles/parameters/qemu-boot.ts';
import { qemuBootCpus } from '../../../src/profiles/parameters/qemu-boot-cpus.ts';
import type { QemuReadings } from '../../../src/profiles/qemu-part.ts';

const all = new Map([...qemuBoot, ...qemuBootCpus].map((parameter) => [parameter.name, parameter]));

function find(key: string): Parameter {
  const parameter = all.get(`guest.qemu.boot.${key}`);
  if (parameter === undefined) throw new Error(`no boot parameter ${key}`);
  return parameter;
}

/** Lines that Linux 6.1.192 printed in a guest with two CPUs and 256 MiB. */
function read(key: string, value: unknown, dmesg: string, files: Readonly<Record<string, string | null>> = {}) {
  const { schema, qemu } = find(key);
  const readings = { guest: { files, outputs: { dmesg } } };
  return qemu?.read(schema.parse(value), readings as unknown as QemuReadings);
}

const isolated = '/sys/devices/system/cpu/isolated';
const tick = '/sys/devices/system/cpu/nohz_full';
const clock = '/sys/devices/system/clocksource/clocksource0/current_clocksource';
const clocks = '/sys/devices/system/clocksource/clocksource0/available_clocksource';
const dropped =
  '[    0.000000] Housekeeping: nohz_full= or isolcpus= incorrect CPU range\n' +
  '[    0.000000] Unknown kernel command line parameters "isolcpus=1-9 nohz_full=1-9", will be passed to user space.\n';

describe('boot parameters of a guest', () => {
  it.each([
    ['isolcpus', [1, 2], ['isolcpus=1-2']],
    ['isolcpus', 'managed_irq,domain,1,2', ['isolcpus=managed_irq,domain,1-2']],
    ['rcu_nocb_poll', 'on', ['rcu_nocb_poll']],
    ['rcu_nocb_poll', false, []],
    ['hugepages', '5x2MiB', ['hugepagesz=2M', 'hugepages=5']],
    ['haltpoll', true, ['cpuidle_haltpoll.force=1']],
    ['preempt', 'lazy', ['preempt=lazy']],
  ])('%s %j is written as %j', (key, value, kernelArguments) => {
    const { schema, qemu } = find(key);
    expect(qemu?.settings?.(schema.parse(value))).toMatchObject({ kernelArguments });
  });

  it.each([
    ['isolcpus', 'nohz,1'],
    ['isolcpus', 'managed_irq,domain,x'],
    ['isolcpus', '1 init=/bin/sh'],
    ['idle', 'halt'],
    ['hugepages', '0x2MiB'],
    ['hugepages', '5'],
    ['tsc', 'nowatchdog'],
  ])('%s %j is refused', (key, value) => {
    expect(find(key).schema.safeParse(value).success).toBe(false);
  });

  it.each([
    ['isolcpus', '1', '', { [isolated]: '1' }, true, '1'],
    ['isolcpus', 'managed_irq,domain,1', '', { [isolated]: '1' }, true, '1'],
    ['isolcpus', '0-1', '', { [isolated]: '1' }, false, '1'],
    [
      'isolcpus',
      '1-9',
      dropped,
      { [isolated]: '' },
      false,
      'no CPU; the kernel did not take isolcpus=1-9 nohz_full=1-9',
    ],
    [
      'isolcpus',
      '2',
      '[    0.000000] Unknown kernel command line parameters "isolcpu=2", will be passed to user space.\n',
      { [isolated]: '' },
      false,
      'no CPU; the kernel did not take isolcpu=2',
    ],
    ['nohz_full', '1', '', { [tick]: '1' }, true, '1'],
    ['nohz_full', '1', '', { [tick]: '(null)' }, false, 'no CPU'],
    ['nohz_full', '1', '', {}, false, `no ${tick}`],
    ['rcu_nocbs', '1', '[    0.1] rcu: \tOffload RCU callbacks from CPUs: 1.\n', {}, true, '1'],
    ['rcu_nocbs', '9', '[    0.1] rcu: \tOffload RCU callbacks from CPUs: 0-1.\n', {}, false, '0-1'],
    ['rcu_nocbs', '1', '', {}, false, 'no CPU'],
    ['rcu_nocb_poll', 'on', '[    0.0] rcu: \tPoll for callbacks from no-CBs CPUs.\n', {}, true, 'on'],
    ['rcu_nocb_poll', 'on', '', {}, false, 'off'],
    ['rcu_nocb_poll', 'off', '', {}, true, 'off'],
    ['irqaffinity', '0', '', { '/proc/irq/default_smp_affinity': '1' }, true, '0'],
    ['irqaffinity', '1', '', { '/proc/irq/default_smp_affinity': '3' }, false, '0-1'],
    ['irqaffinity', '0-3,32', '', { '/proc/irq/default_smp_affinity': '00000001,0000000f' }, true, '0-3,32'],
    ['preempt', 'full', '[    0.0] Dynamic Preempt: full\n', {}, true, 'full'],
    [
      'preempt',
      'lazy',
      '[    0.0] Dynamic Preempt: unsupported mode: lazy\n[    0.000000] Unknown kernel command line parameters "preempt=lazy", will be passed to user space.\n[    0.0] Dynamic Preempt: voluntary\n',
      {},
      false,
      'voluntary; the kernel did not take preempt=lazy',
    ],
    ['preempt', 'full', '', {}, false, 'no choice of preemption in this kernel'],
    ['idle', 'poll', '[    0.0] process: using polling idle threads\n', {}, true, 'poll'],
    ['idle', 'poll', '', {}, false, 'no polling idle threads'],
    ['tsc', 'reliable', '', { [clocks]: 'tsc hpet acpi_pm ' }, true, 'reliable'],
    [
      'tsc',
      'reliable',
      '[    0.1] tsc: Marking TSC unstable due to TSCs unsynchronized\n',
      { [clocks]: 'hpet acpi_pm ' },
      false,
      'unstable due to TSCs unsynchronized',
    ],
    ['tsc', 'unstable', '[    0.0] tsc: Marking TSC unstable due to boot parameter\n', {}, true, 'unstable'],
    ['clocksource', 'tsc', '', { [clock]: 'tsc-early' }, true, 'tsc'],
    ['clocksource', 'kvm-clock', '', { [clock]: 'hpet' }, false, 'hpet'],
    [
      'mitigations',
      'off',
      '',
      {
        '/sys/devices/system/cpu/vulnerabilities/spectre_v1':
          'Vulnerable: __user pointer sanitization and usercopy barriers only; no swapgs barriers',
      },
      true,
      'off',
    ],
    [
      'mitigations',
      'off',
      '',
      { '/sys/devices/system/cpu/vulnerabilities/spectre_v1': 'Mitigation: usercopy/swapgs barriers' },
      false,
      'auto',
    ],
    [
      'hugepages',
      '4x1GiB',
      '',
      {
        '/sys/kernel/mm/hugepages/hugepages-1048576kB/nr_hugepages': '0',
        '/sys/kernel/mm/hugepages/hugepages-2048kB/nr_hugepages': '4',
      },
      false,
      '0 huge pages',
    ],
    [
      'hugepages',
      '5x2MiB',
      '',
      { '/sys/kernel/mm/hugepages/hugepages-2048kB/nr_hugepages': '5' },
      true,
      '5 huge pages',
    ],
    [
      'transparent_hugepage',
      'always',
      '',
      { '/sys/kernel/mm/transparent_hugepage/enabled': 'always madvise [never]' },
      false,
      'never',
    ],
    ['haltpoll', true, '', { '/sys/devices/system/cpu/cpuidle/current_driver': 'none' }, false, 'off'],
    ['haltpoll', true, '', { '/sys/devices/system/cpu/cpuidle/current_driver': 'haltpoll' }, true, 'on'],
  ])('%s %j with %j and %j is in force: %j', (key, value, dmesg, files, inForce, found) => {
    expect(read(key, value, dmesg, files)).toEqual({ found, inForce });
  });

  it('is never proven by the command line', () => {
    for (const parameter of all.values()) expect(parameter.qemu?.guestReads?.files).not.toContain('/proc/cmdline');
  });
});
