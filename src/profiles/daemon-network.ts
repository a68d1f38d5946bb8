import { dockerNetworksSchema } from './docker-networks.schema.ts';
import { formatIpv4, parseIpv4Network } from './ipv4.ts';
import type { Reading } from './reading.ts';

/** The daemon's own address in its range, in CIDR form. */
export function firstAddress(range: string): string {
  return `${formatIpv4(parseIpv4Network(range).first + 1)}/${range.split('/')[1]}`;
}

/** The range without bits to the right of its prefix. */
export function wholeNetwork(range: string): string {
  return `${formatIpv4(parseIpv4Network(range).first)}/${range.split('/')[1]}`;
}

/** What `docker network inspect` says of the daemon's own bridge. */
export function readPool(value: string, text: string): Reading {
  const network = parseNetworks(text).find(({ Name }) => Name === 'bridge');
  const { Subnet, IPRange } = network?.IPAM.Config?.[0] ?? {};
  const range = IPRange ?? Subnet;
  if (range === undefined) return { found: 'the daemon has no bridge of its own', inForce: false };
  return { found: range, inForce: wholeNetwork(range) === wholeNetwork(value) };
}

/** Lines such as `/proc/sys/net/ipv4/conf/tgbr0/route_localnet:1`. */
export const showLocalRoutes = {
  program: 'sh',
  args: ['-c', 'grep -H "" /proc/sys/net/ipv4/conf/*/route_localnet'],
};

/**
 * Without a proxy the kernel itself must lead connections to 127.0.0.1 into containers: the daemon allows that on every
 * bridge that it makes or takes over.
 */
export function readProxy(value: boolean, { networks = '', routes = '' }: Readonly<Record<string, string>>): Reading {
  const bridges = parseNetworks(networks).map(
    ({ Id, Options }) => Options?.['com.docker.network.bridge.name'] ?? `br-${Id.slice(0, 12)}`,
  );
  const states = bridges.flatMap((bridge) => {
    const state = routes
      .split('\n')
      .find((line) => line.startsWith(`/proc/sys/net/ipv4/conf/${bridge}/route_localnet:`));
    return state === undefined ? [] : [{ bridge, routed: state.endsWith(':1') }];
  });
  if (states.length === 0) return { found: 'no bridge of a network of Docker to tell by', inForce: false };
  return {
    found: states.map(({ bridge, routed }) => `${bridge}: route_localnet ${routed ? 1 : 0}`).join(', '),
    inForce: states.every(({ routed }) => routed !== value),
  };
}

function parseNetworks(text: string) {
  return dockerNetworksSchema.parse(JSON.parse(text));
}
