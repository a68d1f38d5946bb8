import { describe, expect, it } from 'vitest';
import { refuseMisfits } from '../../src/profiles/checks.ts';
import { checkQemuParameters } from '../../src/profiles/virtual-machine-checks.ts';
import { limits } from './machine-limits.ts';
import { createQemuReadings, createThread } from './qemu-readings.ts';

const probe = (name: string, value: string | number | boolean, host: Parameters<typeof createQemuReadings>[0] = {}) => {
  const [check] = checkQemuParameters({ [name]: value }, ['guest'], createQemuReadings(host));
  return [check?.result, check?.found];
};

const status = (locked: number, resident: number, huge = 0) =>
  `VmLck:\t${locked} kB\nVmRSS:\t${resident} kB\nHugetlbPages:\t${huge} kB\n`;

describe('what was asked for and is silently not in force', () => {
  it('huge pages that were not allocated', () => {
    const numaMaps =
      '7f3 default file=/memfd:memory-backend-memfd\\040(deleted) huge dirty=128 N0=128 kernelpagesize_kB=2048';
    expect(probe('guest.qemu.memory.page-size', '2MiB')).toEqual([
      'mismatch',
      'pages of 4KiB, HugetlbPages 0 bytes of 256MiB',
    ]);
    expect(
      probe('guest.qemu.memory.page-size', '2MiB', { numaMaps, processStatus: status(0, 30_000, 262_144) }),
    ).toEqual(['verified', 'pages of 2MiB, HugetlbPages 256MiB of 256MiB']);
  });

  it('memory in an ordinary file system has pages of 4KiB', () => {
    const numaMaps = '7f3 default file=/mnt/huge/qemu_back_mem.ram.aX1 anon=65536 N0=65536 kernelpagesize_kB=4';
    expect(probe('guest.qemu.memory.path', '/mnt/huge', { numaMaps })).toEqual([
      'verified',
      '/mnt/huge/qemu_back_mem.ram.aX1',
    ]);
    expect(probe('guest.qemu.memory.page-size', '2MiB', { numaMaps })[0]).toBe('mismatch');
  });

  it.each([
    ['on', status(497_096, 300_000), 'verified', 'on'],
    ['on', status(650_240, 27_648), 'mismatch', 'on-fault'],
    ['on-fault', status(650_240, 27_648), 'verified', 'on-fault'],
    ['on', status(0, 300_000), 'mismatch', 'off'],
    ['on', status(1000, 300_000), 'mismatch', 'in part'],
    ['off', status(497_096, 300_000), 'mismatch', 'on'],
  ])('lock %s with %j is a %s: %s', (value, processStatus, result, state) => {
    const [found, words] = probe('guest.qemu.memory.lock', value, { processStatus });
    expect(found).toBe(result);
    expect(words).toMatch(new RegExp(`^${state}: VmLck \\d+ kB, VmRSS \\+ HugetlbPages \\d+ kB of a guest of 256MiB$`));
  });

  it('pinned threads that all sit on one CPU', () => {
    const second = { id: 101, name: 'CPU 1/TCG', vcpu: 1 };
    const spread = [
      createThread({ cpusAllowed: '1', lastCpu: 1 }),
      createThread({ ...second, cpusAllowed: '2', lastCpu: 2 }),
    ];
    expect(probe('guest.qemu.vcpu.pin', '1-2', { threads: spread })[0]).toBe('verified');
    const piled = [
      createThread({ cpusAllowed: '1-2', lastCpu: 1 }),
      createThread({ ...second, cpusAllowed: '1-2', lastCpu: 1 }),
    ];
    expect(probe('guest.qemu.vcpu.pin', '1-2', { threads: piled })).toEqual([
      'mismatch',
      'CPU 0/TCG may run on 1-2, ran on 1; CPU 1/TCG may run on 1-2, ran on 1, all on CPU 1',
    ]);
  });

  it('says not-applicable where the guest has no such timer', () => {
    expect(probe('guest.qemu.pit.lost-tick-policy', 'discard')).toEqual([
      'not-applicable',
      'the guest has no kvm-pit, as under TCG',
    ]);
  });
});

describe('refuseMisfits for virtual machines', () => {
  it.each([
    [{ 'guest.qemu.memory.size': '2GiB' }, 'this machine has 1024MiB, accepted is from 128MiB to 1024MiB'],
    [
      { 'guest.qemu.memory.page-size': '2MiB', 'guest.qemu.memory.size': '512MiB' },
      'accepted is a guest of at most 256MiB',
    ],
    [{ 'guest.qemu.memory.page-size': '1GiB' }, "the guest's memory of 256MiB is no multiple of its pages of 1GiB"],
    [{ 'guest.qemu.memory.lock': 'on-fault' }, 'QEMU here is 7.2.22, on-fault needs 10.0 or newer'],
    [{ 'guest.qemu.vcpu.pin': '7' }, 'this machine has no CPU 7, accepted are CPUs of 0-3'],
    [{ 'guest.qemu.vcpu.pin': '0-1' }, 'guest.qemu.vcpu.pin names 2 CPUs for 1 virtual ones'],
    [{ 'guest.qemu.vcpu.count': 5 }, 'this machine has 4 CPUs, accepted is from 1 to 4'],
    [{ 'guest.qemu.memory.host-nodes': '1' }, 'this machine has no NUMA node 1, accepted are nodes of 0'],
    [{ 'guest.qemu.memory.policy': 'bind' }, 'guest.qemu.memory.host-nodes is not set'],
    [{ 'guest.qemu.memory.backend': 'file' }, 'guest.qemu.memory.path is not set'],
    [{ 'guest.qemu.net.vhost': true }, 'this machine has no /dev/vhost-net (module vhost_net), accepted is off'],
  ])('%j: %s', (parameters, reason) => {
    const profile = { name: 'mine', parameters };
    expect(() => refuseMisfits(profile, ['guest'], limits)).toThrow(reason);
    expect(() => refuseMisfits(profile, ['host'], limits)).not.toThrow();
  });
});
