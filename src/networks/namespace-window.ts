import { markProcess, type ProcessMark } from '../hosts/processes.ts';
import { inNamespace, type Machine } from '../machines/machine.ts';

/** Longer than any run. */
const sleepForever = { program: 'sleep', args: ['infinity'] };

/** A process that sleeps in a network namespace, so that `/proc/PID/net` shows the namespace's counters as plain files. */
export interface NamespaceWindow {
  readonly pid: number;
  stop(): Promise<void>;
}

export async function openWindow(
  machine: Machine,
  namespace: string,
  note: (what: string, mark: ProcessMark) => Promise<void>,
): Promise<NamespaceWindow> {
  const sleeper = await machine.start(inNamespace(namespace, sleepForever), { logFile: '/dev/null' });
  const mark = await markProcess(machine, sleeper.pid);
  if (mark !== null) await note(`window into ${namespace}`, mark);
  return { pid: sleeper.pid, stop: () => sleeper.stop(1) };
}
