import { describe, expect, it } from 'vitest';
import { buildQemuCommand, type VirtualMachine } from '../../src/guests/qemu-command.ts';
import { mergeSettings } from '../../src/profiles/virtual-machine-settings.ts';

const guest: VirtualMachine = {
  name: 'tunegate-d001',
  accelerator: 'tcg',
  settings: mergeSettings([]),
  firmware: 'qboot.rom',
  kernel: '/cache/vmlinux',
  initramfs: '/cache/guest.cpio',
  kernelArguments: ['tg.ip=198.18.0.32/24'],
  logFile: '/run/a,b.log',
  monitor: '/state/d001.qmp',
  secondMonitor: '/state/d001.second.qmp',
  channel: '/state/d001.channel',
  network: { tap: 'tgt0', mac: '02:54:47:00:00:32' },
};

describe('buildQemuCommand', () => {
  it('asks for exactly this', () => {
    expect(buildQemuCommand(guest)).toEqual({
      program: 'qemu-system-x86_64',
      args: [
        '-name',
        'tunegate-d001,debug-threads=on',
        '-nodefaults',
        '-no-user-config',
        '-display',
        'none',
        '-no-reboot',
        '-machine',
        'q35',
        '-accel',
        'tcg,tb-size=128',
        '-cpu',
        'max',
        '-smp',
        'cpus=1',
        '-m',
        'size=256M',
        '-bios',
        'qboot.rom',
        '-kernel',
        '/cache/vmlinux',
        '-initrd',
        '/cache/guest.cpio',
        '-append',
        'console=ttyS0 quiet panic=-1 tg.ip=198.18.0.32/24',
        '-chardev',
        'file,id=console,path=/run/a,,b.log,append=on',
        '-serial',
        'chardev:console',
        '-chardev',
        'socket,id=monitor,path=/state/d001.qmp,server=on,wait=off',
        '-mon',
        'chardev=monitor,mode=control',
        '-chardev',
        'socket,id=second-monitor,path=/state/d001.second.qmp,server=on,wait=off',
        '-mon',
        'chardev=second-monitor,mode=control',
        '-chardev',
        'socket,id=channel,path=/state/d001.channel,server=on,wait=off',
        '-serial',
        'chardev:channel',
        '-netdev',
        'tap,id=net,ifname=tgt0,script=no,downscript=no',
        '-device',
        'virtio-net-pci,id=nic,netdev=net,romfile=,mac=02:54:47:00:00:32',
      ],
    });
  });

  it('takes a macvtap as the file that is open for it', () => {
    const { args } = buildQemuCommand({ ...guest, network: { tap: { descriptor: 9 }, mac: '02:54:47:00:00:32' } });
    expect(args[args.indexOf('-netdev') + 1]).toBe('tap,id=net,fd=9');
  });

  it("forwards ports to QEMU's own network, which takes nothing of a tap", () => {
    const forwards = [
      { protocol: 'tcp', port: 12865 },
      { protocol: 'udp', port: 12866 },
    ] as const;
    const { args } = buildQemuCommand({ ...guest, network: { forwards, mac: '02:54:47:00:00:32' } });
    expect(args[args.indexOf('-netdev') + 1]).toBe(
      'user,id=net,ipv6=off,hostfwd=tcp:127.0.0.1:12865-:12865,hostfwd=udp:127.0.0.1:12866-:12866',
    );
  });

  it('leaves out firmware, network, second monitor and channel where there is none, and never lets KVM fall back', () => {
    const { args } = buildQemuCommand({
      ...guest,
      accelerator: 'kvm',
      firmware: null,
      network: null,
      secondMonitor: null,
      channel: null,
    });
    expect(args[args.indexOf('-accel') + 1]).toBe('kvm');
    expect(args).not.toContain('-bios');
    expect(args.filter((argument) => argument === '-serial')).toHaveLength(1);
    expect(args.filter((argument) => argument === '-mon')).toHaveLength(1);
    expect(args.filter((argument) => /tap|virtio/.test(argument))).toEqual([]);
  });

  it('asks for memory and network as the profile wants them', () => {
    const settings = mergeSettings([
      { cpus: 2, cpuModel: 'host', machine: { type: 'pc', properties: { hpet: 'off' } } },
      { options: ['-global', 'kvm-pit.lost_tick_policy=discard'] },
      { memory: { bytes: 2 ** 30, backend: 'memfd', pageBytes: 2 ** 21, prealloc: true, lock: 'on' } },
      { memory: { hostNodes: '0-1,3', policy: 'interleave' } },
      { network: { vhost: true, queues: 2, device: { mq: 'on', vectors: '6' } } },
      { network: { device: { rx_queue_size: '512' } } },
    ]);
    expect(buildQemuCommand({ ...guest, settings }).args).toEqual([
      '-name',
      'tunegate-d001,debug-threads=on',
      '-nodefaults',
      '-no-user-config',
      '-display',
      'none',
      '-no-reboot',
      '-machine',
      'pc,hpet=off,memory-backend=ram',
      '-accel',
      'tcg,tb-size=128',
      '-cpu',
      'host',
      '-smp',
      'cpus=2',
      '-m',
      'size=1024M',
      '-object',
      'memory-backend-memfd,id=ram,size=1073741824,hugetlb=on,hugetlbsize=2097152,prealloc=on,policy=interleave,host-nodes=0-1,host-nodes=3',
      '-overcommit',
      'mem-lock=on',
      '-global',
      'kvm-pit.lost_tick_policy=discard',
      '-bios',
      'qboot.rom',
      '-kernel',
      '/cache/vmlinux',
      '-initrd',
      '/cache/guest.cpio',
      '-append',
      'console=ttyS0 quiet panic=-1 tg.ip=198.18.0.32/24',
      '-chardev',
      'file,id=console,path=/run/a,,b.log,append=on',
      '-serial',
      'chardev:console',
      '-chardev',
      'socket,id=monitor,path=/state/d001.qmp,server=on,wait=off',
      '-mon',
      'chardev=monitor,mode=control',
      '-chardev',
      'socket,id=second-monitor,path=/state/d001.second.qmp,server=on,wait=off',
      '-mon',
      'chardev=second-monitor,mode=control',
      '-chardev',
      'socket,id=channel,path=/state/d001.channel,server=on,wait=off',
      '-serial',
      'chardev:channel',
      '-netdev',
      'tap,id=net,ifname=tgt0,script=no,downscript=no,vhost=on,queues=2',
      '-device',
      'virtio-net-pci,id=nic,netdev=net,romfile=,mac=02:54:47:00:00:32,mq=on,vectors=6,rx_queue_size=512',
    ]);
  });

  it.each([
    [{ backend: 'file', path: '/mnt/a,b' }, 'memory-backend-file,id=ram,size=268435456,mem-path=/mnt/a,,b'],
    [{ pageBytes: 2 ** 30 }, 'memory-backend-memfd,id=ram,size=268435456,hugetlb=on,hugetlbsize=1073741824'],
    [{ prealloc: false }, 'memory-backend-ram,id=ram,size=268435456,prealloc=off'],
    [{ hostNodes: '0' }, 'memory-backend-ram,id=ram,size=268435456,policy=bind,host-nodes=0'],
    [{ backend: 'memfd', pageBytes: 4096 }, 'memory-backend-memfd,id=ram,size=268435456'],
    [{ backend: 'anonymous', pageBytes: 4096 }, undefined],
  ] as const)('builds the backend of %j', (memory, object) => {
    const { args } = buildQemuCommand({ ...guest, settings: mergeSettings([{ memory }]) });
    expect(args.includes('-object') ? args[args.indexOf('-object') + 1] : undefined).toBe(object);
    expect(args[args.indexOf('-machine') + 1]).toBe(object === undefined ? 'q35' : 'q35,memory-backend=ram');
  });
});
