import { MeasurementError } from '../errors.ts';
import { hasLink } from '../machines/ip.ts';
import type { Command, Machine } from '../machines/machine.ts';
import type { Topology } from '../networks/topology.ts';

/**
 * Where a virtual machine is on the bridge. Outside of the range from which Docker hands out addresses; the MAC is
 * fixed, so that a guest that was started anew is the same one to the client's ARP cache.
 */
export const qemuEndpoint = { tap: 'tgt0', address: '198.18.0.32', mac: '02:54:47:00:00:32' } as const;

/** Of the guest alone: the client's control connection says where the data come from. */
const dataPort = 12866;

/** Where a virtual machine is on the network that QEMU itself has (slirp's own addresses), and what leads to it. */
export const userEndpoint = {
  hostAddress: '127.0.0.1',
  guestAddress: '10.0.2.15/24',
  dataPort,
  // netperf's control port; its data; iperf3; iperf 2.
  forwards: [
    { protocol: 'tcp', port: 12865 },
    ...[dataPort, 5201, 5001].flatMap((port) => [
      { protocol: 'tcp' as const, port },
      { protocol: 'udp' as const, port },
    ]),
  ],
} as const;

/** The alias marks the tap as ours for people who look at it. */
export function buildTapCommands(topology: Topology, tap: string, run: string, queues: number): Command[] {
  const ip = (...args: string[]): Command => ({ program: 'ip', args: ['-n', topology.hostNamespace, ...args] });
  return [
    ip('tuntap', 'add', tap, 'mode', 'tap', ...(queues > 1 ? ['multi_queue'] : [])),
    ip('link', 'set', tap, 'alias', `tunegate/${run}`),
    ip('link', 'set', tap, 'master', topology.bridge, 'up'),
  ];
}

export async function createTap(
  machine: Machine,
  topology: Topology,
  tap: string,
  run: string,
  queues: number,
): Promise<void> {
  if (await hasLink(machine, topology.hostNamespace, tap)) {
    throw new MeasurementError(`tap ${tap} exists in ${topology.hostNamespace} although no guest should be there`);
  }
  for (const command of buildTapCommands(topology, tap, run, queues))
    await machine.run(command, { timeoutSeconds: 10 });
}

/** Idempotent. */
export async function deleteTap(machine: Machine, topology: Topology, tap: string): Promise<void> {
  const command = { program: 'ip', args: ['-n', topology.hostNamespace, 'link', 'delete', tap] };
  await machine.run(command, { timeoutSeconds: 10, allowFailure: true });
  if (await hasLink(machine, topology.hostNamespace, tap))
    throw new MeasurementError(`tap ${tap} is still there after its removal`);
}
