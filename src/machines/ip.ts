import type { Command, Machine } from './machine.ts';

/** A command of iproute2. */
export function ip(...args: readonly string[]): Command {
  return { program: 'ip', args };
}

/** Runs a command that changes a link or a namespace, which takes milliseconds. */
export async function change(machine: Machine, command: Command): Promise<void> {
  await machine.run(command, { timeoutSeconds: 10 });
}

export async function hasLink(machine: Machine, namespace: string, device: string): Promise<boolean> {
  const show = ip('-n', namespace, 'link', 'show', 'dev', device);
  return (await machine.run(show, { timeoutSeconds: 10, allowFailure: true })).exitCode === 0;
}

/**
 * Makes a network namespace with a name. Under one of its own, because `ip netns add` goes back to the namespace that it
 * came from, which a user without root may not: the machine's own is not theirs.
 */
export function addNamespace(name: string): Command {
  return { program: 'unshare', args: ['--net', 'ip', 'netns', 'add', name] };
}
