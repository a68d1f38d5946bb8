import type { Folders } from '../hosts/folders.ts';
import { removeLeftovers } from '../hosts/leftovers.ts';
import { awaitLock, removeIfEmpty } from '../hosts/lock.ts';
import { createRunState } from '../hosts/run-state.ts';
import { type Placement, stepAside } from '../hosts/step-aside.ts';
import type { KernelRequest } from '../kernels/prepare-kernels.ts';
import type { Machine } from '../machines/machine.ts';
import { createEmbeddedTopology, embeddedTopology } from '../networks/embedded.ts';
import { openWindow } from '../networks/namespace-window.ts';
import type { Topology, WireEnds } from '../networks/topology.ts';
import { UndoStack } from '../undo.ts';
import type { GuestKind } from '../vocabulary.ts';
import { createDrivers, type Drivers } from './create-drivers.ts';
import type { Watch } from './events.ts';
import { type GuestLogs, keepLogsIn } from './guest-logs.ts';
import type { Windows } from './watched-places.ts';

export interface PreparationRequest {
  readonly machine: Machine;
  readonly folders: Folders;
  /** The embedded one unless the machine's loopback is all that there is. */
  readonly topology?: Topology;
  readonly run: string;
  readonly guests: readonly GuestKind[];
  /** Kernels of virtual machines, as `listGuestKernels` yields them; absent: the one that guests have by default. */
  readonly kernels?: readonly KernelRequest[];
  /** CPUs that a profile of either side gives to guests; what measures keeps off them. */
  readonly guestCpus?: readonly number[];
  /** Folder for the daemon's log. */
  readonly logFolder: string;
  /** Arguments of dockerd that a profile asks for; see `buildDaemonArguments`. */
  readonly daemonSettings?: readonly string[];
  /** Process that owns the lock. */
  readonly pid: number;
  /** true: the caller holds the machine's lock already; see `lockMachine`. */
  readonly isLocked?: boolean;
  /** How long to wait for the end of another run, seconds; absent: for as long as one needs to clean up. */
  readonly waitSeconds?: number;
  readonly watch: Watch;
  readonly signal: AbortSignal;
  readonly now: () => Date;
}

/** A machine on which guests can be started. */
export interface PreparedMachine extends Drivers {
  readonly topology: Topology;
  /** null: the measuring programs run wherever they like. */
  readonly placement: Placement | null;
  /** null: there are no namespaces to look into. */
  readonly windows: Windows | null;
  readonly logs: GuestLogs;
  /** Takes down everything that the preparation made. Idempotent. */
  restore(): Promise<void>;
}

/** One run at a time: returns the way to give the lock back. Throws `ConfigurationError` that names another owner. */
export async function lockMachine(
  request: Pick<PreparationRequest, 'machine' | 'folders' | 'pid' | 'waitSeconds' | 'watch' | 'signal' | 'now'>,
): Promise<() => Promise<void>> {
  const { machine, folders, pid, watch, signal, now } = request;
  const onWait = (sentence: string) => watch({ kind: 'step', text: `waiting: ${sentence}` });
  const patience = { signal, seconds: request.waitSeconds ?? 0, onWait };
  const release = await awaitLock(machine, folders.state, pid, now(), patience);
  return async () => {
    await release();
    await removeIfEmpty(machine, folders.state);
  };
}

/** Locks the machine, removes what a crash left, builds the embedded topology and starts what the guest kinds need. */
export async function prepareMachine(request: PreparationRequest): Promise<PreparedMachine> {
  const { machine, folders, watch, topology = embeddedTopology } = request;
  const undo = new UndoStack();
  try {
    if (request.isLocked !== true) undo.push('release the lock', await lockMachine(request));
    const left = await removeLeftovers(machine, folders.state);
    if (left.length > 0) watch({ kind: 'step', text: `removed what an earlier run left behind: ${left.join(', ')}` });
    const state = await createRunState(machine, folders.state, request.run);
    undo.push('take down the embedded topology', async () => {
      await removeLeftovers(machine, folders.state);
    });
    const placement = await makeRoom(request, undo);
    if (topology.loopbackNamespace !== null) {
      watch({ kind: 'step', text: 'building the embedded topology' });
      await createEmbeddedTopology(machine, state, request.signal);
    }
    const windows =
      topology.loopbackNamespace === null ? null : await openWindows({ machine, client: machine }, topology, undo);
    const drivers = await createDrivers({ ...request, client: machine, topology, placement }, state, undo);
    const logs = keepLogsIn(request.logFolder);
    return { topology, placement, windows, logs, ...drivers, restore: () => undo.runAll() };
  } catch (thrown) {
    await undo.runAll();
    throw thrown;
  }
}

async function makeRoom({ machine, pid, guestCpus, watch }: PreparationRequest, undo: UndoStack) {
  const { placement, said, undo: moveBack } = await stepAside(machine, pid, guestCpus ?? []);
  undo.push('give the measuring programs their CPUs back', moveBack);
  if (said !== null) watch({ kind: 'step', text: said });
  return placement;
}

/** Windows into the namespaces of both ends, each on its own machine. */
export async function openWindows(ends: WireEnds, topology: Topology, undo: UndoStack): Promise<Windows> {
  const open = async (machine: Machine, namespace: string) => {
    const window = await openWindow(machine, namespace);
    undo.push(`close the window into ${namespace}`, () => window.stop(1));
    return window.pid;
  };
  return {
    client: await open(ends.client, topology.clientNamespace),
    host: await open(ends.machine, topology.hostNamespace),
  };
}
