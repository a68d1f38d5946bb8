import type { Machine } from '../machines/machine.ts';

/**
 * Lets every process of a container run on these CPUs, as far as its cpuset allows: they have inherited the place of the
 * daemon that started them, which is none of the guest's. Parents come first, so that what they start later has it too.
 */
export async function releaseContainer(machine: Machine, pid: number, cpus: string): Promise<void> {
  const release = { program: 'taskset', args: ['--all-tasks', '--pid', '--cpu-list', cpus, String(pid)] };
  // A process that has ended meanwhile needs no CPU.
  await machine.run(release, { timeoutSeconds: 5, allowFailure: true });
  const children = ((await machine.readFile(`/proc/${pid}/task/${pid}/children`)) ?? '').split(' ').filter(Boolean);
  for (const child of children) await releaseContainer(machine, Number(child), cpus);
}
