import { ConfigurationError } from '../src/errors.ts';
import { createLocalMachine } from '../src/machines/local.ts';
import { createSshMachine, type SshMachine } from '../src/machines/ssh.ts';
import { suggestName } from '../src/nearest-name.ts';
import type { Inventory, InventoryMachine } from '../src/plans/inventory.schema.ts';
import { parseInventory } from '../src/plans/parse-inventory.ts';
import { readText } from './read-text.ts';

/** Reads `inventory.yaml`. Throws `ConfigurationError` on whatever is wrong with it; no machine is asked anything. */
export async function loadInventory(file: string, signal: AbortSignal): Promise<Inventory> {
  signal.throwIfAborted();
  const { text, fileName } = await readText(file, file, 'an inventory is accepted, see inventory.example.yaml');
  return parseInventory(text, fileName);
}

/** The inventory in which `--machine` names a host; null where neither was given. Throws `ConfigurationError`. */
export async function loadAskedInventory(
  { inventory, machine }: { readonly inventory?: string; readonly machine?: string },
  signal: AbortSignal,
): Promise<Inventory | null> {
  if (inventory !== undefined) return loadInventory(inventory, signal);
  if (machine === undefined) return null;
  throw new ConfigurationError(
    `--machine ${machine} names a host of an inventory, accepted is it with --inventory FILE`,
  );
}

/**
 * A machine of the inventory, over ssh or this one, by its name there; connects at the first command. Whoever opens it
 * closes it. Throws `ConfigurationError` when there is none of that name.
 */
export function openMachine(inventory: Inventory, name: string): SshMachine {
  const { ssh } = findMachine(inventory, name);
  if (ssh !== undefined) return createSshMachine(name, ssh);
  return { ...createLocalMachine(name), close: async () => {} };
}

/** What the inventory says of a machine. Throws `ConfigurationError` when there is none of that name. */
export function findMachine(inventory: Inventory, name: string): InventoryMachine {
  const machine = Object.hasOwn(inventory.machines, name) ? inventory.machines[name] : undefined;
  if (machine !== undefined) return machine;
  const names = Object.keys(inventory.machines);
  throw new ConfigurationError(
    `the inventory has no machine "${name}"${suggestName(name, names)}, accepted are ${names.join(', ')}`,
  );
}

/** The host that is meant: the one of that name, or the only one. Throws `ConfigurationError`. */
export function chooseHost(inventory: Inventory, asked: string | undefined): string {
  const hosts = listByRole(inventory, 'host');
  const accepted = `accepted is one of the hosts ${hosts.join(', ')}`;
  if (asked === undefined) {
    const [only = '', ...others] = hosts;
    if (others.length === 0) return only;
    throw new ConfigurationError(`--machine is missing and the inventory has ${hosts.length} hosts, ${accepted}`);
  }
  const { role } = findMachine(inventory, asked);
  if (role === 'host') return asked;
  throw new ConfigurationError(`--machine ${asked} is a ${role} in the inventory, ${accepted}`);
}

/** The one machine that sends the load. */
export function findClientName(inventory: Inventory): string {
  const [name] = listByRole(inventory, 'client');
  if (name === undefined) throw new ConfigurationError('the inventory has no client, one is accepted');
  return name;
}

function listByRole({ machines }: Inventory, role: InventoryMachine['role']): readonly string[] {
  return Object.entries(machines).flatMap(([name, machine]) => (machine.role === role ? [name] : []));
}
