import { createBareDriver } from '../guests/bare.ts';
import { createDockerDriver } from '../guests/docker.ts';
import { type DockerDaemon, startDockerDaemon } from '../guests/docker-daemon.ts';
import { createDockerNetwork } from '../guests/docker-network.ts';
import type { GuestKindDriver } from '../guests/guest.ts';
import { createQemuDriver } from '../guests/qemu.ts';
import { prepareQemu } from '../guests/qemu-preparation.ts';
import type { Folders } from '../hosts/folders.ts';
import { removeLeftovers } from '../hosts/leftovers.ts';
import { awaitLock } from '../hosts/lock.ts';
import { createRunState, type RunState } from '../hosts/run-state.ts';
import { type Placement, stepAside } from '../hosts/step-aside.ts';
import { buildGuestImage } from '../images/guest-image.ts';
import type { KernelRequest } from '../kernels/prepare-kernels.ts';
import type { Machine } from '../machines/machine.ts';
import { startOn } from '../machines/start-on.ts';
import { createEmbeddedTopology, embeddedTopology } from '../networks/embedded.ts';
import { openWindow } from '../networks/namespace-window.ts';
import type { Topology } from '../networks/topology.ts';
import { UndoStack } from '../undo.ts';
import type { GuestKind } from '../vocabulary.ts';
import type { Watch } from './events.ts';
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
  /** Process that owns the lock. */
  readonly pid: number;
  /** How long to wait for the end of another run, seconds; absent: for as long as one needs to clean up. */
  readonly waitSeconds?: number;
  readonly watch: Watch;
  readonly signal: AbortSignal;
  readonly now: () => Date;
}

/** A machine on which guests can be started. */
export interface PreparedMachine {
  readonly topology: Topology;
  readonly drivers: ReadonlyMap<GuestKind, GuestKindDriver>;
  /** Versions that only a running part tells. */
  readonly versions: Readonly<Record<string, string>>;
  /** null: the measuring programs run wherever they like. */
  readonly placement: Placement | null;
  /** null: there are no namespaces to look into. */
  readonly windows: Windows | null;
  /** Takes down everything that the preparation made. Idempotent. */
  restore(): Promise<void>;
}

/** Locks the machine, removes what a crash left, builds the embedded topology and starts what the guest kinds need. */
export async function prepareMachine(request: PreparationRequest): Promise<PreparedMachine> {
  const { machine, folders, watch, topology = embeddedTopology } = request;
  const undo = new UndoStack();
  try {
    const onWait = (sentence: string) => watch({ kind: 'step', text: `waiting: ${sentence}` });
    const patience = { signal: request.signal, seconds: request.waitSeconds ?? 0, onWait };
    const release = await awaitLock(machine, folders.state, request.pid, request.now(), patience);
    undo.push('release the lock', async () => {
      await release();
      await removeIfEmpty(machine, folders.state);
    });
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
    const windows = topology.loopbackNamespace === null ? null : await openWindows(machine, topology, undo);
    const drivers = await createDrivers({ ...request, topology, placement }, state, undo);
    return { topology, placement, windows, ...drivers, restore: () => undo.runAll() };
  } catch (thrown) {
    await undo.runAll();
    throw thrown;
  }
}

type PlacedRequest = PreparationRequest & { readonly topology: Topology; readonly placement: Placement | null };

async function makeRoom({ machine, pid, guestCpus, watch }: PreparationRequest, undo: UndoStack) {
  const { placement, said, undo: moveBack } = await stepAside(machine, pid, guestCpus ?? []);
  undo.push('give the measuring programs their CPUs back', moveBack);
  if (said !== null) watch({ kind: 'step', text: said });
  return placement;
}

async function openWindows(machine: Machine, topology: Topology, undo: UndoStack): Promise<Windows> {
  const open = async (namespace: string) => {
    const window = await openWindow(machine, namespace);
    undo.push(`close the window into ${namespace}`, () => window.stop(1));
    return window.pid;
  };
  return { client: await open(topology.clientNamespace), host: await open(topology.hostNamespace) };
}

/** Guests start where the harness itself was before it stepped aside. */
function findGuestMachine({ machine, placement }: PlacedRequest): Machine {
  return placement === null ? machine : startOn(machine, placement.guests);
}

async function createDrivers(request: PlacedRequest, state: RunState, undo: UndoStack) {
  const drivers = new Map<GuestKind, GuestKindDriver>();
  const versions: Record<string, string> = {};
  if (request.guests.includes('bare')) {
    drivers.set('bare', createBareDriver({ machine: findGuestMachine(request), topology: embeddedTopology, state }));
  }
  if (request.guests.includes('docker')) {
    const { driver, image, dockerd } = await prepareDocker(request, state, undo);
    drivers.set('docker', driver);
    versions.dockerd = dockerd;
    versions['guest-image'] = image;
  }
  if (request.guests.includes('qemu')) {
    const { driver, versions: found } = await prepareVirtualMachines(request, state, undo);
    drivers.set('qemu', driver);
    Object.assign(versions, found);
  }
  return { drivers, versions };
}

async function prepareDocker(request: PlacedRequest, state: RunState, undo: UndoStack) {
  const { machine, folders, watch, signal } = request;
  watch({ kind: 'step', text: 'starting a private dockerd' });
  const place = {
    namespace: embeddedTopology.hostNamespace,
    dataFolder: `${folders.cache}/docker`,
    stateFolder: folders.state,
    logFile: `${request.logFolder}/dockerd.log`,
  };
  const daemon = await startDockerDaemon(machine, place, state, signal);
  undo.push('stop the private dockerd', () => daemon.stop());
  watch({ kind: 'step', text: 'building the guest image' });
  const image = await buildGuestImage(machine, folders.cache, signal);
  await importImage(machine, daemon, image.archive, image.reference, signal);
  await createDockerNetwork(machine, daemon, embeddedTopology);
  const version = daemon.docker('version', '--format', '{{.Server.Version}}');
  const { stdout } = await machine.run(version, { timeoutSeconds: 10, signal });
  const placement = request.placement === null ? {} : { cpus: request.placement.guests };
  const options = { machine, daemon, topology: embeddedTopology, image: image.reference, state, ...placement };
  return { driver: createDockerDriver(options), image: image.hash.slice(0, 16), dockerd: stdout.trim() };
}

async function prepareVirtualMachines(request: PlacedRequest, state: RunState, undo: UndoStack) {
  const { folders, watch, signal } = request;
  watch({ kind: 'step', text: 'preparing kernel and initramfs of the virtual machines' });
  const { options, accelerator, warnings, versions } = await prepareQemu({
    machine: findGuestMachine(request),
    topology: request.topology,
    folders,
    ...(request.kernels === undefined ? {} : { kernels: request.kernels }),
    run: request.run,
    logFolder: request.logFolder,
    state,
    undo,
    signal,
  });
  watch({
    kind: 'step',
    text: `virtual machines run under ${accelerator.accelerator.toUpperCase()}: ${accelerator.reason}`,
  });
  for (const warning of warnings) watch({ kind: 'step', text: `warning: ${warning}` });
  return { driver: createQemuDriver(options), versions };
}

/** The reference carries the content's hash, so an image of that name is that image. */
async function importImage(
  machine: Machine,
  daemon: DockerDaemon,
  archive: string,
  reference: string,
  signal: AbortSignal,
) {
  const inspect = daemon.docker('image', 'inspect', '--format', '{{.Id}}', reference);
  const { exitCode } = await machine.run(inspect, { timeoutSeconds: 10, signal, allowFailure: true });
  if (exitCode !== 0) await machine.run(daemon.docker('import', archive, reference), { timeoutSeconds: 120, signal });
}

async function removeIfEmpty(machine: Machine, folder: string): Promise<void> {
  await machine.run({ program: 'rmdir', args: [folder] }, { timeoutSeconds: 5, allowFailure: true });
}
