import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, expect, it } from 'vitest';
import { refuseMisfits } from '../../src/profiles/checks.ts';
import { diffProfiles } from '../../src/profiles/diff-profiles.ts';
import { resolveProfile } from '../../src/profiles/resolve-profile.ts';
import { layers } from '../../src/vocabulary.ts';
import { limits } from './machine-limits.ts';

const folder = new URL('../../runner-setup/profiles/', import.meta.url);
const names = readdirSync(folder).map((file) => basename(file, '.yaml'));
const resolveShipped = (name: string) =>
  resolveProfile(name, (wanted) => ({
    text: readFileSync(new URL(`${wanted}.yaml`, folder), 'utf8'),
    fileName: wanted,
  }));

describe('shipped profiles', () => {
  it.each(names.filter((name) => name !== 'thesis-tuned-literal'))(
    '%s is accepted, and its guests fit the embedded topology on a machine with two CPUs',
    async (name) => {
      const profile = await resolveShipped(name);
      expect(() => refuseMisfits(profile, ['guest'], { ...limits, cpus: [0, 1] })).not.toThrow();
    },
  );

  it('tuned fits a host with two CPUs as a whole', async () => {
    const tuned = await resolveShipped('tuned');
    expect(() => refuseMisfits(tuned, layers, { ...limits, cpus: [0, 1] })).not.toThrow();
    expect(() => refuseMisfits(tuned, layers, { ...limits, cpus: [0] })).toThrow(/host-boot.isolcpus is 1, but/);
  });

  it('those of the thesis fit its machine: two processors of six cores, 64 GiB', async () => {
    const machine = { ...limits, cpus: Array.from({ length: 12 }, (_, cpu) => cpu), memoryBytes: 64 * 2 ** 30 };
    for (const name of ['thesis-stock', 'thesis-tuned', 'thesis-tuned-literal']) {
      const profile = await resolveShipped(name);
      expect(() => refuseMisfits(profile, layers, machine)).not.toThrow();
    }
  });

  it('tuned differs from stock by its tuning only', async () => {
    const differences = diffProfiles(await resolveShipped('stock'), await resolveShipped('tuned'));
    expect(differences.map(({ parameter, baseline, candidate }) => [parameter, baseline, candidate])).toEqual([
      ['guest.docker.cpuset', null, '1'],
      ['guest.qemu.sysctl.kernel.timer_migration', null, 'off'],
      ['guest.qemu.sysctl.net.core.busy_poll', null, '50'],
      ['guest.qemu.sysctl.net.core.busy_read', null, '50'],
      ['guest.qemu.sysctl.vm.stat_interval', null, '10'],
      ['guest.qemu.vcpu.pin', null, '1'],
      ['host-boot.irqaffinity', null, '0'],
      ['host-boot.isolcpus', null, '1'],
      ['host-boot.nohz_full', null, '1'],
      ['host-boot.rcu_nocbs', null, '1'],
      ['host.cpu.governor', null, 'performance'],
      ['host.cpu.idle-state', null, '1'],
      ['host.memory.ksm', null, 'unmerge'],
      ['host.memory.transparent-hugepages', null, 'madvise'],
      ['host.nic.coalesce.adaptive-rx', null, 'off'],
      ['host.nic.coalesce.rx-usecs', null, '0'],
      ['host.nic.irq-affinity', null, '0'],
      ['host.sysctl.kernel.nmi_watchdog', null, 'off'],
      ['host.sysctl.kernel.numa_balancing', null, 'off'],
      ['host.sysctl.kernel.timer_migration', null, 'off'],
      ['host.sysctl.net.core.busy_poll', null, '50'],
      ['host.sysctl.net.core.busy_read', null, '50'],
      ['host.sysctl.vm.stat_interval', null, '10'],
      ['host.sysctl.vm.swappiness', null, '10'],
    ]);
  });
});
