import { ConfigurationError } from '../errors.ts';
import type { Machine } from '../machines/machine.ts';

/** QEMU would make a file of a path that is no folder, and leave it there. Throws `ConfigurationError`. */
export async function requireMemoryFolder(machine: Machine, path: string | undefined): Promise<void> {
  if (path === undefined) return;
  const isFolder = { program: 'test', args: ['-d', path] };
  if ((await machine.run(isFolder, { timeoutSeconds: 5, allowFailure: true })).exitCode === 0) return;
  throw new ConfigurationError(`guest.qemu.memory.path is ${path}, which is no folder here, accepted is a folder`);
}
