import { describe, expect, it } from 'vitest';
import type { Parameter } from '../../../src/profiles/parameter.ts';
import { qemuGuestOffloads } from '../../../src/profiles/parameters/qemu-guest-offload.ts';
import { qemuIrqAffinity } from '../../../src/profiles/parameters/qemu-irq.ts';
import { qemuKernel } from '../../../src/profiles/parameters/qemu-kernel.ts';
import { qemuSysctls } from '../../../src/profiles/parameters/qemu-sysctl.ts';
import type { QemuGuestReadings, QemuReadings } from '../../../src/profiles/qemu-part.ts';

function read({ schema, qemu }: Parameter, value: unknown, guest: Partial<QemuGuestReadings>) {
  const readings = { guest: { files: {}, outputs: {}, ...guest } };
  return qemu?.read(schema.parse(value), readings as unknown as QemuReadings);
}

const nameRead = ({ qemu }: Parameter) => {
  const [command] = qemu?.guestReads?.commands ?? [];
  if (command === undefined) throw new Error('reads no command');
  return [command.program, ...command.args].join(' ');
};

describe('guest.qemu.kernel', () => {
  it.each(['debian-6.1', 'debian-6.12-rt', '/boot/vmlinuz-6.1.0-56-amd64', '/home/me/linux/vmlinux'])(
    'takes %s',
    (value) => {
      expect(qemuKernel.qemu?.settings?.(qemuKernel.schema.parse(value))).toEqual({ kernel: value });
    },
  );

  it.each(['debian-5.10', 'vmlinux', '/a/../b', '/a b', '/', ''])('refuses "%s"', (value) => {
    expect(qemuKernel.schema.safeParse(value).success).toBe(false);
  });

  const kernel = (release: string, version: string) => ({
    files: { '/proc/sys/kernel/osrelease': release, '/proc/version': `Linux version ${release} (gcc) ${version}` },
  });
  const cloud = kernel('6.1.0-56-cloud-amd64', '#1 SMP PREEMPT_DYNAMIC Debian 6.1.192-2 (2026-11-16)');
  const realTime = kernel('6.12.95+deb12-rt-amd64', '#1 SMP PREEMPT_RT Debian 6.12.95-1~bpo12+1 (2026-07-05)');

  it.each([
    ['debian-6.1', cloud, true],
    ['debian-6.1-rt', cloud, false],
    ['debian-6.12', cloud, false],
    ['debian-6.12-rt', realTime, true],
    ['debian-6.12', realTime, false],
    ['/boot/vmlinux', cloud, true],
  ])('%s is told by what runs', (value, guest, inForce) => {
    expect(read(qemuKernel, value, guest)?.inForce).toBe(inForce);
  });

  it('says what runs', () => {
    expect(read(qemuKernel, 'debian-6.12', realTime)?.found).toBe('6.12.95+deb12-rt-amd64 with PREEMPT_RT');
  });
});

describe('guest.qemu.irq.affinity', () => {
  const output = nameRead(qemuIrqAffinity);

  it.each([
    ['0', 'virtio0-input.0 0 0\nvirtio0-output.0 0 0\n', true],
    ['0-1', 'virtio0-input.0 0-1 1\nvirtio0-output.0 0-1 0\n', true],
    ['0', 'virtio0-input.0 0 0\nvirtio0-output.0 0-1 0\n', false],
    ['1', 'virtio0-input.0 1 0 3\n', false],
    ['1', 'virtio0-input.0 1 0 2\n', true],
    ['1', 'virtio0-input.0 0-1 0 0\n', false],
    ['1', 'virtio0-input.0 1 0\n', false],
    ['1', '', false],
  ])('%s with %j is in force: %j', (value, text, inForce) => {
    expect(read(qemuIrqAffinity, value, { outputs: { [output]: text } })?.inForce).toBe(inForce);
  });

  it('names every queue', () => {
    const text = 'virtio0-input.0 0-1 1\nvirtio0-output.0 0-1 0\n';
    expect(read(qemuIrqAffinity, '0', { outputs: { [output]: text } })?.found).toBe(
      'virtio0-input.0 may go to 0-1, goes to 1; virtio0-output.0 may go to 0-1, goes to 0',
    );
  });
});

describe('sysctls of a virtual machine', () => {
  const find = (key: string) => {
    const parameter = qemuSysctls.find(({ name }) => name === `guest.qemu.sysctl.${key}`);
    if (parameter === undefined) throw new Error(`no ${key}`);
    return parameter;
  };

  it('has those of a container and those of a whole machine', () => {
    expect(qemuSysctls.length).toBe(21);
    expect(find('net.ipv4.tcp_rmem').qemu?.guestCommands?.('4096 131072 6291456', { device: 'eth0' })).toEqual([
      { program: 'sysctl', args: ['-w', 'net.ipv4.tcp_rmem=4096 131072 6291456'] },
    ]);
    expect(find('kernel.watchdog').qemu?.guestCommands?.(false, { device: 'eth0' })).toEqual([
      { program: 'sysctl', args: ['-w', 'kernel.watchdog=0'] },
    ]);
  });

  it('reads them back as the kernel prints them', () => {
    const files = { '/proc/sys/net/ipv4/tcp_rmem': '4096\t131072\t6291456' };
    expect(read(find('net.ipv4.tcp_rmem'), '4096 131072 6291456', { files })).toEqual({
      found: '4096 131072 6291456',
      inForce: true,
    });
    expect(read(find('net.core.busy_poll'), 50, { files: { '/proc/sys/net/core/busy_poll': null } })).toEqual({
      found: 'no net.core.busy_poll',
      inForce: false,
    });
  });

  it('documents each where it is documented', () => {
    expect(find('vm.stat_interval').source).toBe('Linux Documentation/admin-guide/sysctl/vm.rst');
    expect(find('net.core.rmem_max').source).toBe('Linux Documentation/admin-guide/sysctl/net.rst');
    expect(find('net.ipv4.tcp_rmem').source).toBe('Linux Documentation/networking/ip-sysctl.rst');
  });
});

describe('offloads inside a virtual machine', () => {
  it.each(qemuGuestOffloads.map((parameter) => [parameter.name, parameter] as const))('%s', (_, parameter) => {
    const [command] = parameter.qemu?.guestCommands?.(false, { device: 'eth0' }) ?? [];
    expect(command).toMatchObject({ program: 'ethtool', args: ['-K', 'eth0', expect.any(String), 'off'] });
    const line = (state: string) =>
      `generic-receive-offload: ${state}\ngeneric-segmentation-offload: ${state}\n\ttx-tcp-segmentation: ${state}\n`;
    const output = nameRead(parameter);
    expect(read(parameter, 'off', { outputs: { [output]: line('off') } })?.inForce).toBe(true);
    expect(read(parameter, 'off', { outputs: { [output]: line('on') } })?.inForce).toBe(false);
    expect(read(parameter, 'on', { outputs: { [output]: null } })?.inForce).toBe(false);
  });
});
