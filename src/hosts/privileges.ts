import type { Machine } from '../machines/machine.ts';

/** Whether commands on the machine run as its root. */
export async function isRootOf(machine: Machine): Promise<boolean> {
  const { stdout } = await machine.run({ program: 'id', args: ['-u'] }, { timeoutSeconds: 30 });
  return stdout.trim() === '0' && !mapsOneUser((await machine.readFile('/proc/self/uid_map')) ?? '');
}

/**
 * Whether `/proc/PID/uid_map` is that of a user namespace which an ordinary user made for themselves: its root is that
 * one user, `0 1000 1`. The machine's own map is `0 0 4294967295`; that of a container has many users as well.
 */
export function mapsOneUser(map: string): boolean {
  const lines = map.split('\n').filter((line) => line.trim() !== '');
  return lines.length === 1 && lines[0]?.trim().split(/\s+/)[2] === '1';
}
