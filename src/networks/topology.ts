import type { Machine } from '../machines/machine.ts';
import type { Attachment, Topology as TopologyName } from '../vocabulary.ts';

/** The machines at the two ends of the wire; one and the same where the topology is embedded. */
export interface WireEnds {
  /** The host under test. */
  readonly machine: Machine;
  /** Sends the load. */
  readonly client: Machine;
}

/** Where test traffic starts, and by which device it must leave. */
export interface ClientPlace {
  /** null: the machine's own network. */
  readonly clientNamespace: string | null;
  readonly clientDevice: string;
}

/** The network that a run measures over: who is on it and how to get there. */
export interface Topology extends ClientPlace {
  readonly name: TopologyName;
  /** Namespace that stands for the host under test: guests, bridge and dockerd live in it. */
  readonly hostNamespace: string;
  /** Namespace of the load generator. */
  readonly clientNamespace: string;
  /** Namespace that has nothing but a loopback, for attachment `user`; null: the machine's own loopback. */
  readonly loopbackNamespace: string | null;
  /** Host's end of the wire. */
  readonly hostDevice: string;
  readonly bridge: string;
  /** CIDR form. */
  readonly network: string;
  readonly clientAddress: string;
  /** The host's own address on the bridge: Docker's gateway and the bare guest's address. */
  readonly bridgeAddress: string;
  /** Address of a guest whose profile names none. */
  readonly guestAddress: string;
  /** The bare host's address when the wire itself is handed over to it: another than the bridge's, which has another MAC. */
  readonly wireAddress: string;
  /** Range from which Docker may hand out addresses itself. */
  readonly guestRange: string;
}

/** QEMU's own network is reached through ports that QEMU opens on a loopback; every other attachment over the wire. */
export function findClientPlace(topology: Topology, attachment: Attachment): ClientPlace {
  if (attachment !== 'user') return topology;
  return { clientNamespace: topology.loopbackNamespace, clientDevice: 'lo' };
}
