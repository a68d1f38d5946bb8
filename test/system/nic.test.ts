import { afterEach, beforeEach, expect, it } from 'vitest';
import { giveNicBack } from '../../src/hosts/give-nic-back.ts';
import type { NicRecord } from '../../src/hosts/nic.schema.ts';
import { buildTakeCommands } from '../../src/hosts/nic-commands.ts';
import { readNic } from '../../src/hosts/read-nic.ts';
import { change, ip } from '../../src/machines/ip.ts';
import { createLocalMachine } from '../../src/machines/local.ts';
import { inNamespace, type Machine } from '../../src/machines/machine.ts';
import { describeWith } from '../requirements.ts';

const machine = createLocalMachine();
/** Names of their own: nothing else on the machine is called so. */
const [home, run, guest] = ['nictest-home', 'nictest-run', 'nictest-guest'];
const nic = 'nictest0';

/** `home` and `run` are the first words of lines such as `home link set ...`. */
async function doAll(lines: string): Promise<void> {
  for (const line of lines.trim().split('\n')) {
    const [place = '', ...words] = line.trim().split(' ');
    const [program = '', ...args] = words;
    await change(machine, inNamespace(`nictest-${place}`, { program, args }));
  }
}

describeWith(['root', 'namespaces', 'ethtool'], 'an interface that a run uses', () => {
  let record: NicRecord;

  beforeEach(async () => {
    for (const namespace of [home, run, guest]) await change(machine, ip('netns', 'add', namespace));
    await doAll(`home ip link add ${nic} type veth peer name nictest1
      home ip link add nictestbr type bridge
      home ip link set nictestbr up
      home ip link set nictest1 up
      home ip link set ${nic} mtu 1480 txqueuelen 500 alias its.owner
      home ip link set ${nic} up
      home ip address add 192.0.2.5/24 brd + dev ${nic}
      home ip address add 2001:db8::5/64 dev ${nic} nodad
      home ip route add 203.0.113.0/24 via 192.0.2.1 metric 77
      home ip route add 203.0.114.0/24 dev ${nic} table 99 proto static
      home ip -6 route add 2001:db8:1::/48 via 2001:db8::1
      home sysctl -qw net.ipv4.conf.${nic}.rp_filter=2
      home ethtool -K ${nic} tx-checksum-sctp off`);
    record = { mark: 'tunegate/test/nic', home, before: await readNic(machine, home, nic) };
  });

  afterEach(async () => {
    for (const namespace of [home, run, guest]) await change(machine, ip('netns', 'delete', namespace));
  });

  const take = async () => {
    for (const command of buildTakeCommands(record, run)) await change(machine, command);
  };
  const expectBefore = async () => expect(await readNic(machine, home, nic)).toEqual(record.before);

  it('has everything that it loses on the way among what is noted', async () => {
    const { addresses, routes, settings, features } = record.before;
    expect(addresses).toEqual([
      `192.0.2.5/24 broadcast 192.0.2.255 label ${nic} scope global`,
      '2001:db8::5/64 scope global',
    ]);
    expect(routes.toSorted()).toEqual([
      '-4 203.0.113.0/24 via 192.0.2.1 metric 77',
      '-4 203.0.114.0/24 table 99 proto static scope link',
      '-6 2001:db8:1::/48 via 2001:db8::1 metric 1024 pref medium',
    ]);
    expect(settings[`/proc/sys/net/ipv4/conf/${nic}/rp_filter`]).toBe('2');
    expect(features['tx-checksum-sctp']).toBe('off');
    await take();
    const away = await readNic(machine, run, nic);
    expect(away).toMatchObject({ addresses: [], routes: [], up: false, alias: record.mark });
  });

  it('is given back as it was, also from a guest that renamed it and changed all that it could', async () => {
    await take();
    await doAll(`run ip link set ${nic} netns ${guest}
      guest ip link set ${nic} name eth0
      guest ip link set eth0 address 02:54:47:00:00:99 mtu 1400 txqueuelen 1
      guest ethtool -K eth0 tso off
      guest ip address add 198.18.0.9/24 dev eth0
      guest ip link set eth0 up`);
    expect(await giveNicBack(machine, record)).toBe(`interface ${nic} given back`);
    await expectBefore();
    expect(await giveNicBack(machine, record)).toBeNull();
  });

  it('is given back to a network without a name, which is that of who asks', async () => {
    // As over ssh: what runs there is in the machine's own network.
    const there: Machine = { ...machine, run: (command, options) => machine.run(inNamespace(home, command), options) };
    record = { ...record, home: null };
    for (const command of buildTakeCommands(record, run)) await change(there, command);
    expect(await giveNicBack(there, record)).toBe(`interface ${nic} given back`);
    await expectBefore();
  });

  it('is given back to its bridge, down as it was, and from half-way', async () => {
    await doAll(`home ip link set ${nic} master nictestbr
      home ip link set ${nic} down`);
    record = { ...record, before: await readNic(machine, home, nic) };
    expect(record.before).toMatchObject({ master: 'nictestbr', up: false });
    for (const command of buildTakeCommands(record, run).slice(0, 3)) await change(machine, command);
    await giveNicBack(machine, record);
    await expectBefore();
    await take();
    await giveNicBack(machine, record);
    await expectBefore();
  });

  it('stays in its namespace and loses only what the run gave it', async () => {
    await doAll(`home ip link set ${nic} alias ${record.mark}
      home ip address replace 198.18.0.1/24 dev ${nic}
      home sysctl -qw net.ipv4.neigh.${nic}.retrans_time_ms=50`);
    await giveNicBack(machine, record);
    await expectBefore();
  });

  it('that somebody else has by the same name is left alone, and one that is gone is said to be', async () => {
    await take();
    await change(machine, ip('-n', run, 'link', 'delete', nic));
    await change(machine, ip('-n', home, 'link', 'add', nic, 'type', 'bridge'));
    expect(await giveNicBack(machine, record)).toBe(`interface ${nic}, which is gone`);
    expect((await readNic(machine, home, nic)).alias).toBeNull();
  });

  it('with something that cannot be put back is told', async () => {
    await take();
    const before = { ...record.before, mac: '02:54:47:00:00:01', master: 'nowhere0' };
    await expect(giveNicBack(machine, { ...record, before })).rejects.toThrow(
      /interface nictest0 of local is not as it was before it was measured: master null instead of nowhere0/,
    );
  });
});
