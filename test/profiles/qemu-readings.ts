import type { QemuHostReadings, QemuReadings, QemuThreadReading } from '../../src/profiles/qemu-part.ts';

export function createThread(overrides: Partial<QemuThreadReading> = {}): QemuThreadReading {
  return {
    ...{ id: 100, name: 'CPU 0/TCG', role: 'vcpu', vcpu: 0, cpusAllowed: '0-3', lastCpu: 0, priority: 0, policy: 0 },
    ...overrides,
  };
}

/** A guest of 256 MiB that was started without any of the parameters. */
export function createQemuReadings(host: Partial<QemuHostReadings> = {}): QemuReadings {
  return {
    host: {
      processStatus: 'VmLck:\t       0 kB\nVmRSS:\t  150000 kB\nHugetlbPages:\t       0 kB\n',
      numaMaps: '7f375dfff000 default anon=20000 dirty=20000 N0=20000 kernelpagesize_kB=4\n',
      threads: [createThread(), createThread({ id: 99, name: 'qemu-system-x86', role: 'emulator', vcpu: null })],
      memoryBackends: [{ bytes: 2 ** 28, prealloc: false, policy: 'default', hostNodes: [] }],
      memoryBytes: 2 ** 28,
      machine: { type: 'pc-q35-7.2', alias: 'q35' },
      cpuType: 'max-x86_64-cpu',
      properties: { 'machine.hpet': true },
      features: 'Features for tgt0:\n',
      queueLength: 1000,
      ...host,
    },
    guest: { files: {}, outputs: {} },
  };
}
