import type { NicRecord } from '../hosts/nic.schema.ts';
import { buildTakeCommands } from '../hosts/nic-commands.ts';
import { ipIn, readNic } from '../hosts/read-nic.ts';
import type { RunState } from '../hosts/run-state.ts';
import { change, ip } from '../machines/ip.ts';
import type { Command, Machine } from '../machines/machine.ts';
import { formatIpv4, parseIpv4Network } from '../profiles/ipv4.ts';
import { buildBridgeCommands } from './bridge.ts';
import { awaitCarrier } from './carrier.ts';
import { createNamespace, embeddedTopology, writeNamespaceSettings } from './embedded.ts';
import type { Topology, WireEnds } from './topology.ts';

/** The interfaces that a run uses, as an inventory has them. */
export interface InventoryNetwork {
  readonly name: 'inventory' | 'lab';
  /** Addresses of the test network, CIDR. */
  readonly network: string;
  /** Interface under test of the host. */
  readonly hostNic: string;
  /** Interface under test of the client. */
  readonly clientNic: string;
  /** Namespace in which the client's is; null: the machine's own network, which it leaves for the run. */
  readonly clientNamespace: string | null;
}

/** The same places in the test network as the embedded topology has, counted from its first address. */
const places = { client: 1, bridge: 2, guest: 16, wire: 31 };

/** A host and a client that a cable joins. The interface of the host is in a namespace of the run, as the embedded wire is. */
export function buildInventoryTopology({ name, network, ...nics }: InventoryNetwork): Topology {
  const { first } = parseIpv4Network(network);
  const address = (place: number) => formatIpv4(first + place);
  const { hostNamespace, clientNamespace, bridge } = embeddedTopology;
  return {
    ...{ name, network, hostNamespace, bridge },
    clientNamespace: nics.clientNamespace ?? clientNamespace,
    // Attachment `user` needs QEMU and its client on one machine.
    loopbackNamespace: null,
    clientDevice: nics.clientNic,
    hostDevice: nics.hostNic,
    clientAddress: address(places.client),
    bridgeAddress: address(places.bridge),
    guestAddress: address(places.guest),
    wireAddress: address(places.wire),
    guestRange: `${address(places.guest)}/28`,
  };
}

/** The states of a run on the two machines. */
export interface EndStates {
  readonly host: RunState;
  readonly client: RunState;
}

/**
 * Builds the topology from interfaces that are there. What they were is noted before they are touched, so that
 * `removeLeftovers` gives them back exactly. Throws a `MeasurementError` when the cable carries nothing.
 */
export async function createInventoryTopology(
  ends: WireEnds,
  topology: Topology,
  network: InventoryNetwork,
  states: EndStates,
  signal: AbortSignal,
): Promise<void> {
  const { hostNamespace, clientNamespace, hostDevice, clientDevice } = topology;
  await take(ends.machine, states.host, { home: null, nic: hostDevice, into: hostNamespace });
  for (const command of buildBridgeCommands(topology, states.host.run)) await change(ends.machine, command);
  const into = network.clientNamespace === null ? clientNamespace : null;
  await take(ends.client, states.client, { home: network.clientNamespace, nic: clientDevice, into });
  for (const command of buildClientCommands(topology)) await change(ends.client, command);
  await writeNamespaceSettings(ends.client, topology);
  await awaitCarrier(ends.machine, hostNamespace, hostDevice, signal);
  await awaitCarrier(ends.client, clientNamespace, clientDevice, signal);
}

interface Taking {
  readonly home: string | null;
  readonly nic: string;
  /** Namespace of the run that it moves to; null: it stays where it is. */
  readonly into: string | null;
}

async function take(machine: Machine, state: RunState, { home, nic, into }: Taking): Promise<void> {
  const record: NicRecord = { mark: `tunegate/${state.run}/nic`, home, before: await readNic(machine, home, nic) };
  if (into !== null) await createNamespace(machine, state, into);
  await state.noteNic(record);
  for (const command of into === null ? [buildMark(record)] : buildTakeCommands(record, into)) {
    await change(machine, command);
  }
}

function buildMark({ home, mark, before }: NicRecord): Command {
  return ipIn(home, 'link', 'set', 'dev', before.name, 'alias', mark);
}

/** Replaced, not added: where the interface stays in its namespace, it may have that address already. */
function buildClientCommands({ clientNamespace, clientDevice, clientAddress, network }: Topology): Command[] {
  const prefix = network.slice(network.indexOf('/'));
  return [
    ip('-n', clientNamespace, 'link', 'set', 'lo', 'up'),
    ip('-n', clientNamespace, 'address', 'replace', `${clientAddress}${prefix}`, 'dev', clientDevice),
    ip('-n', clientNamespace, 'link', 'set', 'dev', clientDevice, 'up'),
  ];
}
