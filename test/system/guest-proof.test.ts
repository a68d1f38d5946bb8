import { afterAll, beforeAll, expect, it } from 'vitest';
import type { RunningGuest } from '../../src/guests/guest.ts';
import type { Profile } from '../../src/profiles/profile.schema.ts';
import { describeWith } from '../requirements.ts';
import { takeSnapshot } from './machine-snapshot.ts';
import { createQemuRig, type QemuRig } from './qemu-rig.ts';

type Parameters = Profile['parameters'];

/** Refused when a profile asks for it; here the guest is started with it all the same. */
const beyond: Parameters = {
  'guest.qemu.boot.hugepages': '4x1GiB',
  'guest.qemu.boot.isolcpus': '1-9',
  'guest.qemu.boot.nohz_full': '1-9',
  'guest.qemu.boot.preempt': 'lazy',
  'guest.qemu.boot.rcu_nocbs': '9',
  'guest.qemu.boot.transparent_hugepage': 'always',
  'guest.qemu.vcpu.count': 2,
};

/** Every one of them is in force in a guest with two CPUs. `idle` is tried apart: it takes both CPUs of the machine. */
const inside: Parameters = {
  'guest.qemu.boot.clocksource': 'acpi_pm',
  'guest.qemu.boot.hugepages': '4x2MiB',
  'guest.qemu.boot.irqaffinity': '0',
  'guest.qemu.boot.isolcpus': 'managed_irq,domain,1',
  'guest.qemu.boot.mitigations': 'off',
  'guest.qemu.boot.nohz_full': '1',
  'guest.qemu.boot.preempt': 'full',
  'guest.qemu.boot.rcu_nocb_poll': true,
  'guest.qemu.boot.rcu_nocbs': '1',
  'guest.qemu.boot.transparent_hugepage': 'never',
  'guest.qemu.boot.tsc': 'unstable',
  'guest.qemu.irq.affinity': '0',
  'guest.qemu.kernel': 'debian-6.1',
  'guest.qemu.offload.generic-receive': false,
  'guest.qemu.offload.generic-segmentation': false,
  'guest.qemu.offload.tcp-segmentation': false,
  'guest.qemu.sysctl.kernel.sched_rt_runtime_us': 900_000,
  'guest.qemu.sysctl.kernel.timer_migration': false,
  'guest.qemu.sysctl.kernel.watchdog': false,
  'guest.qemu.sysctl.net.core.busy_poll': 50,
  'guest.qemu.sysctl.net.core.busy_read': 50,
  'guest.qemu.sysctl.net.core.netdev_budget': 600,
  'guest.qemu.sysctl.net.core.netdev_max_backlog': 2000,
  'guest.qemu.sysctl.net.core.rmem_max': 16_777_216,
  'guest.qemu.sysctl.net.core.somaxconn': 1024,
  'guest.qemu.sysctl.net.core.wmem_max': 16_777_216,
  'guest.qemu.sysctl.net.ipv4.tcp_autocorking': false,
  'guest.qemu.sysctl.net.ipv4.tcp_congestion_control': 'reno',
  'guest.qemu.sysctl.net.ipv4.tcp_fastopen': 3,
  'guest.qemu.sysctl.net.ipv4.tcp_no_metrics_save': true,
  'guest.qemu.sysctl.net.ipv4.tcp_notsent_lowat': 131_072,
  'guest.qemu.sysctl.net.ipv4.tcp_rmem': '4096 65536 1048576',
  'guest.qemu.sysctl.net.ipv4.tcp_slow_start_after_idle': false,
  'guest.qemu.sysctl.net.ipv4.tcp_timestamps': false,
  'guest.qemu.sysctl.net.ipv4.tcp_wmem': '4096 65536 1048576',
  'guest.qemu.sysctl.net.ipv4.udp_rmem_min': 8192,
  'guest.qemu.sysctl.vm.stat_interval': 10,
  'guest.qemu.vcpu.count': 2,
};

describeWith(['root', 'namespaces', 'qemu'], 'proof of treatment inside virtual machines', () => {
  let before: Awaited<ReturnType<typeof takeSnapshot>>;
  let rig: QemuRig;

  beforeAll(async () => {
    before = await takeSnapshot();
    rig = await createQemuRig(['debian-6.1', 'debian-6.1-rt']);
  });

  afterAll(async () => {
    await rig?.remove();
    expect(await takeSnapshot()).toEqual(before);
  });

  const findWrong = async (guest: RunningGuest, parameters: Parameters) =>
    Object.fromEntries(
      (await guest.probe(parameters, ['guest']))
        .filter(({ result }) => result !== 'verified')
        .map(({ parameter, found }) => [parameter, found]),
    );

  it('names what the kernel dropped, widened or never did, although its command line has it', async () => {
    const dropped = '; the kernel did not take isolcpus=1-9 nohz_full=1-9 preempt=lazy';
    await rig.withGuest(beyond, async (guest) => {
      expect((await guest.collectFacts())['kernel.cmdline']).toContain('isolcpus=1-9 nohz_full=1-9');
      expect(await findWrong(guest, beyond)).toEqual({
        'guest.qemu.boot.hugepages': `0 huge pages${dropped}`,
        'guest.qemu.boot.isolcpus': `no CPU${dropped}`,
        'guest.qemu.boot.nohz_full': `no CPU${dropped}`,
        'guest.qemu.boot.preempt': `voluntary${dropped}`,
        'guest.qemu.boot.rcu_nocbs': `0-1${dropped}`,
        'guest.qemu.boot.transparent_hugepage': `never${dropped}`,
      });
    });
  });

  it('names the CPU that the kernel kept for itself, a typo, and a kernel that is another', async () => {
    const all: Parameters = {
      'guest.qemu.boot.irqaffinity': '1',
      'guest.qemu.boot.isolcpus': '0-1',
      'guest.qemu.kernel': 'debian-6.1-rt',
      'guest.qemu.vcpu.count': 2,
    };
    await rig.withGuest(
      all,
      async (guest) => {
        expect(await guest.collectFacts()).toMatchObject({ 'kernel.version': expect.stringContaining('PREEMPT_RT') });
        const typo = '; the kernel did not take nohz_ful=1';
        expect(await findWrong(guest, all)).toEqual({
          'guest.qemu.boot.irqaffinity': `0-1${typo}`,
          'guest.qemu.boot.isolcpus': `1${typo}`,
        });
        expect(await findWrong(guest, { 'guest.qemu.boot.nohz_full': '1', 'guest.qemu.kernel': 'debian-6.1' })).toEqual(
          {
            'guest.qemu.boot.nohz_full': `no CPU${typo}`,
            'guest.qemu.kernel': expect.stringMatching(/^6\.1\.\S+-rt-amd64 with PREEMPT_RT$/),
          },
        );
      },
      { kernelArguments: ['nohz_ful=1'] },
    );
  });

  it('verifies all that can be in force at once', async () => {
    await rig.withGuest(inside, async (guest) => {
      expect(await findWrong(guest, inside)).toEqual({});
    });
  });

  it('verifies polling when idle', async () => {
    const polling = { 'guest.qemu.boot.idle': 'poll' };
    await rig.withGuest(polling, async (guest) => {
      expect(await findWrong(guest, polling)).toEqual({});
    });
  });
});
