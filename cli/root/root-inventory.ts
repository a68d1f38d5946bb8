import { lstat } from 'node:fs/promises';
import { ConfigurationError, messageOf } from '../../src/errors.ts';
import type { Inventory } from '../../src/plans/inventory.schema.ts';
import { loadInventory } from '../load-inventory.ts';

/** Where root keeps inventories for the privileged program, `NAME.yaml` each. */
export const rootInventories = '/etc/tunegate';

/**
 * Path of an inventory that root alone can have written. How a machine is reached and which programs switch its power
 * is in there, and root acts on it: so neither the file nor its folder may be a link, somebody else's, or open to others.
 *
 * @throws ConfigurationError which says what was found
 */
export async function findRootInventory(name: string, folder = rootInventories): Promise<string> {
  const file = `${folder}/${name}.yaml`;
  await requireRoots(folder, 'folder');
  await requireRoots(file, 'file');
  return file;
}

/** Reads it; what is known of a machine is root's own, and a request only names it. */
export async function loadRootInventory(name: string, folder: string, signal: AbortSignal): Promise<Inventory> {
  return loadInventory(await findRootInventory(name, folder), signal);
}

async function requireRoots(path: string, kind: 'folder' | 'file'): Promise<void> {
  const accepted = `accepted is a ${kind} that belongs to root and that nobody else can write`;
  const found = await lstat(path).catch((thrown: unknown) => {
    throw new ConfigurationError(`${path} cannot be looked at (${messageOf(thrown)}); ${accepted}`, { cause: thrown });
  });
  if (kind === 'folder' ? !found.isDirectory() : !found.isFile()) {
    throw new ConfigurationError(`${path} is no ${kind} of its own; ${accepted}`);
  }
  if (found.uid !== process.getuid?.()) {
    throw new ConfigurationError(`${path} belongs to user ${found.uid}; ${accepted}`);
  }
  if ((found.mode & 0o022) !== 0) {
    throw new ConfigurationError(`${path} has mode ${(found.mode & 0o7777).toString(8)}; ${accepted}`);
  }
}
