import type { Folders } from '../hosts/folders.ts';
import { removeLeftovers } from '../hosts/leftovers.ts';
import { createRunState, type RunState } from '../hosts/run-state.ts';
import { choosePlacement, type Placement, readAffinity } from '../hosts/step-aside.ts';
import type { Machine } from '../machines/machine.ts';
import { startOn } from '../machines/start-on.ts';
import {
  buildInventoryTopology,
  createInventoryTopology,
  type EndStates,
  type InventoryNetwork,
} from '../networks/inventory-topology.ts';
import { refuseNic } from '../networks/refuse-nic.ts';
import type { WireEnds } from '../networks/topology.ts';
import { parseCpuList } from '../profiles/cpu-list.ts';
import { UndoStack } from '../undo.ts';
import type { GuestKind } from '../vocabulary.ts';
import { awaitMachines } from './await-machines.ts';
import { createDrivers } from './create-drivers.ts';
import type { Watch } from './events.ts';
import { fetchLogsFrom, type RemoteLogs } from './fetch-logs.ts';
import { openWindows, type PreparedMachine } from './prepare-machine.ts';

/** Both machines are locked by whoever asks; see `lockInventory`. */
export interface InventoryPreparation extends WireEnds {
  readonly folders: Readonly<Record<'host' | 'client', Folders>>;
  readonly network: InventoryNetwork;
  /** Addresses that are reached from the client's own network, or its namespace, to drive the run. */
  readonly peers: readonly string[];
  readonly run: string;
  readonly guests: readonly GuestKind[];
  /** CPUs of the host that a profile of either side gives to guests; dockerd keeps off them. */
  readonly guestCpus: readonly number[];
  /** Arguments of dockerd that a profile asks for. */
  readonly daemonSettings?: readonly string[];
  /** Folder of the run, on this machine, for what guests and daemon say. */
  readonly logFolder: string;
  readonly watch: Watch;
  readonly signal: AbortSignal;
}

/** A minute: a host that is away for longer is cleaned by the next run. */
const restoreSeconds = 60;

/**
 * Removes what a crash left on both machines, joins them over their interfaces under test and starts what the guest
 * kinds need. May be called again after `restore`, also when the host was booted in between.
 */
export async function prepareInventory(request: InventoryPreparation): Promise<PreparedMachine> {
  const { watch, network, signal } = request;
  const undo = new UndoStack();
  try {
    await removeEarlier(request);
    await refuseInterfaces(request);
    const states = await createStates(request, undo);
    const topology = buildInventoryTopology(network);
    watch({ kind: 'step', text: `joining ${request.machine.name} and ${request.client.name} over ${network.network}` });
    await createInventoryTopology(request, topology, network, states, signal);
    const logs = await openLogs(request, undo);
    const windows = await openWindows(request, topology, undo);
    const placement = await findPlacement(request);
    const drivers = await createDrivers(
      {
        ...request,
        ...{ folders: request.folders.host, topology, placement, logFolder: logs.folder },
        ...(placement === null ? {} : { daemonMachine: startOn(request.machine, placement.harness) }),
      },
      states.host,
      undo,
    );
    // The tools run on the client, which no profile treats.
    return { topology, placement: null, windows, logs, ...drivers, restore: () => restore(request, undo) };
  } catch (thrown) {
    await restore(request, undo);
    throw thrown;
  }
}

/** The host first: where both are one machine's namespaces, its processes hold what the client's clean-up looks for. */
export async function removeEarlier({
  machine,
  client,
  folders,
  watch,
}: Pick<InventoryPreparation, 'machine' | 'client' | 'folders' | 'watch'>): Promise<void> {
  for (const [end, { state }] of [[machine, folders.host] as const, [client, folders.client] as const]) {
    const left = await removeLeftovers(end, state);
    if (left.length === 0) continue;
    watch({ kind: 'step', text: `removed what an earlier run left behind on ${end.name}: ${left.join(', ')}` });
  }
}

async function refuseInterfaces({ machine, client, network, peers }: InventoryPreparation): Promise<void> {
  const { hostNic, clientNic, clientNamespace } = network;
  const common = { network: network.network };
  await refuseNic({ ...common, machine, namespace: null, nic: hostNic, moves: true, peers: [] });
  const namespace = clientNamespace;
  await refuseNic({ ...common, machine: client, namespace, nic: clientNic, moves: namespace === null, peers });
}

async function createStates(
  { machine, client, folders, run }: InventoryPreparation,
  undo: UndoStack,
): Promise<EndStates> {
  const create = async (end: Machine, { state }: Folders): Promise<RunState> => {
    const created = await createRunState(end, state, run);
    undo.push(`take down what was built on ${end.name}`, async () => {
      await removeLeftovers(end, state);
    });
    return created;
  };
  const clientState = await create(client, folders.client);
  return { client: clientState, host: await create(machine, folders.host) };
}

async function openLogs({ machine, folders, logFolder }: InventoryPreparation, undo: UndoStack): Promise<RemoteLogs> {
  const from = `${folders.host.state}/logs`;
  await machine.run({ program: 'mkdir', args: ['-p', from] }, { timeoutSeconds: 5 });
  const logs = fetchLogsFrom({ machine, from, into: logFolder, kept: ['dockerd.log'] });
  undo.push(`fetch the logs of ${machine.name}`, () => logs.fetchAll());
  return logs;
}

/** Nothing of the harness is on the host before it starts dockerd there: that begins where it shall be. */
async function findPlacement({ machine, guestCpus, watch }: InventoryPreparation): Promise<Placement | null> {
  if (guestCpus.length === 0) return null;
  const placement = choosePlacement(parseCpuList(await readAffinity(machine, 'self')), guestCpus);
  if (placement !== null) watch({ kind: 'step', text: `dockerd runs on CPU ${placement.harness} of ${machine.name}` });
  return placement;
}

async function restore(request: InventoryPreparation, undo: UndoStack): Promise<void> {
  // Also after an interruption, whose signal would end the wait at once.
  const { signal } = new AbortController();
  const away = await awaitMachines(request, null, { signal, seconds: restoreSeconds });
  if (away !== null) request.watch({ kind: 'step', text: `warning: ${away}; what is left there the next run removes` });
  await undo.runAll();
}
