import { describe, expect, it } from 'vitest';
import { refuseMisfits } from '../../src/profiles/checks.ts';
import { listGuestKernels } from '../../src/profiles/list-guest-kernels.ts';
import { limits } from './machine-limits.ts';

const refuse = (parameters: Record<string, string | number>) => () =>
  refuseMisfits({ name: 'mine', parameters }, ['guest'], limits);

describe('refuseMisfits for what is inside a virtual machine', () => {
  it.each([
    [
      { 'guest.qemu.boot.isolcpus': 'managed_irq,domain,1-3', 'guest.qemu.vcpu.count': 2 },
      'profile mine: guest.qemu.boot.isolcpus is 1-3, but the guest has no CPU 2-3 (guest.qemu.vcpu.count is 2), accepted are CPUs of 0-1',
    ],
    [
      { 'guest.qemu.boot.nohz_full': '1' },
      'the guest has no CPU 1 (guest.qemu.vcpu.count is 1), accepted are CPUs of 0',
    ],
    [{ 'guest.qemu.boot.rcu_nocbs': '9' }, 'guest.qemu.boot.rcu_nocbs is 9, but the guest has no CPU 9'],
    [{ 'guest.qemu.irq.affinity': '1' }, 'guest.qemu.irq.affinity is 1, but the guest has no CPU 1'],
    [
      { 'guest.qemu.boot.hugepages': '4x1GiB' },
      'guest.qemu.boot.hugepages takes 4GiB of a guest of 256MiB, accepted is what leaves it 128MiB',
    ],
  ])('%j', (parameters, reason) => {
    expect(refuse(parameters)).toThrow(reason);
  });

  it('lets pass what fits', () => {
    expect(
      refuse({
        'guest.qemu.boot.hugepages': '16x2MiB',
        'guest.qemu.boot.isolcpus': '1',
        'guest.qemu.irq.affinity': '0',
        'guest.qemu.vcpu.count': 2,
      }),
    ).not.toThrow();
  });
});

describe('listGuestKernels', () => {
  it('names each once, and null where a profile names none', () => {
    const profiles = [{ 'guest.qemu.kernel': 'debian-6.1-rt' }, {}, { 'guest.qemu.kernel': 'debian-6.1-rt' }];
    const listed = (layers: readonly ('guest' | 'host')[]) =>
      listGuestKernels(
        profiles.map((parameters) => ({ parameters })),
        layers,
      );
    expect(listed(['guest'])).toEqual(['debian-6.1-rt', null]);
    expect(listed(['host'])).toEqual([null]);
  });
});
