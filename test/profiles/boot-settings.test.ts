import { describe, expect, it } from 'vitest';
import { buildHostBoot, listBootKeys, requirePlainWord } from '../../src/profiles/boot-settings.ts';
import { catalogue } from '../../src/profiles/catalogue.ts';

describe('buildHostBoot', () => {
  it('puts the words in the order of the parameters, huge pages last and size before number', () => {
    expect(
      buildHostBoot({
        'host-boot.rcu_nocbs': '1-4',
        'host-boot.hugepages.memory': '8GiB',
        'host-boot.isolcpus': '1-4',
        'host-boot.hugepages.page-size': '1GiB',
        'host-boot.kernel': 'debian-6.12-rt',
        'host-boot.default_hugepagesz': '1GiB',
        'host-boot.iommu': true,
        'host-boot.rcu_nocb_poll': true,
        'host-boot.config.HZ_100': 'y',
        'host.cpu.governor': 'performance',
        'guest.docker.cpuset': '1',
      }),
    ).toEqual({
      kernel: 'debian-6.12-rt',
      words: [
        ...['default_hugepagesz=1G', 'intel_iommu=on', 'iommu=pt', 'isolcpus=managed_irq,domain,1-4'],
        ...['rcu_nocb_poll', 'rcu_nocbs=1-4', 'hugepagesz=1G', 'hugepages=8'],
      ],
    });
  });

  it('takes pages of 2 MiB where none is named, and asks for nothing where nothing is set', () => {
    expect(buildHostBoot({ 'host-boot.hugepages.memory': '8GiB' }).words).toEqual(['hugepagesz=2M', 'hugepages=4096']);
    expect(buildHostBoot({})).toEqual({ kernel: null, words: [] });
  });

  it.each([
    [{ 'host-boot.hugepages.page-size': '1GiB' }, 'host-boot.hugepages.memory is missing, which says how many'],
    [
      { 'host-boot.hugepages.page-size': '1GiB', 'host-boot.hugepages.memory': '1536MiB' },
      'host-boot.hugepages.memory is 1536MiB, a multiple of the page of 1GiB is accepted',
    ],
    [{ 'host-boot.hugepages.memory': '3MiB' }, 'a multiple of the page of 2MiB is accepted'],
  ])('%j is refused', (parameters, reason) => {
    expect(() => buildHostBoot(parameters)).toThrow(reason);
  });
});

describe('requirePlainWord', () => {
  it.each([
    ...['init=/bin/sh', 'rdinit=/x', 'root=/dev/sda', 'rootflags=x', 'initrd=/x', 'panic=0', 'tunegate.boot=x'],
    ...['systemd.unit=rescue.target', 'module_blacklist=virtio_net', 'modprobe.blacklist=x'],
    ...['a b', 'a"b', "a'b", 'a$b', 'a\nb', 'a;b', 'a`b', 'a\\b', 'a{b', '', 'ä', 'a'.repeat(513)],
  ])('%j is refused', (word) => {
    expect(() => requirePlainWord(word)).toThrow('is no boot parameter that a profile can set');
  });

  it('accepts what the catalogue makes', () => {
    for (const word of ['isolcpus=managed_irq,domain,1-4,7', 'rcu_nocb_poll', 'rcupdate.rcu_normal_after_boot=1']) {
      expect(() => requirePlainWord(word)).not.toThrow();
    }
  });
});

describe('listBootKeys', () => {
  it('has the keys of all words that a side can bring, so that each replaces what the host idles with', () => {
    const keys = listBootKeys();
    expect(keys).toEqual([...new Set(keys)].sort());
    for (const { name, host, layer } of catalogue.values()) {
      if (layer !== 'host-boot' || host?.boot === undefined) continue;
      const value = samples[name];
      if (value === undefined) throw new Error(`no sample of ${name}`);
      for (const word of host.boot(value).words ?? []) expect(keys).toContain(word.split('=')[0]);
    }
    expect(keys).toEqual(expect.arrayContaining(['hugepages', 'hugepagesz', 'nosmt', 'pcie_aspm.policy']));
  });
});

/** A value of every parameter of the layer that has words. */
const samples: Readonly<Record<string, string | number | boolean>> = {
  'host-boot.kernel': 'debian-6.12',
  'host-boot.preempt': 'full',
  'host-boot.mitigations': 'off',
  'host-boot.nosmt': true,
  'host-boot.iommu': true,
  'host-boot.isolcpus': '1',
  'host-boot.nohz_full': '1',
  'host-boot.rcu_nocbs': '1',
  'host-boot.rcu_nocb_poll': true,
  'host-boot.irqaffinity': '0',
  'host-boot.workqueue.unbound_cpus': '0',
  'host-boot.kthread_cpus': '0',
  'host-boot.hugepages.page-size': '2MiB',
  'host-boot.hugepages.memory': '2MiB',
  'host-boot.default_hugepagesz': '2MiB',
  'host-boot.transparent_hugepage': 'never',
  'host-boot.numa_balancing': 'disable',
  'host-boot.max_cstate': 1,
  'host-boot.idle': 'poll',
  'host-boot.intel_pstate': 'disable',
  'host-boot.amd_pstate': 'disable',
  'host-boot.tsc': 'reliable',
  'host-boot.clocksource': 'tsc',
  'host-boot.pcie_aspm': 'performance',
  'host-boot.skew_tick': true,
  'host-boot.nmi_watchdog': false,
  'host-boot.nowatchdog': true,
  'host-boot.nosoftlockup': true,
  'host-boot.audit': false,
  'host-boot.rcu_normal_after_boot': true,
  'host-boot.nohz_full_patience_delay': 1000,
  'host-boot.mce': 'ignore_ce',
};
