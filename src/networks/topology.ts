import type { Topology as TopologyName } from '../vocabulary.ts';

/** The network that a run measures over: who is on it and how to get there. */
export interface Topology {
  readonly name: TopologyName;
  /** Namespace that stands for the host under test: guests, bridge and dockerd live in it. */
  readonly hostNamespace: string;
  /** Namespace of the load generator. */
  readonly clientNamespace: string;
  /** Interface by which test traffic must leave the client. */
  readonly clientDevice: string;
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
