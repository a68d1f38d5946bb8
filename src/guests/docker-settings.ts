import { CommandError } from '../errors.ts';
import { cgroupParent } from '../hosts/leftovers.ts';
import type { Machine } from '../machines/machine.ts';
import { guestDevice } from '../networks/hand-over.ts';
import { buildContainerCommands } from '../profiles/checks.ts';
import { enterProcess, readContainerProcesses } from './docker-readings.ts';
import type { GuestRequest } from './guest.ts';

/**
 * Sets what `docker run` cannot: offloads and queue of the interface, scheduling of the processes. Returns whether
 * there was anything to set. Repeated while processes appear, since one that was forked between the list and the
 * command has inherited nothing yet.
 */
export async function applyContainerSettings(
  machine: Machine,
  id: string,
  pid: number,
  { profile, layers, signal }: GuestRequest,
): Promise<boolean> {
  const enter = enterProcess(pid);
  const realTimeBudgets = await findRealTimeBudgets(machine, id);
  const reached = new Set<number>();
  for (;;) {
    const processes = await readContainerProcesses(machine, id);
    if (processes.every((process) => reached.has(process))) return reached.size > 0;
    const container = { device: guestDevice, processes, realTimeBudgets };
    const commands = buildContainerCommands(profile.parameters, layers, container);
    if (commands.length === 0) return false;
    for (const command of commands) {
      try {
        await machine.run(enter(command), { timeoutSeconds: 10, signal });
      } catch (thrown) {
        if (!(thrown instanceof CommandError) || !processIsGone.test(thrown.failure.stderr)) throw thrown;
      }
    }
    for (const process of processes) reached.add(process);
  }
}

/** What chrt says of a process that ended meanwhile, such as the one that answered our connection: it needs no setting. */
const processIsGone = /No such process|cannot obtain the list of tasks/;

/** cgroup v1 of a kernel that shares real time out among cgroups: the files of ours and of the container. */
async function findRealTimeBudgets(machine: Machine, id: string): Promise<string[]> {
  const files = [cgroupParent, `${cgroupParent}/${id}`].map((path) => `/sys/fs/cgroup/cpu${path}/cpu.rt_runtime_us`);
  const texts = await Promise.all(files.map((file) => machine.readFile(file)));
  return files.filter((_, index) => texts[index] !== null);
}
