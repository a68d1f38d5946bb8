import type { RunningGuest } from '../guests/guest.ts';
import type { Machine } from '../machines/machine.ts';
import type { ClientPlace } from '../networks/topology.ts';
import type { WatchedPlaces } from './sample-watch.ts';

/** Processes that sleep in the namespaces of client and host, each on its own machine; see `openWindow`. */
export interface Windows {
  readonly client: number;
  readonly host: number;
}

/** Where a sample of this guest can be looked at. The client's window is that of the wire, not of a loopback. */
export async function findWatchedPlaces(
  machine: Machine,
  windows: Windows | null,
  { clientDevice }: ClientPlace,
  { watched }: Pick<RunningGuest, 'watched'>,
): Promise<WatchedPlaces> {
  const process = watched?.threads ?? null;
  return {
    namespaces: {
      client: clientDevice === 'lo' ? null : (windows?.client ?? null),
      host: windows?.host ?? null,
      guest: watched?.network ?? null,
    },
    clientDevice,
    guestThreads: process === null ? [] : await listThreads(machine, process),
  };
}

async function listThreads(machine: Machine, pid: number): Promise<readonly string[]> {
  const folder = `/proc/${pid}/task`;
  const list = { program: 'ls', args: [folder] };
  const { stdout } = await machine.run(list, { timeoutSeconds: 5, allowFailure: true });
  return stdout.split('\n').flatMap((thread) => (thread === '' ? [] : [`${folder}/${thread}`]));
}
