import type { BootableHost } from '../../src/hosts/boot/bootable-host.ts';
import { machineFolders } from '../../src/hosts/folders.ts';
import { acquireLock, removeIfEmpty } from '../../src/hosts/lock.ts';
import type { ListedMachine } from '../../src/hosts/root-requests.schema.ts';
import { findHostPlace } from '../../src/hosts/treatment/find-host-place.ts';
import type { Machine } from '../../src/machines/machine.ts';
import type { HostPlace } from '../../src/profiles/host-part.ts';
import { UndoStack } from '../../src/undo.ts';
import { chooseHost, findMachine, openMachine } from '../load-inventory.ts';
import { loadRootInventory } from './root-inventory.ts';
import type { RunsRoom } from './runs-room.ts';

/** A host that `prepare` and `remove` act on. */
export interface PreparedHost {
  readonly machine: Machine;
  /** Folder of its state on that machine. */
  readonly folder: string;
  /** null: the machine that this program runs on, which cannot boot itself and go on. */
  readonly bootable: BootableHost | null;
  /** Asked anew after a boot. */
  readonly findPlace: () => Promise<HostPlace>;
  /** Until it is closed nobody else measures it. Throws `ConfigurationError` while somebody does. */
  readonly lock: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** The machine of the runner, or one of an inventory that is root's own. Nothing is asked of it yet. */
export async function openPreparedHost(
  { machine: controller, inventories }: RunsRoom,
  listed: ListedMachine | undefined,
  signal: AbortSignal,
): Promise<PreparedHost> {
  if (listed === undefined) return build(controller, controller, null, null, async () => {});
  const inventory = await loadRootInventory(listed.inventory, inventories, signal);
  const name = chooseHost(inventory, listed.machine);
  const { power = null, console = null, nic } = findMachine(inventory, name);
  const machine = openMachine(inventory, name);
  const bootable = { machine, power, console, controller };
  const place = nic === undefined ? null : { name: nic, namespace: null };
  return build(machine, controller, bootable, place, () => machine.close());
}

function build(
  machine: Machine,
  controller: Machine,
  bootable: BootableHost | null,
  nic: HostPlace['nic'],
  disconnect: () => Promise<void>,
): PreparedHost {
  const folder = machineFolders.state;
  const undo = new UndoStack();
  undo.push(`close the connection to ${machine.name}`, disconnect);
  const lock = async () => {
    const release = await acquireLock(machine, folder, process.pid, new Date(), controller);
    undo.push(`release ${machine.name}`, async () => {
      await release();
      // Refused while a treatment is noted in it, as it should be.
      await removeIfEmpty(machine, folder);
    });
  };
  return { machine, folder, bootable, lock, findPlace: () => findHostPlace(machine, nic), close: () => undo.runAll() };
}
