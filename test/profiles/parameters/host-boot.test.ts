import { describe, expect, it } from 'vitest';
import { readKernelLog } from '../../../src/profiles/boot-log.ts';
import { catalogue } from '../../../src/profiles/catalogue.ts';
import type { HostReadings } from '../../../src/profiles/host-part.ts';
import { nameCommand } from '../../../src/profiles/name-command.ts';
import type { ParameterValue } from '../../../src/profiles/profile.schema.ts';
import { limits } from '../machine-limits.ts';

const place = { cpus: [0, 1, 2, 3], nic: null, dockerSocket: null };
const first = '[    0.000000] Linux version 6.1.0-56-cloud-amd64 (debian-kernel@lists.debian.org)\n';

function find(key: string) {
  const parameter = catalogue.get(`host-boot.${key}`);
  if (parameter?.host === undefined) throw new Error(`no parameter host-boot.${key}`);
  return { ...parameter, host: parameter.host };
}

/** `outputs` are given by a part of the command line. */
function read(
  key: string,
  value: unknown,
  {
    log = '',
    files = {},
    outputs = {},
  }: { log?: string; files?: HostReadings['files']; outputs?: Record<string, string> },
) {
  const { host, schema } = find(key);
  const parsed = schema.parse(value);
  const { commands = [], files: paths = [] } = host.reads(parsed, place);
  const patterns = paths.map((path) => new RegExp(`^${path.replaceAll('.', '\\.').replaceAll('*', '[^/]*')}$`));
  for (const path of Object.keys(files)) expect(patterns.some((pattern) => pattern.test(path))).toBe(true);
  const printed = commands.map(nameCommand).flatMap((name) => {
    const part = Object.keys(outputs).find((each) => name.includes(each));
    return part === undefined ? [] : [[name, outputs[part] ?? '']];
  });
  return host.read(
    parsed,
    { files, outputs: { [nameCommand(readKernelLog)]: first + log, ...Object.fromEntries(printed) } },
    place,
  );
}

const isolated = '/sys/devices/system/cpu/isolated';
const tick = '/sys/devices/system/cpu/nohz_full';
const pool = (kibibytes: number) => `/sys/kernel/mm/hugepages/hugepages-${kibibytes}kB/nr_hugepages`;
const dropped =
  '[    0.000000] Housekeeping: nohz_full= or isolcpus= incorrect CPU range\n' +
  '[    0.000000] Unknown kernel command line parameters "isolcpus=1-9 nohz_full=1-9 preempt=lazy nosuchthing=1", will be passed to user space.\n';
const untaken = '; the kernel did not take isolcpus=1-9 nohz_full=1-9 preempt=lazy nosuchthing=1';
const timers = (expiries: readonly number[]) =>
  expiries
    .map(
      (expiry, cpu) =>
        `cpu: ${cpu}\n #0: <00000000487e4ebd>, tick_sched_timer, S:01\n # expires at ${expiry}-${expiry} nsecs [in 22421625 to 22421625 nsecs]\n #1: <0>, hrtimer_wakeup, S:01\n # expires at 33872000077-33872000077 nsecs [in 1 to 1 nsecs]\n`,
    )
    .join('');

describe('words', () => {
  it.each<[string, ParameterValue, readonly string[]]>([
    ['isolcpus', [1, 2], ['isolcpus=managed_irq,domain,1-2']],
    ['isolcpus', 'managed_irq,domain,1,2', ['isolcpus=managed_irq,domain,1-2']],
    ['isolcpus', 'domain,1,2', ['isolcpus=domain,1-2']],
    ['rcu_nocb_poll', 'on', ['rcu_nocb_poll']],
    ['rcu_nocb_poll', 'off', []],
    ['iommu', 'on', ['intel_iommu=on', 'iommu=pt']],
    ['iommu', 'off', ['intel_iommu=off', 'amd_iommu=off']],
    ['max_cstate', 1, ['processor.max_cstate=1', 'intel_idle.max_cstate=1']],
    ['pcie_aspm', 'performance', ['pcie_aspm.policy=performance']],
    ['skew_tick', 'off', ['skew_tick=0']],
    ['nowatchdog', 'on', ['nowatchdog']],
    ['default_hugepagesz', '1GiB', ['default_hugepagesz=1G']],
    ['kthread_cpus', '0', ['kthread_cpus=0']],
  ])('%s %j is written as %j', (key, value, words) => {
    const { host, schema } = find(key);
    expect(host.boot?.(schema.parse(value)).words).toEqual(words);
  });

  it.each<[string, ParameterValue]>([
    ['isolcpus', 'nohz,1'],
    ['isolcpus', 'managed_irq,1'],
    ['isolcpus', '1 init=/bin/sh'],
    ['isolcpus', 'domain,$(reboot)'],
    ['isolcpus', 'domain,9999'],
    ['kernel', '../../tmp/vmlinuz'],
    ['kernel', '6.1 init=/bin/sh'],
    ['kernel', 'debian-6.1\ninit=/bin/sh'],
    ['idle', 'halt'],
    ['hugepages.memory', '0GiB'],
    ['hugepages.memory', '8 GB'],
    ['preempt', 'full init=/x'],
    ['nohz_full_patience_delay', 1.5],
  ])('%s %j is refused', (key, value) => {
    expect(find(key).schema.safeParse(value).success).toBe(false);
  });

  it('a symbol of the configuration can be asked for, but has no word', () => {
    expect(find('config.HZ_100').host.boot).toBeUndefined();
  });
});

describe('what a host cannot be', () => {
  it.each<[string, ParameterValue, RegExp | null]>([
    ['isolcpus', '1-9', /no CPU 4-9/],
    ['isolcpus', '0-3', /these are all CPUs of this machine \(0-3\), accepted is a list that leaves one out/],
    ['isolcpus', 'domain,1-3', null],
    ['nohz_full', '0-3', /leaves one out/],
    ['irqaffinity', '1', /accepted is a list with CPU 0 in it/],
    ['irqaffinity', '0-1', null],
    ['rcu_nocbs', '9', /no CPU 9/],
    ['hugepages.memory', '1GiB', /accepted is up to 768MiB/],
    ['hugepages.memory', '512MiB', null],
    ['hugepages.page-size', '1GiB', null],
    ['kernel', 'debian-6.12', null],
  ])('%s %j', (key, value, expected) => {
    const { misfit, schema } = find(key);
    const reason = misfit(schema.parse(value), limits);
    if (expected === null) expect(reason).toBeNull();
    else expect(reason).toMatch(expected);
  });

  it('a kernel that is not installed, where somebody looked', () => {
    const { misfit } = find('kernel');
    const kernels = ['6.1.0-56-amd64'];
    expect(misfit('debian-6.1', { ...limits, kernels })).toBeNull();
    expect(misfit('debian-6.1-rt', { ...limits, kernels })).toContain('accepted is one of 6.1.0-56-amd64');
  });

  it('pages of a size that the processor lacks', () => {
    const hugePages = [{ pageBytes: 2 ** 21, freeBytes: 0 }];
    expect(find('hugepages.page-size').misfit('1GiB', { ...limits, hugePages })).toContain('accepted is 2MiB');
  });
});

/** Lines and files of Linux 6.1.192 (stock and PREEMPT_RT) with four CPUs and 1 GiB, unless it says otherwise. */
describe('probes', () => {
  it.each<[string, ParameterValue, Parameters<typeof read>[2], boolean | null, string]>([
    ['isolcpus', '1-2', { files: { [isolated]: '1-2' } }, true, '1-2'],
    ['isolcpus', 'domain,1-2', { files: { [isolated]: '1-2' } }, true, '1-2'],
    ['isolcpus', '1-9', { log: dropped, files: { [isolated]: '' } }, false, `no CPU${untaken}`],
    ['isolcpus', '0-3', { files: { [isolated]: '1-3' } }, false, '1-3'],
    ['nohz_full', '1-9', { log: dropped, files: { [tick]: '(null)' } }, false, `no CPU${untaken}`],
    ['nohz_full', '1-2', { files: { [tick]: '1-2' } }, true, '1-2'],
    ['nohz_full', '1', {}, false, `no ${tick}`],
    ['rcu_nocbs', '1-3', { log: '[    0.000000] rcu: \tOffload RCU callbacks from CPUs: 1-3.\n' }, true, '1-3'],
    ['rcu_nocbs', '9', { log: '[    0.000000] rcu: \tOffload RCU callbacks from CPUs: 0-3.\n' }, false, '0-3'],
    [
      'rcu_nocbs',
      '3',
      { log: '[    0.000000] rcu: \tOffload RCU callbacks from CPUs: 1-3.\n', files: { [tick]: '1-2' } },
      true,
      '1-3',
    ],
    ['rcu_nocbs', '1', {}, false, 'no CPU'],
    ['rcu_nocb_poll', 'on', { log: '[    0.000000] rcu: \tPoll for callbacks from no-CBs CPUs.\n' }, true, 'on'],
    ['rcu_nocb_poll', 'on', {}, false, 'off'],
    ['irqaffinity', '0,3', { files: { '/proc/irq/default_smp_affinity': '9' } }, true, '0,3'],
    ['irqaffinity', '2', { files: { '/proc/irq/default_smp_affinity': '5' } }, false, '0,2'],
    ['workqueue.unbound_cpus', '0', { files: { '/sys/devices/virtual/workqueue/cpumask': '9' } }, false, '0,3'],
    [
      'kthread_cpus',
      '0',
      {
        log: dropped.replace('nosuchthing=1', 'kthread_cpus=0'),
        files: { '/proc/2/status': 'Name:\tkthreadd\nCpus_allowed_list:\t0,3' },
      },
      false,
      '0,3; the kernel did not take isolcpus=1-9 nohz_full=1-9 preempt=lazy kthread_cpus=0',
    ],
    [
      'hugepages.memory',
      '4GiB',
      {
        log: '[    0.000000] HugeTLB: allocating 4 of page size 1.00 GiB failed.  Only allocated 0 hugepages.\n',
        files: { [pool(1_048_576)]: '0', [pool(2048)]: '0' },
      },
      false,
      'no huge page is set aside; HugeTLB: allocating 4 of page size 1.00 GiB failed.  Only allocated 0 hugepages.',
    ],
    ['hugepages.memory', '32MiB', { files: { [pool(1_048_576)]: '0', [pool(2048)]: '16' } }, true, '16 pages of 2MiB'],
    ['hugepages.memory', '32MiB', { files: { [pool(2048)]: '15' } }, false, '15 pages of 2MiB'],
    ['hugepages.page-size', '2MiB', { files: { [pool(2048)]: '16' } }, true, '16 pages of 2MiB'],
    ['hugepages.page-size', '1GiB', { files: { [pool(1_048_576)]: '0', [pool(2048)]: '4' } }, false, '4 pages of 2MiB'],
    ['default_hugepagesz', '1GiB', { files: { '/proc/meminfo': 'Hugepagesize:    1048576 kB\n' } }, true, '1GiB'],
    ['default_hugepagesz', '1GiB', { files: { '/proc/meminfo': 'Hugepagesize:       2048 kB\n' } }, false, '2MiB'],
    [
      'preempt',
      'lazy',
      { log: `[    0.0] Dynamic Preempt: unsupported mode: lazy\n[    0.0] Dynamic Preempt: voluntary\n${dropped}` },
      false,
      `voluntary${untaken}`,
    ],
    ['preempt', 'full', { files: { '/sys/kernel/debug/sched/preempt': 'none voluntary (full) ' } }, true, 'full'],
    [
      'preempt',
      'full',
      { files: { '/proc/sys/kernel/version': '#1 SMP PREEMPT_RT Debian 6.1.192-2 (2026-11-16)' } },
      false,
      'no choice of preemption in this kernel, which is PREEMPT_RT',
    ],
    [
      'kernel',
      'debian-6.1-rt',
      {
        files: {
          '/proc/sys/kernel/osrelease': '6.1.0-56-rt-amd64',
          '/proc/sys/kernel/version': '#1 SMP PREEMPT_RT Debian 6.1.192-2 (2026-11-16)',
        },
      },
      true,
      '6.1.0-56-rt-amd64 #1 SMP PREEMPT_RT Debian 6.1.192-2 (2026-11-16)',
    ],
    ['iommu', 'on', {}, false, 'no IOMMU group'],
    ['iommu', 'off', {}, true, 'no IOMMU group'],
    [
      'iommu',
      'on',
      { log: '[    0.1] DMAR: IOMMU enabled\n', files: { '/sys/kernel/iommu_groups/0/type': 'identity' } },
      true,
      '1 IOMMU groups, 1 of type identity; DMAR: IOMMU enabled',
    ],
    [
      'iommu',
      'on',
      { files: { '/sys/kernel/iommu_groups/0/type': 'DMA-FQ' } },
      false,
      '1 IOMMU groups, 0 of type identity',
    ],
    ['nosmt', 'on', { files: { '/sys/devices/system/cpu/smt/control': 'off' } }, true, 'off'],
    ['nosmt', 'on', { files: { '/sys/devices/system/cpu/smt/control': 'on' } }, false, 'on'],
    [
      'nosmt',
      'on',
      { files: { '/sys/devices/system/cpu/smt/control': 'notsupported' } },
      null,
      'the processors have no threads to switch off (notsupported)',
    ],
    ['idle', 'poll', { log: '[    0.000000] process: using polling idle threads\n' }, true, 'poll'],
    ['tsc', 'unstable', { log: '[    0.000000] tsc: Marking TSC unstable due to boot parameter\n' }, true, 'unstable'],
    ['transparent_hugepage', 'never', {}, true, 'this kernel has no transparent huge pages'],
    [
      'transparent_hugepage',
      'never',
      { files: { '/sys/kernel/mm/transparent_hugepage/enabled': '[always] madvise never' } },
      false,
      'always',
    ],
    ['numa_balancing', 'disable', {}, null, 'this kernel does not balance over NUMA nodes'],
    ['audit', 'off', { log: '[    0.000000] audit: disabled (until reboot)\n' }, true, 'off'],
    [
      'audit',
      'off',
      { log: '[    1.8] audit: initializing netlink subsys (disabled)\n' },
      false,
      'neither off nor on from the boot on',
    ],
    ['pcie_aspm', 'off', { log: '[    0.000000] PCIe ASPM is disabled\n' }, true, 'off'],
    [
      'pcie_aspm',
      'performance',
      { files: { '/sys/module/pcie_aspm/parameters/policy': 'default [performance] powersave powersupersave ' } },
      true,
      'performance',
    ],
    ['nowatchdog', 'on', { files: { '/proc/sys/kernel/watchdog': '0' } }, true, 'on'],
    ['nowatchdog', 'on', { files: { '/proc/sys/kernel/watchdog': '1' } }, false, 'off'],
    ['nmi_watchdog', 'on', { files: { '/proc/sys/kernel/nmi_watchdog': '0' } }, false, 'off'],
    ['nosoftlockup', 'on', {}, false, 'no /proc/sys/kernel/soft_watchdog'],
    ['max_cstate', 1, {}, null, 'the processors offer no idle states here (driver: none)'],
    [
      'max_cstate',
      1,
      {
        files: {
          '/sys/devices/system/cpu/cpu0/cpuidle/state0/name': 'POLL',
          '/sys/devices/system/cpu/cpu0/cpuidle/state1/name': 'C1',
          '/sys/devices/system/cpu/cpuidle/current_driver': 'intel_idle',
        },
      },
      true,
      'intel_idle: POLL, C1',
    ],
    [
      'max_cstate',
      0,
      {
        files: {
          '/sys/devices/system/cpu/cpu0/cpuidle/state0/name': 'POLL',
          '/sys/devices/system/cpu/cpu0/cpuidle/state1/name': 'C1',
          '/sys/devices/system/cpu/cpu0/cpuidle/state2/name': 'C6',
        },
      },
      false,
      'none: POLL, C1, C6',
    ],
    ['intel_pstate', 'disable', { files: { '/proc/cpuinfo': 'vendor_id\t: GenuineIntel\n' } }, true, 'disable'],
    ['intel_pstate', 'active', { files: { '/proc/cpuinfo': 'vendor_id\t: GenuineIntel\n' } }, false, 'disable'],
    [
      'intel_pstate',
      'active',
      { files: { '/proc/cpuinfo': 'vendor_id\t: AuthenticAMD\n' } },
      null,
      'intel_pstate drives processors of another maker',
    ],
    [
      'skew_tick',
      'on',
      {
        outputs: { CONFIG_: 'CONFIG_HZ=250\n' },
        files: { '/proc/timer_list': timers([33808000000, 33824500000, 33861000000]) },
      },
      true,
      'on',
    ],
    [
      'skew_tick',
      'on',
      { outputs: { CONFIG_: 'CONFIG_HZ=250\n' }, files: { '/proc/timer_list': timers([36992000000, 37012000000]) } },
      false,
      'off',
    ],
    [
      'skew_tick',
      'off',
      { files: { '/proc/timer_list': timers([1]) } },
      false,
      'fewer than two ticks in /proc/timer_list',
    ],
    ['config.NO_HZ_FULL', 'y', { outputs: { CONFIG_: 'CONFIG_HZ=250\nCONFIG_NO_HZ_FULL=y\n' } }, true, 'y'],
    ['config.BRIDGE', 'y', { outputs: { CONFIG_: 'CONFIG_HZ=250\nCONFIG_BRIDGE=m\n' } }, false, 'm'],
    ['config.HZ_100', 'y', { outputs: { CONFIG_: '# CONFIG_HZ_100 is not set\nCONFIG_HZ=250\n' } }, false, 'n'],
    ['config.MCORE2', 'y', { outputs: { CONFIG_: 'CONFIG_HZ=250\n' } }, false, 'this kernel has no such symbol'],
    ['config.ACPI_DOCK', 'n', { outputs: { CONFIG_: 'CONFIG_HZ=250\n' } }, true, 'this kernel has no such symbol'],
    [
      'config.PREEMPT_RT_FULL',
      'y',
      { outputs: { CONFIG_: 'CONFIG_HZ=250\nCONFIG_PREEMPT_RT=y\n' } },
      true,
      'PREEMPT_RT, its name today, is y',
    ],
    [
      'config.IOMMU_DEFAULT_ON',
      'y',
      { outputs: { CONFIG_: 'CONFIG_HZ=250\n# CONFIG_INTEL_IOMMU_DEFAULT_ON is not set\n' } },
      false,
      'INTEL_IOMMU_DEFAULT_ON, its name today, is n',
    ],
  ])('%s %j, case %#', (key, value, readings, inForce, found) => {
    expect(read(key, value, readings)).toEqual({ found, inForce });
  });

  it('says nothing where the log or the configuration is gone', () => {
    const { host } = find('audit');
    const shortened = { files: {}, outputs: { [nameCommand(readKernelLog)]: '[  99.1] usb 1-1: new device\n' } };
    expect(() => host.read(false, shortened, place)).toThrow("the kernel's log no longer reaches back to the boot");
    expect(() => read('config.HZ_100', 'y', {})).toThrow('neither /proc/config.gz nor a file by the release');
  });

  it('reads the journal where the log has lost its beginning', () => {
    const log =
      '[    0.000000] stock kernel: Linux version 6.12.95\n' +
      '[    0.000000] stock kernel: audit: disabled (until reboot)\n' +
      '[    0.000000] stock kernel: Unknown kernel command line parameters "isolcpu=2", will be passed to user space.\n';
    const readings = { files: { [isolated]: '' }, outputs: { [nameCommand(readKernelLog)]: log } };
    expect(find('audit').host.read(false, readings, place)).toEqual({ found: 'off', inForce: true });
    expect(find('isolcpus').host.read('2', readings, place).found).toBe('no CPU; the kernel did not take isolcpu=2');
  });

  it('never looks at the command line', () => {
    for (const { name, layer, host, schema } of catalogue.values()) {
      if (layer !== 'host-boot' || host === undefined) continue;
      const value = [
        true,
        'y',
        '1',
        '2MiB',
        'debian-6.1',
        'full',
        'off',
        'poll',
        'disable',
        'never',
        'reliable',
        'tsc',
        'ignore_ce',
        1,
      ].find((each) => schema.safeParse(each).success);
      if (value === undefined) throw new Error(`no value of ${name}`);
      expect(JSON.stringify(host.reads(schema.parse(value), place))).not.toContain('cmdline');
    }
  });
});
