import { closeAfter } from '../src/close-after.ts';
import { ConfigurationError } from '../src/errors.ts';
import type { BootableHost } from '../src/hosts/boot/bootable-host.ts';
import { machineFolders } from '../src/hosts/folders.ts';
import { removeLeftovers } from '../src/hosts/leftovers.ts';
import { awaitLock, type HeldLock, removeIfEmpty } from '../src/hosts/lock.ts';
import { requireRootOf } from '../src/hosts/privileges.ts';
import { findHostPlace } from '../src/hosts/treatment/find-host-place.ts';
import { hasLink, ip } from '../src/machines/ip.ts';
import { createLocalMachine } from '../src/machines/local.ts';
import type { Machine } from '../src/machines/machine.ts';
import { embeddedTopology } from '../src/networks/embedded.ts';
import type { HostPlace } from '../src/profiles/host-part.ts';
import { chooseHost, findMachine, loadInventory, openMachine } from './load-inventory.ts';
import type { Surroundings } from './surroundings.ts';

export interface HostOptions {
  readonly machine?: string;
  readonly inventory?: string;
}

/** A host whose profile is applied, verified or restored. */
export interface ProfileHost {
  readonly machine: Machine;
  /** This one, which may be the host itself. */
  readonly controller: Machine;
  /** Folder of its state, on the host. */
  readonly folder: string;
  /** null: this machine, which cannot boot itself and go on. */
  readonly bootable: BootableHost | null;
  /** Asked anew after a boot. */
  findPlace(): Promise<HostPlace>;
}

/** Works on the host that the options name, or on this machine, and closes the connection afterwards. */
export async function withHost<Result>(
  options: HostOptions,
  surroundings: Surroundings,
  work: (host: ProfileHost) => Promise<Result>,
): Promise<Result> {
  const controller = createLocalMachine();
  if (options.inventory === undefined) {
    if (options.machine !== undefined) {
      throw new ConfigurationError(
        `--machine ${options.machine} names a machine of an inventory, but --inventory is missing; without both, this machine is meant`,
      );
    }
    return work(describeHost(controller, controller, null, null));
  }
  const inventory = await loadInventory(options.inventory, surroundings.signal);
  const name = chooseHost(inventory, options.machine);
  const machine = openMachine(inventory, name);
  return closeAfter(machine.close, () => {
    const { nic = null, power = null, console = null } = findMachine(inventory, name);
    return work(describeHost(machine, controller, nic, { machine, power, console, controller }));
  });
}

function describeHost(
  machine: Machine,
  controller: Machine,
  nic: string | null,
  bootable: BootableHost | null,
): ProfileHost {
  const findNic = async () => (nic === null ? null : { name: nic, namespace: await findNamespace(machine, nic) });
  return {
    ...{ machine, controller, bootable },
    folder: machineFolders.state,
    findPlace: async () => findHostPlace(machine, await findNic()),
  };
}

/** While a run goes on the interface under test is in a namespace of that run. */
async function findNamespace(machine: Machine, nic: string): Promise<string | null> {
  const { hostNamespace } = embeddedTopology;
  const show = ip('link', 'show', 'dev', nic);
  const { exitCode } = await machine.run(show, { timeoutSeconds: 10, allowFailure: true });
  return exitCode !== 0 && (await hasLink(machine, hostNamespace, nic)) ? hostNamespace : null;
}

/** Holds the lock of the host meanwhile, and first removes what a run that was killed has left there. */
export async function whileLocked<Result>(
  { machine, controller, folder }: ProfileHost,
  { stderr, signal }: Surroundings,
  work: (lock: HeldLock) => Promise<Result>,
): Promise<Result> {
  await requireRootOf(machine, 'change settings of a host');
  const others = machine === controller ? {} : { controller };
  const lock = await awaitLock(machine, folder, process.pid, new Date(), { signal, ...others });
  try {
    const left = await removeLeftovers(machine, folder);
    if (left.length > 0) stderr.write(`Removed what an earlier run left behind: ${left.join(', ')}.\n`);
    return await work(lock);
  } finally {
    await lock();
    await removeIfEmpty(machine, folder);
  }
}

/** Said and thrown where a boot is asked for. */
export function requireBootable({ bootable, machine }: ProfileHost): BootableHost {
  if (bootable !== null) return bootable;
  throw new ConfigurationError(
    `--reboot: ${machine.name} is the machine that this program runs on, which cannot boot itself and go on; accepted is a host of an inventory that is reached over ssh`,
  );
}
