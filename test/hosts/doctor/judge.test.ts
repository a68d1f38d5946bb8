import { describe, expect, it } from 'vitest';
import type { DoctorCheck } from '../../../src/hosts/doctor/check.ts';
import { judgeNic } from '../../../src/hosts/doctor/judge-nic.ts';
import { judgePairs, type ReachedMachine } from '../../../src/hosts/doctor/judge-pairs.ts';
import { judgeClock, judgeServices } from '../../../src/hosts/doctor/judge-services.ts';
import { judgeSystem } from '../../../src/hosts/doctor/judge-system.ts';
import { machineCommands, machineFiles } from '../../../src/hosts/doctor/machine-reads.ts';
import { createReadings, link, nic, nicCommands } from './readings.ts';

const show = (checks: readonly DoctorCheck[]) => checks.map(({ what, state, found }) => `${state} ${what}: ${found}`);
const troubles = (checks: readonly DoctorCheck[]) => show(checks.filter(({ state }) => state !== 'ok'));

describe('judgeNic', () => {
  const judge = (...outputs: Parameters<typeof createReadings>[0] & object) =>
    judgeNic('stock', nic, createReadings(outputs));

  it('says what the card is, and finds nothing wrong with one that is right', () => {
    expect(show(judge())).toEqual([
      'ok NIC under test: enp1s0: driver igb, PCI 0000:01:00.0 8086:10c9, firmware 2.1.0, MTU 1500',
      'ok management: reached over enp0s3, not over enp1s0',
      'ok carrier: enp1s0 has a carrier, 1000Mb/s',
      'ok IOMMU: group 6',
      'ok SR-IOV: up to 7 virtual functions, 0 there',
    ]);
  });

  it('an interface that is not there', () => {
    expect(show(judge([nicCommands.link, '']))).toEqual([
      'missing NIC under test: machines.stock.nic is enp1s0, and there is no such interface',
    ]);
  });

  it('the interface by which the machine is reached', () => {
    expect(troubles(judge([machineCommands.peerRoute, '192.0.2.1 dev enp1s0 src 192.0.2.11']))).toEqual([
      'missing management: machines.stock.nic is enp1s0, over which the machine itself is reached; name the interface of the test wire',
    ]);
  });

  it.each([
    [
      'down',
      ['BROADCAST'],
      'attention carrier: enp1s0 is down, so that nobody can say whether its cable is plugged in; a run sets it up',
    ],
    [
      'without a cable',
      ['UP'],
      'missing carrier: enp1s0 is up and has no carrier: no cable, or nothing at its other end',
    ],
  ])('an interface that is %s', (_, flags, sentence) => {
    expect(troubles(judge([nicCommands.link, JSON.stringify([{ ...link, flags }])]))).toEqual([sentence]);
  });

  it('an interface that somebody uses', () => {
    const used = { ...link, master: 'br0', addr_info: [{ local: '192.0.2.5', prefixlen: 24, scope: 'global' }] };
    expect(troubles(judge([nicCommands.link, JSON.stringify([used])]))).toEqual([
      'attention use of the NIC: enp1s0 is a port of br0, which goes without it while a run lasts',
      'attention use of the NIC: enp1s0 has 192.0.2.5/24, which nobody reaches while a run lasts',
    ]);
  });

  it('programs that manage it, and programs that leave it alone', () => {
    const managed = judge(
      [machineCommands.devices, 'enp0s3:connected\nenp1s0:disconnected\n'],
      [machineCommands.links, '  2 enp0s3 ether routable configured\n  3 enp1s0 ether off configuring\n'],
    );
    expect(troubles(managed)).toEqual([
      'attention NetworkManager: it manages enp1s0 (disconnected); `nmcli device set enp1s0 managed no`, and a file in /etc/NetworkManager/conf.d to keep it so',
      'attention systemd-networkd: it manages enp1s0 (configuring); give it a .network file with Unmanaged=yes',
    ]);
    const left = judge(
      [machineCommands.devices, 'enp1s0:unmanaged\n'],
      [machineCommands.links, '  3 enp1s0 ether off unmanaged\n'],
    );
    expect(troubles(left)).toEqual([]);
  });

  it('a card without an IOMMU and without virtual functions, and what is no card', () => {
    const plain = judge(
      [nicCommands.pci, 'bus=0000:01:00.0\nvendor=0x1\ndevice=0x2\n'],
      [machineCommands.iommuGroups, ''],
    );
    expect(show(plain).slice(-2)).toEqual([
      'ok IOMMU: none is in use; host-boot.iommu switches it on, where the firmware allows it',
      'ok SR-IOV: the card has none',
    ]);
    expect(judgeNic('load', nic, createReadings([[nicCommands.pci, '']]), true)[0]?.state).toBe('ok');
    expect(troubles(judge([nicCommands.pci, '']))[0]).toMatch(
      /it is no PCI device, so there is no real wire behind it$/,
    );
  });
});

describe('judgeServices', () => {
  it('is content where none is at work', () => {
    expect(judgeServices(createReadings()).map(({ state }) => state)).toEqual(['ok']);
  });

  it('names each that would change what a run has set, and the firewall that is on', () => {
    const readings = createReadings([[machineCommands.daemons, 'firewalld\nirqbalance\ntuned\ndockerd\n']], {
      [machineFiles.firewall]: '# comment\nENABLED=yes\nLOGLEVEL=low',
    });
    expect(judgeServices(readings).map(({ what, state }) => `${state} ${what}`)).toEqual([
      'attention firewalld',
      'attention irqbalance',
      'attention tuned',
      'attention ufw',
    ]);
  });
});

describe('judgeClock', () => {
  it.each([
    [0.2, 0.01, 'ok'],
    [-0.9, 0.01, 'ok'],
    [1.5, 0.01, 'attention'],
    [-1.5, 0.01, 'attention'],
    [1.5, 0.6, 'ok'],
  ])('%f s, known to %f s: %s', (seconds, uncertaintySeconds, state) => {
    expect(judgeClock(createReadings(), { seconds, uncertaintySeconds })[0]?.state).toBe(state);
  });

  it('says who sets it', () => {
    expect(show(judgeClock(createReadings(), null))).toEqual([
      'ok clock: the clock of this machine: set by systemd-timesyncd',
    ]);
    const lost = createReadings([[machineCommands.synchronised, 'no']]);
    expect(judgeClock(lost, null)[0]?.found).toMatch(/set by systemd-timesyncd, which has not found the time yet$/);
    const nobody = createReadings([
      [machineCommands.synchronised, 'no'],
      [machineCommands.daemons, ''],
    ]);
    expect(judgeClock(nobody, null)[0]?.found).toMatch(/nothing sets the clock$/);
  });
});

describe('judgeSystem', () => {
  it('describes the machine', () => {
    expect(show(judgeSystem(createReadings(), false))).toEqual([
      'ok system: Debian GNU/Linux 12 (bookworm), kernel 6.12.95+deb12-amd64',
      'ok processor: CPUs 0-3, CPU X, without hyper-threads, microcode 0x2b, all mitigations',
      'ok hardware: unknown maker unknown model',
      'ok frequency: no control of the frequency, no idle states, clock source tsc',
      'ok memory: 4.0 GiB, 4 huge pages of 2 MiB, 3 free',
    ]);
  });

  it('a virtual machine is worth a word, unless the inventory says that it is one', () => {
    const guest = createReadings([], { [machineFiles.cpuinfo]: 'flags\t\t: fpu hypervisor tsc\n' });
    expect(troubles(judgeSystem(guest, false))[0]).toMatch(
      /^attention hardware: .*its own host is part of every figure$/,
    );
    expect(troubles(judgeSystem(guest, true))).toEqual([]);
  });

  it('a clock that is slow to read is worth a word', () => {
    const slow = createReadings([], { [machineFiles.clocksource]: 'hpet' });
    expect(judgeSystem(slow, false).find(({ what }) => what === 'frequency')?.state).toBe('attention');
  });
});

describe('judgePairs', () => {
  const machine = (name: string, role: ReachedMachine['role'], readings = createReadings()): ReachedMachine => ({
    ...{ name, role, readings },
    nic: role === 'controller' ? null : nic,
  });

  it('says what was not tried, and that hosts are alike', () => {
    const checks = judgePairs([machine('stock', 'host'), machine('tuned', 'host'), machine('load', 'client')]);
    expect(troubles(checks)).toEqual([]);
    expect(checks[0]?.found).toMatch(
      /^stock, tuned, load have a carrier each; that they are on one wire was not tried, /,
    );
    expect(checks.map(({ what }) => what)).toEqual([
      'wire',
      'same NIC model',
      'same kernel',
      'same processor',
      'same microcode',
      'same firmware',
    ]);
  });

  it('names what differs', () => {
    const other = createReadings([], { [machineFiles.release]: '6.1.0' });
    const checks = judgePairs([machine('stock', 'host'), machine('tuned', 'host', other), machine('load', 'client')]);
    expect(troubles(checks)).toEqual(['attention same kernel: stock has 6.12.95+deb12-amd64, tuned has 6.1.0']);
  });

  it('without a client, or with a dark end, nobody can say anything of the wire', () => {
    expect(judgePairs([machine('stock', 'host')])[0]?.state).toBe('missing');
    const dark = createReadings([[nicCommands.link, JSON.stringify([{ ...link, flags: [] }])]]);
    const [wire] = judgePairs([machine('stock', 'host', dark), machine('load', 'client')]);
    expect(wire).toMatchObject({
      state: 'attention',
      found: expect.stringMatching(/^there is no carrier yet at stock, /),
    });
  });
});
