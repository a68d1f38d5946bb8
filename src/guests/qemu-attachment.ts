import { MeasurementError } from '../errors.ts';
import { bootMarker } from '../images/initramfs-init.ts';
import type { Command } from '../machines/machine.ts';
import { createMacvtap, macvtapLink, withOpenDevice } from '../networks/macvtap.ts';
import { type ClientPlace, findClientPlace, type Topology, type WireEnds } from '../networks/topology.ts';
import type { UndoStack } from '../undo.ts';
import type { Attachment } from '../vocabulary.ts';
import type { VirtualMachine } from './qemu-command.ts';
import { createTap, deleteTap, qemuEndpoint, userEndpoint } from './qemu-network.ts';

/** The host's end of a virtual machine's network. */
export interface GuestLink {
  readonly network: NonNullable<VirtualMachine['network']>;
  /** Namespace in which QEMU runs; null: the machine's own. */
  readonly namespace: string | null;
  /** Link in that namespace that carries the guest's frames. */
  readonly device: string;
  /** Where the client is, and as what it reaches the guest. */
  readonly client: ClientPlace & { readonly address: string; readonly dataPort?: number };
  /** The guest's own address, CIDR form. */
  readonly guestAddress: string;
  /** See `waitUntilReady`. */
  readonly answersFrom?: string;
  /** Gives QEMU what it must hold open. */
  readonly wrap: (command: Command) => Command;
}

export interface LinkRequest extends WireEnds {
  readonly topology: Topology;
  /** Run id, for the link's alias. */
  readonly run: string;
  /** Folder for a device node. */
  readonly folder: string;
  /** Pairs of queues. */
  readonly queues: number;
  readonly undo: UndoStack;
}

/** The highest that dash can open: it reads only one digit. */
const descriptor = 9;

/**
 * `bridge`: a tap that is a port of the bridge; `physical`: a macvtap that has the wire to itself; `user`: QEMU's own
 * network, where the client reaches the guest by ports that QEMU opens on a loopback which both share.
 */
export async function linkGuest(attachment: Attachment, request: LinkRequest): Promise<GuestLink> {
  const { machine, topology, run, folder, queues, undo } = request;
  const { mac, tap, address } = qemuEndpoint;
  const onWire = {
    namespace: topology.hostNamespace,
    client: { ...findClientPlace(topology, attachment), address },
    guestAddress: `${address}${topology.network.slice(topology.network.indexOf('/'))}`,
  };
  switch (attachment) {
    case 'bridge':
      undo.push(`delete tap ${tap}`, () => deleteTap(machine, topology, tap));
      await createTap(machine, topology, tap, run, queues);
      return { ...onWire, network: { mac, tap }, device: tap, wrap: (command) => command };
    case 'physical': {
      if (queues > 1) {
        throw new MeasurementError(`a guest over physical has one pair of queues, guest.qemu.net.queues is ${queues}`);
      }
      const macvtap = await createMacvtap(request, topology, { mac, run, folder });
      undo.push('give the wire back', macvtap.undo);
      const wrap = (command: Command) => withOpenDevice(macvtap.device, descriptor, command);
      return { ...onWire, network: { mac, tap: { descriptor } }, device: macvtapLink, wrap };
    }
    case 'user': {
      if (queues > 1) {
        throw new MeasurementError(`a guest over user has one pair of queues, guest.qemu.net.queues is ${queues}`);
      }
      const { forwards, hostAddress, dataPort, guestAddress } = userEndpoint;
      return {
        network: { mac, forwards },
        namespace: topology.loopbackNamespace,
        device: 'lo',
        client: { ...findClientPlace(topology, attachment), address: hostAddress, dataPort },
        guestAddress,
        answersFrom: bootMarker,
        wrap: (command) => command,
      };
    }
    default:
      throw new MeasurementError(
        `guest kind qemu cannot be attached by ${attachment}; accepted are bridge, physical and user`,
      );
  }
}
