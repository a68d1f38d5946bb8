import { createHash } from 'node:crypto';
import type { Machine } from '../machines/machine.ts';

/**
 * By what a machine is known again after it was booted: a digest, since the identifier itself is not meant for others
 * (man machine-id). null: the machine has none.
 */
export async function readMachineId(machine: Machine): Promise<string | null> {
  const id = (await machine.readFile('/etc/machine-id'))?.trim() ?? '';
  if (!/^[0-9a-f]{32}$/.test(id)) return null;
  return createHash('sha256').update(`tunegate ${id}`).digest('hex').slice(0, 16);
}

/** As what a run knows its host again. */
export async function describeHost(machine: Machine): Promise<{ name: string; machineId: string | null }> {
  return { name: machine.name, machineId: await readMachineId(machine) };
}
