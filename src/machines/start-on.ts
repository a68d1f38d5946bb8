import type { Command, Machine } from './machine.ts';

/** The command, on these CPUs whatever those of its parent are; a Linux CPU list. */
export function onCpus(cpus: string, { program, args }: Command): Command {
  return { program: 'taskset', args: ['--cpu-list', cpus, program, ...args] };
}

/** The same machine, but what it starts in the background runs on these CPUs. Short commands stay with whoever asks. */
export function startOn(machine: Machine, cpus: string): Machine {
  return { ...machine, start: (command, options) => machine.start(onCpus(cpus, command), options) };
}
