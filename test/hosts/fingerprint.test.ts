import { describe, expect, it } from 'vitest';
import { fingerprintSchema } from '../../src/hosts/fingerprint.schema.ts';
import { buildFacts, collectFingerprint, compareFingerprints } from '../../src/hosts/fingerprint.ts';
import { buildNicSettings, tableCommands } from '../../src/hosts/fingerprint-reads.ts';
import { createLocalMachine } from '../../src/machines/local.ts';
import type { HostReadings } from '../../src/profiles/host-part.ts';
import { nameCommand } from '../../src/profiles/name-command.ts';

const nic = { name: 'enp1s0', namespace: null } as const;
const settings = buildNicSettings(nic.name, nic.namespace);
const key = (command: { program: string; args: readonly string[] } | undefined) =>
  command === undefined ? '' : nameCommand(command);

const readings: HostReadings = {
  files: {
    '/proc/sys/kernel/osrelease': '6.12.95',
    '/proc/sys/net/ipv4/tcp_rmem': '4096\t131072\t6291456',
    '/proc/sys/net/ipv4/tcp_mem': '1\t2\t3',
    '/proc/sys/net/core/netdev_rss_key': '52:cc',
    '/proc/cmdline': 'BOOT_IMAGE=/boot/vmlinuz root=UUID=1 quiet tunegate.boot=7f3a panic=10',
    '/proc/cpuinfo': 'model name\t: CPU X\nmicrocode\t: 0x2b\n\nmodel name\t: CPU X\nmicrocode\t: 0x2b\n',
    '/proc/meminfo': 'MemTotal:        4194304 kB\nMemFree: 12 kB\n',
    '/proc/modules': 'igb 323584 0 - Live 0x0000000000000000\nbridge 417792 1 br_netfilter, Live 0x0\n',
    '/etc/os-release': 'PRETTY_NAME="Debian 12"',
  },
  outputs: {
    [nameCommand(tableCommands.packages)]: 'docker.io=20.10.24\nnetperf=2.7.0-0.1\n',
    [nameCommand(tableCommands.interrupts)]: 'enp1s0=0-2\nenp1s0-TxRx-0=1\nACPI:Ged=0\nACPI:Ged=1\n',
    [key(settings.link)]: '3: enp1s0@if7: <UP> mtu 1500 qdisc mq\\    link/ether 02:54\n',
    [key(settings.addresses)]:
      '3: enp1s0    inet 192.0.2.5/24 scope global enp1s0\\       valid_lft forever preferred_lft forever\n',
  },
};

describe('buildFacts', () => {
  it('keeps what is set and leaves out what moves by itself', () => {
    expect(buildFacts(readings, nic)).toEqual({
      '/proc/sys/kernel/osrelease': '6.12.95',
      '/proc/sys/net/ipv4/tcp_rmem': '4096 131072 6291456',
      'cpu.microcode': '0x2b',
      'cpu.model': 'CPU X',
      'interrupt.ACPI:Ged': '0 1',
      'interrupt.enp1s0': '0-2',
      'interrupt.enp1s0-TxRx-0': '1',
      'kernel.cmdline': 'BOOT_IMAGE=/boot/vmlinuz root=UUID=1 quiet panic=10',
      'memory.gibibytes': '4.0',
      'module.bridge': 'loaded',
      'module.igb': 'loaded',
      'nic.enp1s0.addresses': 'enp1s0 inet 192.0.2.5/24 scope global enp1s0;',
      'nic.enp1s0.link': 'enp1s0: <UP> mtu 1500 qdisc mq; link/ether 02:54',
      'package.docker.io': '20.10.24',
      'package.netperf': '2.7.0-0.1',
      'system.name': 'Debian 12',
    });
  });

  it('has the memory without the few KiB that the kernel takes more or less of in each boot', () => {
    const memory = (kibibytes: number) => {
      const files = { ...readings.files, '/proc/meminfo': `MemTotal:        ${kibibytes} kB\n` };
      return buildFacts({ ...readings, files }, nic)['memory.gibibytes'];
    };
    expect([memory(2_983_692), memory(2_983_700), memory(3_145_728)]).toEqual(['2.8', '2.8', '3.0']);
  });

  it('is in the order of the names', () => {
    const keys = Object.keys(buildFacts(readings, nic));
    expect(keys).toEqual([...keys].sort());
  });
});

describe('compareFingerprints', () => {
  it('names what is another, gone or new', () => {
    const before = { facts: { a: '1', b: '2', c: '3' } };
    const after = { facts: { a: '1', b: '5', d: '4' } };
    expect(compareFingerprints(before, after)).toEqual([
      { key: 'b', before: '2', after: '5' },
      { key: 'c', before: '3', after: null },
      { key: 'd', before: null, after: '4' },
    ]);
    expect(compareFingerprints(before, before)).toEqual([]);
  });

  it('takes no fact from where objects have theirs', () => {
    const one = { facts: { constructor: 'x' } };
    expect(compareFingerprints({ facts: {} }, one)).toEqual([{ key: 'constructor', before: null, after: 'x' }]);
  });
});

describe('collectFingerprint', () => {
  it('is the same twice on a machine that nobody changes, and knows the kernel', async () => {
    const machine = createLocalMachine('here');
    const [first, second] = [await collectFingerprint(machine, null), await collectFingerprint(machine, null)];
    expect(fingerprintSchema.parse(first)).toEqual(first);
    expect(first.machine).toBe('here');
    expect(first.facts['/proc/sys/kernel/osrelease']).toMatch(/^\d+\.\d+/);
    expect(Object.keys(first.facts).length).toBeGreaterThan(100);
    // Others may measure on this machine just now: their network is not ours to compare.
    const own = compareFingerprints(first, second).filter(({ key: name }) => !/^(interrupt|module)\./.test(name));
    expect(own).toEqual([]);
  });
});
