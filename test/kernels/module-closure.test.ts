import { describe, expect, it } from 'vitest';
import { listModuleFiles } from '../../src/kernels/module-closure.ts';

/** From Debian's 6.1 kernels, where `virtio` comes before `virtio_ring`, which it needs. */
const dependencies = `kernel/drivers/virtio/virtio_ring.ko:
kernel/drivers/virtio/virtio.ko: kernel/drivers/virtio/virtio_ring.ko
kernel/drivers/virtio/virtio_pci_modern_dev.ko:
kernel/drivers/virtio/virtio_pci_legacy_dev.ko:
kernel/drivers/virtio/virtio_pci.ko: kernel/drivers/virtio/virtio_pci_modern_dev.ko kernel/drivers/virtio/virtio_pci_legacy_dev.ko kernel/drivers/virtio/virtio.ko kernel/drivers/virtio/virtio_ring.ko
kernel/drivers/net/virtio_net.ko: kernel/drivers/virtio/virtio.ko kernel/drivers/virtio/virtio_ring.ko kernel/drivers/net/net_failover.ko kernel/net/core/failover.ko
kernel/net/core/failover.ko:
kernel/drivers/net/net_failover.ko: kernel/net/core/failover.ko
kernel/drivers/char/hw_random/virtio-rng.ko.xz:
`;

const names = (files: readonly string[]) => files.map((file) => file.slice(file.lastIndexOf('/') + 1));

describe('listModuleFiles', () => {
  it('loads what a module needs before it, and each once', () => {
    expect(names(listModuleFiles(['virtio_pci', 'virtio_net'], dependencies, ''))).toEqual([
      'virtio_pci_modern_dev.ko',
      'virtio_pci_legacy_dev.ko',
      'virtio_ring.ko',
      'virtio.ko',
      'virtio_pci.ko',
      'failover.ko',
      'net_failover.ko',
      'virtio_net.ko',
    ]);
  });

  it('needs no file for what is built in', () => {
    expect(listModuleFiles(['virtio_pci'], dependencies, 'kernel/drivers/virtio/virtio_pci.ko\n')).toEqual([]);
  });

  it('finds a compressed file with a dash in its name', () => {
    expect(names(listModuleFiles(['virtio_rng'], dependencies, ''))).toEqual(['virtio-rng.ko.xz']);
  });

  it('ends where modules need each other', () => {
    const circle = 'a.ko: b.ko\nb.ko: a.ko\n';
    expect(() => listModuleFiles(['a'], circle, '')).toThrow('modules need each other in a circle: a.ko, b.ko');
  });

  it('names the module that is missing', () => {
    expect(() => listModuleFiles(['virtio_net'], '', '')).toThrow('the kernel has no module virtio_net');
  });
});
