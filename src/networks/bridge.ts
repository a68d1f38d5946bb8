import type { Command } from '../machines/machine.ts';
import type { Topology } from './topology.ts';

/** Fixed, so that no sample pays for an ARP refresh that another does not. */
const bridgeMac = '02:54:47:00:00:02';

/**
 * The bridge in the host's namespace, with the wire as its port and the host's own address. The alias marks it as ours
 * for people who look at it.
 */
export function buildBridgeCommands(
  { hostNamespace: host, bridge, hostDevice, ...topology }: Topology,
  run: string,
): Command[] {
  const prefix = topology.network.slice(topology.network.indexOf('/'));
  const ip = (line: string): Command => ({ program: 'ip', args: line.split(' ') });
  return [
    ip(`-n ${host} link add ${bridge} address ${bridgeMac} type bridge forward_delay 0 stp_state 0 mcast_snooping 0`),
    ip(`-n ${host} link set ${bridge} alias tunegate/${run}`),
    ip(`-n ${host} link set lo up`),
    ip(`-n ${host} link set ${hostDevice} master ${bridge} up`),
    ip(`-n ${host} link set ${bridge} up`),
    ip(`-n ${host} addr add ${topology.bridgeAddress}${prefix} dev ${bridge}`),
  ];
}
