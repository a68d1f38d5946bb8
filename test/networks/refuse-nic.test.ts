import { describe, expect, it } from 'vitest';
import { judgeNic, type NicSurroundings } from '../../src/networks/refuse-nic.ts';

const link = (ifname: string, more: object = {}) => ({
  ifname,
  flags: ['UP'],
  mtu: 1500,
  txqlen: 1000,
  address: '',
  ...more,
});

const quiet: NicSurroundings = {
  links: [link('lo'), link('eth0'), link('enp1s0')],
  routes: [
    { dst: 'default', dev: 'eth0' },
    { dst: '192.0.2.0/24', dev: 'eth0' },
    // Its own: the interface takes it along.
    { dst: '198.18.0.0/24', dev: 'enp1s0' },
  ],
  qdiscs: [{ kind: 'mq', handle: '0:', root: true }],
  control: [{ peer: '192.0.2.1', device: 'eth0' }],
};
const question = { machine: { name: 'tuned' }, nic: 'enp1s0', network: '198.18.0.0/24', moves: true };
const judge = (change: Partial<NicSurroundings>, more: Partial<typeof question> = {}) =>
  judgeNic({ ...question, ...more }, { ...quiet, ...change });

describe('an interface under test', () => {
  it('is one that carries nothing else', () => {
    expect(judge({})).toEqual([]);
  });

  it('is not the one by which the machine is driven, alone or under a bridge', () => {
    const control = [{ peer: '192.0.2.1', device: 'enp1s0' }];
    expect(judge({ control })).toEqual(['it carries the ssh connection with 192.0.2.1']);
    // Also where it stays in its namespace.
    expect(judge({ control }, { moves: false })).toHaveLength(1);
    const links = [link('br0'), link('enp1s0', { master: 'br0' })];
    expect(judge({ links, control: [{ peer: '192.0.2.1', device: 'br0' }] })).toEqual([
      'it carries the ssh connection with 192.0.2.1 through br0',
    ]);
  });

  it('is not the way into the world', () => {
    const routes = [{ dst: 'default', dev: 'enp1s0' }];
    expect(judge({ routes })).toEqual(['it carries the default route']);
    expect(judge({ routes }, { moves: false })).toEqual([]);
  });

  it('carries no other interface, and no queueing discipline of its own', () => {
    expect(judge({ links: [link('enp1s0'), link('v7', { link: 'enp1s0', linkinfo: { info_kind: 'vlan' } })] })).toEqual(
      ['v7 is made on top of it and would be lost'],
    );
    // The other end of a wire within one machine.
    expect(judge({ links: [link('v7', { link: 'enp1s0', linkinfo: { info_kind: 'veth' } })] })).toEqual([]);
    expect(judge({ qdiscs: [{ kind: 'fq', handle: '8001:', root: true }] })).toEqual([
      'its queueing discipline fq was set by hand and would be lost',
    ]);
  });

  it.each([
    ['198.18.0.64/26', 'eth0'],
    ['198.18.0.0/15', 'eth0'],
    ['198.18.0.7', 'lo'],
  ])('has no test network that the route %s is part of or has as a part', (dst, dev) => {
    expect(judge({ routes: [{ dst, dev }] })).toEqual([
      `the test network 198.18.0.0/24 overlaps the route ${dst} by ${dev} of tuned, accepted is another \`network\` in the inventory`,
    ]);
    expect(judge({ routes: [{ dst, dev }] }, { network: '10.77.0.0/24' })).toEqual([]);
  });

  it('may be beside networks and a route for everything', () => {
    expect(
      judge({
        routes: [
          { dst: '0.0.0.0/1', dev: 'tun0' },
          { dst: '198.18.1.0/24', dev: 'eth0' },
        ],
      }),
    ).toEqual([]);
  });
});
