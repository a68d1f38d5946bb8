import type { Machine } from '../machines/machine.ts';
import type { Topology } from '../networks/topology.ts';
import type { DockerDaemon } from './docker-daemon.ts';

export const dockerNetwork = 'tunegate';

/** Makes a Docker network of the bridge that the wire ends in; Docker adopts the bridge and will not remove it. */
export async function createDockerNetwork(machine: Machine, daemon: DockerDaemon, topology: Topology): Promise<void> {
  const remove = daemon.docker('network', 'rm', dockerNetwork);
  // One left in the data folder by an earlier run may be of another shape.
  await machine.run(remove, { timeoutSeconds: 30, allowFailure: true });
  await machine.run(daemon.docker(...buildNetworkArguments(topology)), { timeoutSeconds: 30 });
}

export function buildNetworkArguments(topology: Topology): string[] {
  return [
    ...['network', 'create', '--driver', 'bridge'],
    ...['--subnet', topology.network, '--gateway', topology.bridgeAddress, '--ip-range', topology.guestRange],
    // Never handed out: these have their owners.
    ...['--aux-address', `client=${topology.clientAddress}`, '--aux-address', `wire=${topology.wireAddress}`],
    ...['--opt', `com.docker.network.bridge.name=${topology.bridge}`],
    ...['--opt', 'com.docker.network.bridge.enable_ip_masquerade=false'],
    dockerNetwork,
  ];
}
