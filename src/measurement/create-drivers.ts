import { findConfinement } from '../guests/apparmor.ts';
import { createBareDriver } from '../guests/bare.ts';
import { createDockerDriver } from '../guests/docker.ts';
import { type DockerDaemon, startDockerDaemon } from '../guests/docker-daemon.ts';
import { createDockerNetwork } from '../guests/docker-network.ts';
import type { GuestKindDriver } from '../guests/guest.ts';
import { createQemuDriver } from '../guests/qemu.ts';
import { prepareQemu } from '../guests/qemu-preparation.ts';
import type { Folders } from '../hosts/folders.ts';
import type { RunState } from '../hosts/run-state.ts';
import type { Placement } from '../hosts/step-aside.ts';
import { buildGuestImage } from '../images/guest-image.ts';
import type { KernelRequest } from '../kernels/prepare-kernels.ts';
import type { Machine } from '../machines/machine.ts';
import { startOn } from '../machines/start-on.ts';
import type { Topology, WireEnds } from '../networks/topology.ts';
import type { UndoStack } from '../undo.ts';
import type { GuestKind } from '../vocabulary.ts';
import type { Watch } from './events.ts';

export interface DriverRequest extends WireEnds {
  /** Those of the host. */
  readonly folders: Folders;
  readonly topology: Topology;
  readonly run: string;
  readonly guests: readonly GuestKind[];
  /** Kernels of virtual machines, as `listGuestKernels` yields them; absent: the one that guests have by default. */
  readonly kernels?: readonly KernelRequest[];
  /** Folder on the host for the daemon's log. */
  readonly logFolder: string;
  /** Arguments of dockerd that a profile asks for; see `buildDaemonArguments`. */
  readonly daemonSettings?: readonly string[];
  readonly placement: Placement | null;
  /** The host, as dockerd is started on it; absent: wherever whoever starts it is. */
  readonly daemonMachine?: Machine;
  readonly watch: Watch;
  readonly signal: AbortSignal;
}

export interface Drivers {
  readonly drivers: ReadonlyMap<GuestKind, GuestKindDriver>;
  /** Versions that only a running part tells. */
  readonly versions: Readonly<Record<string, string>>;
  /** Socket of the private dockerd; null: no guest needs one. */
  readonly dockerSocket: string | null;
}

/** Guests start where the harness itself was before it stepped aside. */
function findGuestMachine({ machine, placement }: DriverRequest): Machine {
  return placement === null ? machine : startOn(machine, placement.guests);
}

/** Starts what the guest kinds need on a machine that has its topology. `undo` gets the way back. */
export async function createDrivers(request: DriverRequest, state: RunState, undo: UndoStack): Promise<Drivers> {
  const drivers = new Map<GuestKind, GuestKindDriver>();
  const versions: Record<string, string> = {};
  let dockerSocket: string | null = null;
  const { client, topology } = request;
  if (request.guests.includes('bare')) {
    drivers.set('bare', createBareDriver({ machine: findGuestMachine(request), client, topology, state }));
  }
  if (request.guests.includes('docker')) {
    const { driver, image, dockerd, socket } = await prepareDocker(request, state, undo);
    drivers.set('docker', driver);
    dockerSocket = socket;
    versions.dockerd = dockerd;
    versions['guest-image'] = image;
  }
  if (request.guests.includes('qemu')) {
    const { driver, versions: found } = await prepareVirtualMachines(request, state, undo);
    drivers.set('qemu', driver);
    Object.assign(versions, found);
  }
  return { drivers, versions, dockerSocket };
}

async function prepareDocker(request: DriverRequest, state: RunState, undo: UndoStack) {
  const { machine, client, folders, topology, watch, signal } = request;
  watch({ kind: 'step', text: 'starting a private dockerd' });
  const place = {
    namespace: topology.hostNamespace,
    dataFolder: `${folders.cache}/docker`,
    stateFolder: folders.state,
    logFile: `${request.logFolder}/dockerd.log`,
    ...(request.daemonSettings === undefined ? {} : { settings: request.daemonSettings }),
  };
  const daemon = await startDockerDaemon(request.daemonMachine ?? machine, place, state, signal);
  undo.push('stop the private dockerd', () => daemon.stop());
  watch({ kind: 'step', text: 'building the guest image' });
  const image = await buildGuestImage(machine, folders.cache, signal);
  await importImage(machine, daemon, image.archive, image.reference, signal);
  await createDockerNetwork(machine, daemon, topology);
  const version = daemon.docker('version', '--format', '{{.Server.Version}}');
  const { stdout } = await machine.run(version, { timeoutSeconds: 10, signal });
  const placement = request.placement === null ? {} : { cpus: request.placement.guests };
  const confinement = await findConfinement(machine);
  if (confinement.length > 0) {
    const text = `containers run without AppArmor: ${machine.name} has no apparmor_parser (package apparmor)`;
    watch({ kind: 'step', text });
  }
  const options = { machine, client, confinement, daemon, topology, image: image.reference, state, ...placement };
  const { socket } = daemon;
  return { driver: createDockerDriver(options), image: image.hash.slice(0, 16), dockerd: stdout.trim(), socket };
}

async function prepareVirtualMachines(request: DriverRequest, state: RunState, undo: UndoStack) {
  const { folders, watch, signal } = request;
  watch({ kind: 'step', text: 'preparing kernel and initramfs of the virtual machines' });
  const { options, accelerator, warnings, versions } = await prepareQemu({
    machine: findGuestMachine(request),
    client: request.client,
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
