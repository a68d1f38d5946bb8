import { describe, expect, it } from 'vitest';
import { catalogue } from '../../../src/profiles/catalogue.ts';
import type { HostPlace } from '../../../src/profiles/host-part.ts';
import type { ParameterValue } from '../../../src/profiles/profile.schema.ts';

const place: HostPlace = {
  cpus: [0, 1],
  nic: { name: 'tgw0', namespace: 'tghost' },
  dockerSocket: '/var/lib/tunegate/docker.sock',
};

/** What `docker network inspect` prints of a daemon with a bridge of its own and of a network over another one. */
const networks = JSON.stringify([
  {
    Name: 'bridge',
    Id: '70fe8072fcbfdd7a133a6b9fd32524bb3a3d12d0c75b9fa67dc9c5c55c249305',
    Driver: 'bridge',
    IPAM: {
      Driver: 'default',
      Options: null,
      Config: [{ Subnet: '192.168.42.240/28', IPRange: '192.168.42.240/28', Gateway: '192.168.42.241' }],
    },
    Options: { 'com.docker.network.bridge.name': 'docker0' },
  },
  {
    Name: 'tunegate',
    Id: '218cd6a00bc4fadcc1acaf5c495280e21875db77ee6b81956af61b90dbdd86a0',
    Driver: 'bridge',
    IPAM: { Driver: 'default', Options: {}, Config: [{ Subnet: '198.18.0.0/24', Gateway: '198.18.0.2' }] },
    Options: { 'com.docker.network.bridge.name': 'tgbr0' },
  },
]);

const routes = (docker0: number, tgbr0: number) =>
  ['all:0', 'default:0', `docker0:${docker0}`, 'lo:0', `tgbr0:${tgbr0}`]
    .map((line) => `/proc/sys/net/ipv4/conf/${line.replace(':', '/route_localnet:')}\n`)
    .join('');

const rulesOn = '-P INPUT ACCEPT\n-P FORWARD ACCEPT\n-N DOCKER\n-N DOCKER-USER\n-A FORWARD -j DOCKER-USER\n';
const rulesOff = '-P INPUT ACCEPT\n-P FORWARD ACCEPT\n-N DOCKER-LIKE\n';

function open(name: string, written: ParameterValue, where: HostPlace = place) {
  const { host, schema } = catalogue.get(name) ?? {};
  if (host === undefined || schema === undefined) throw new Error(`${name} has no host side`);
  const value = schema.parse(written);
  const commands = (host.reads(value, where).commands ?? []).map(({ program, args }) => [program, ...args].join(' '));
  return {
    commands,
    arguments: host.daemonArguments?.(value),
    read: (...texts: readonly (string | undefined)[]) => {
      const outputs = commands.flatMap((command, index) => {
        const text = texts[index];
        return text === undefined ? [] : [[command, text] as const];
      });
      return host.read(value, { files: {}, outputs: Object.fromEntries(outputs) }, where);
    },
  };
}

describe('layer daemon', () => {
  it.each([
    ['daemon.storage-driver', 'vfs', ['--storage-driver', 'vfs']],
    [
      'daemon.address-pool',
      '192.168.42.240/28',
      ['--bridge', '', '--bip', '192.168.42.241/28', '--fixed-cidr', '192.168.42.240/28'],
    ],
    ['daemon.address-pool', '10.0.0.7/8', ['--bridge', '', '--bip', '10.0.0.1/8', '--fixed-cidr', '10.0.0.0/8']],
    ['daemon.iptables', 'on', ['--iptables=true']],
    ['daemon.userland-proxy', 'off', ['--userland-proxy=false']],
  ])('%s %j starts dockerd with %j', (name, value, args) => {
    expect(open(name, value).arguments).toEqual(args);
  });

  it('asks the private daemon, and its network namespace', () => {
    expect(open('daemon.storage-driver', 'vfs').commands).toEqual([
      '/usr/bin/docker --host unix:///var/lib/tunegate/docker.sock info --format {{.Driver}}',
    ]);
    expect(open('daemon.iptables', 'on').commands).toEqual(['ip netns exec tghost iptables --list-rules']);
    expect(open('daemon.iptables', 'on', { ...place, nic: null }).commands).toEqual(['iptables --list-rules']);
  });

  it.each([
    ['daemon.storage-driver', 'overlay2', ['overlay2\n'], 'overlay2', true],
    ['daemon.storage-driver', 'overlay2', ['vfs\n'], 'vfs', false],
    ['daemon.address-pool', '192.168.42.240/28', [networks], '192.168.42.240/28', true],
    ['daemon.address-pool', '192.168.42.224/28', [networks], '192.168.42.240/28', false],
    ['daemon.address-pool', '192.168.42.240/28', ['[]'], 'the daemon has no bridge of its own', false],
    ['daemon.iptables', 'on', [rulesOn], 'on, with a chain DOCKER', true],
    ['daemon.iptables', 'off', [rulesOn], 'on, with a chain DOCKER', false],
    ['daemon.iptables', 'off', [rulesOff], 'off, no chain DOCKER', true],
    ['daemon.iptables', 'on', [rulesOff], 'off, no chain DOCKER', false],
    [
      'daemon.userland-proxy',
      'off',
      [networks, routes(1, 1)],
      'docker0: route_localnet 1, tgbr0: route_localnet 1',
      true,
    ],
    [
      'daemon.userland-proxy',
      'on',
      [networks, routes(0, 0)],
      'docker0: route_localnet 0, tgbr0: route_localnet 0',
      true,
    ],
    [
      'daemon.userland-proxy',
      'off',
      [networks, routes(1, 0)],
      'docker0: route_localnet 1, tgbr0: route_localnet 0',
      false,
    ],
    [
      'daemon.userland-proxy',
      'on',
      [networks, routes(0, 1)],
      'docker0: route_localnet 0, tgbr0: route_localnet 1',
      false,
    ],
    ['daemon.userland-proxy', 'on', ['[]', routes(0, 0)], 'no bridge of a network of Docker to tell by', false],
  ])('%s %s of %j is read as %s', (name, value, texts, found, inForce) => {
    expect(open(name, value).read(...texts)).toEqual({ found, inForce });
  });

  it.each([
    ['daemon.storage-driver', 'overlay2'],
    ['daemon.address-pool', '192.168.42.240/28'],
    ['daemon.iptables', 'off'],
    ['daemon.userland-proxy', 'off'],
  ])('%s cannot be told where no private dockerd runs, and is a mismatch where it does not answer', (name, value) => {
    const idle = { ...place, dockerSocket: null };
    expect(open(name, value, idle).commands).toEqual([]);
    expect(open(name, value, idle).read()).toEqual({
      found: 'no private dockerd runs on this host now',
      inForce: null,
    });
    expect(open(name, value).read()).toEqual({ found: expect.stringMatching(/^`.* fails$/), inForce: false });
  });

  it.each(['198.18.0.0/31', '198.18.0.0/32', '198.18.0.0', 'everything'])('a pool of %s is refused', (value) => {
    expect(catalogue.get('daemon.address-pool')?.schema.safeParse(value).success).toBe(false);
  });
});
