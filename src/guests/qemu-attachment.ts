import { MeasurementError } from '../errors.ts';
import type { Command, Machine } from '../machines/machine.ts';
import { createMacvtap, macvtapLink, withOpenDevice } from '../networks/macvtap.ts';
import type { Topology } from '../networks/topology.ts';
import type { UndoStack } from '../undo.ts';
import type { Attachment } from '../vocabulary.ts';
import type { VirtualMachine } from './qemu-command.ts';
import { createTap, deleteTap, qemuEndpoint } from './qemu-network.ts';

/** The host's end of a virtual machine's network. */
export interface GuestLink {
  readonly network: NonNullable<VirtualMachine['network']>;
  /** Link in the host's namespace that carries the guest's frames. */
  readonly device: string;
  /** Gives QEMU what it must hold open. */
  readonly wrap: (command: Command) => Command;
}

export interface LinkRequest {
  readonly machine: Machine;
  readonly topology: Topology;
  /** Run id, for the link's alias. */
  readonly run: string;
  /** Folder for a device node. */
  readonly folder: string;
  readonly undo: UndoStack;
}

/** The highest that dash can open: it reads only one digit. */
const descriptor = 9;

/** `bridge`: a tap that is a port of the bridge; `physical`: a macvtap that has the wire to itself. */
export async function linkGuest(attachment: Attachment, request: LinkRequest): Promise<GuestLink> {
  const { machine, topology, run, folder, undo } = request;
  const { mac, tap } = qemuEndpoint;
  switch (attachment) {
    case 'bridge':
      undo.push(`delete tap ${tap}`, () => deleteTap(machine, topology, tap));
      await createTap(machine, topology, tap, run);
      return { network: { mac, tap }, device: tap, wrap: (command) => command };
    case 'physical': {
      const macvtap = await createMacvtap(machine, topology, { mac, run, folder });
      undo.push('give the wire back', macvtap.undo);
      const wrap = (command: Command) => withOpenDevice(macvtap.device, descriptor, command);
      return { network: { mac, tap: { descriptor } }, device: macvtapLink, wrap };
    }
    default:
      throw new MeasurementError(
        `guest kind qemu cannot be attached by ${attachment}; accepted are bridge and physical`,
      );
  }
}
