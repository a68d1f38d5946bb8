import { describe, expect, it } from 'vitest';
import { catalogue } from '../../src/profiles/catalogue.ts';
import { listGuests } from '../../src/profiles/parameter.ts';

describe('catalogue', () => {
  it('holds what this version can apply and probe', () => {
    expect([...catalogue.keys()]).toEqual([
      'guest.docker.address',
      'guest.docker.cpus',
      'guest.docker.cpuset',
      'guest.docker.cpuset-mems',
      'guest.docker.mac',
      'guest.docker.memory',
      'guest.docker.offload.generic-receive',
      'guest.docker.offload.generic-segmentation',
      'guest.docker.offload.scatter-gather',
      'guest.docker.offload.tcp-segmentation',
      'guest.docker.offload.tx-checksumming',
      'guest.docker.server.priority',
      'guest.docker.sysctl.net.core.somaxconn',
      'guest.docker.sysctl.net.ipv4.tcp_autocorking',
      'guest.docker.sysctl.net.ipv4.tcp_congestion_control',
      'guest.docker.sysctl.net.ipv4.tcp_fastopen',
      'guest.docker.sysctl.net.ipv4.tcp_no_metrics_save',
      'guest.docker.sysctl.net.ipv4.tcp_notsent_lowat',
      'guest.docker.sysctl.net.ipv4.tcp_rmem',
      'guest.docker.sysctl.net.ipv4.tcp_slow_start_after_idle',
      'guest.docker.sysctl.net.ipv4.tcp_timestamps',
      'guest.docker.sysctl.net.ipv4.tcp_wmem',
      'guest.docker.sysctl.net.ipv4.udp_rmem_min',
      'guest.docker.tty',
      'guest.docker.txqueuelen',
      'guest.docker.ulimit.memlock',
      'guest.qemu.cpu.model',
      'guest.qemu.emulator.pin',
      'guest.qemu.emulator.priority',
      'guest.qemu.machine.hpet',
      'guest.qemu.machine.type',
      'guest.qemu.memory.backend',
      'guest.qemu.memory.host-nodes',
      'guest.qemu.memory.lock',
      'guest.qemu.memory.page-size',
      'guest.qemu.memory.path',
      'guest.qemu.memory.policy',
      'guest.qemu.memory.prealloc',
      'guest.qemu.memory.size',
      'guest.qemu.net.event-index',
      'guest.qemu.net.mergeable-buffers',
      'guest.qemu.net.offload.rx-checksum',
      'guest.qemu.net.offload.rx-segmentation',
      'guest.qemu.net.offload.tx-checksum',
      'guest.qemu.net.offload.tx-segmentation',
      'guest.qemu.net.packed',
      'guest.qemu.net.queues',
      'guest.qemu.net.rx-queue-size',
      'guest.qemu.net.vhost',
      'guest.qemu.pit.lost-tick-policy',
      'guest.qemu.tap.offload.generic-receive',
      'guest.qemu.tap.offload.generic-segmentation',
      'guest.qemu.tap.offload.scatter-gather',
      'guest.qemu.tap.offload.tcp-segmentation',
      'guest.qemu.tap.offload.tx-checksumming',
      'guest.qemu.tap.txqueuelen',
      'guest.qemu.vcpu.count',
      'guest.qemu.vcpu.pin',
      'guest.qemu.vcpu.priority',
      'guest.qemu.vhost.pin',
    ]);
  });

  it.each([...catalogue.values()].map((parameter) => [parameter.name, parameter] as const))(
    '%s is complete and named after its layer',
    (name, parameter) => {
      expect(catalogue.get(name)).toBe(parameter);
      expect(name.startsWith(`${parameter.layer}.`)).toBe(true);
      const { summary, accepted, versions, risk, source, probe } = parameter;
      for (const text of [summary, accepted, versions, risk, source, probe]) expect(text.length).toBeGreaterThan(10);
      expect(listGuests(parameter).length).toBeGreaterThan(0);
    },
  );
});
