import { ConfigurationError } from '../errors.ts';
import type { Machine } from '../machines/machine.ts';

/** Whether commands on the machine run as its root. */
export async function isRootOf(machine: Machine): Promise<boolean> {
  const { stdout } = await machine.run({ program: 'id', args: ['-u'] }, { timeoutSeconds: 30 });
  return stdout.trim() === '0' && !mapsOneUser((await machine.readFile('/proc/self/uid_map')) ?? '');
}

/** Throws `ConfigurationError` where commands do not run as root; `work` says what root alone can do there. */
export async function requireRootOf(machine: Machine, work: string): Promise<void> {
  if (await isRootOf(machine)) return;
  throw new ConfigurationError(
    `commands on ${machine.name} do not run as root, who alone can ${work}; accepted is user root under machines.${machine.name}.ssh, or to run tunegate as root where that is this machine`,
  );
}

/**
 * Whether `/proc/PID/uid_map` is that of a user namespace which an ordinary user made for themselves: its root is that
 * one user, `0 1000 1`. The machine's own map is `0 0 4294967295`; that of a container has many users as well.
 */
export function mapsOneUser(map: string): boolean {
  const lines = map.split('\n').filter((line) => line.trim() !== '');
  return lines.length === 1 && lines[0]?.trim().split(/\s+/)[2] === '1';
}
