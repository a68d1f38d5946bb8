import type { MachineLimits } from '../../src/profiles/parameter.ts';

/** A machine with four CPUs, one NUMA node and 1 GiB, of which three quarters are free; no huge page is set aside. */
export const limits: MachineLimits = {
  cpus: [0, 1, 2, 3],
  memoryBytes: 2 ** 30,
  availableBytes: 3 * 2 ** 28,
  nodes: [0],
  hugePages: [
    { pageBytes: 2 * 2 ** 20, freeBytes: 0 },
    { pageBytes: 2 ** 30, freeBytes: 0 },
  ],
  qemu: '7.2.22',
  vhost: false,
  network: '198.18.0.0/24',
  takenAddresses: ['198.18.0.1', '198.18.0.2'],
};
