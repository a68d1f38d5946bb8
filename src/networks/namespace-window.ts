import { type BackgroundProcess, inNamespace, type Machine } from '../machines/machine.ts';

/** Longer than any run. */
const sleepForever = { program: 'sleep', args: ['infinity'] };

/**
 * A process that sleeps in a network namespace, so that `/proc/PID/net` shows the namespace's counters as plain files.
 * What a crash leaves of it goes with the namespace.
 */
export function openWindow(machine: Machine, namespace: string): Promise<BackgroundProcess> {
  return machine.start(inNamespace(namespace, sleepForever), { logFile: '/dev/null' });
}
