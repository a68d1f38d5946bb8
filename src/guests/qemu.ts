import { MeasurementError, messageOf } from '../errors.ts';
import type { ProcessMark } from '../hosts/processes.ts';
import { parseGuestWords } from '../images/initramfs-init.ts';
import { type Command, inNamespace, type Machine } from '../machines/machine.ts';
import { collectLinkFacts, parseOffloads } from '../networks/link-facts.ts';
import type { Topology } from '../networks/topology.ts';
import type { Facts } from '../results/journal.schema.ts';
import { UndoStack } from '../undo.ts';
import type { Accelerator } from '../vocabulary.ts';
import type { GuestKindDriver, GuestRequest, RunningGuest } from './guest.ts';
import { linkGuest } from './qemu-attachment.ts';
import type { VirtualMachine } from './qemu-command.ts';
import { cpusSchema } from './qemu-monitor.schema.ts';
import { qemuEndpoint } from './qemu-network.ts';
import { type QemuProcess, readAccelerator, startQemu } from './qemu-process.ts';
import { waitUntilReady } from './wait-ready.ts';

export interface QemuGuestOptions {
  readonly machine: Machine;
  readonly topology: Topology;
  /** What every guest of the run is made of. */
  readonly boot: Pick<VirtualMachine, 'firmware' | 'kernel' | 'initramfs'>;
  readonly accelerator: Accelerator;
  /** Folder of the monitors' sockets. */
  readonly socketFolder: string;
  /** Run id, for the link's alias. */
  readonly run: string;
  readonly note: (what: string, mark: ProcessMark) => Promise<void>;
  /** More arguments of the guest's kernel; none unless a test wants something else. */
  readonly kernelArguments?: readonly string[];
}

/** What a guest gets where its profile does not say. */
const defaults = { cpus: 1, memoryMebibytes: 256 } as const;

export function createQemuDriver(options: QemuGuestOptions): GuestKindDriver {
  return { kind: 'qemu', launch: (request) => launchVirtualMachine(options, request) };
}

export function describeGuest(
  options: QemuGuestOptions,
  request: GuestRequest,
  network: VirtualMachine['network'],
): VirtualMachine {
  const { topology } = options;
  const prefix = topology.network.slice(topology.network.indexOf('/'));
  return {
    ...options.boot,
    ...defaults,
    name: `tunegate-${request.id}`,
    accelerator: options.accelerator,
    kernelArguments: [`tg.ip=${qemuEndpoint.address}${prefix}`, ...(options.kernelArguments ?? [])],
    logFile: request.logFile,
    monitor: `${options.socketFolder}/${request.id}.qmp`,
    channel: `${options.socketFolder}/${request.id}.channel`,
    network,
  };
}

async function launchVirtualMachine(options: QemuGuestOptions, request: GuestRequest): Promise<RunningGuest> {
  const { machine, topology, note, run, socketFolder: folder } = options;
  const { signal, logFile } = request;
  const undo = new UndoStack();
  try {
    const link = await linkGuest(request.attachment, { machine, topology, run, folder, undo });
    const started = performance.now();
    const qemu = await startQemu({
      machine,
      guest: describeGuest(options, request, link.network),
      enter: (command) => inNamespace(topology.hostNamespace, link.wrap(command)),
      note,
      signal,
    });
    undo.push(`stop qemu of ${request.id}`, () => qemu.stop());
    await waitUntilReady(machine, {
      namespace: topology.clientNamespace,
      address: qemuEndpoint.address,
      deadlineSeconds: request.deadlineSeconds,
      logFile,
      hasEnded: qemu.hasEnded,
      signal,
    });
    const readySeconds = (performance.now() - started) / 1000;
    return {
      address: qemuEndpoint.address,
      accelerator: await proveAccelerator(qemu, options.accelerator),
      readySeconds,
      hasEnded: qemu.hasEnded,
      collectFacts: () => collectGuestFacts(options, link.device, logFile, qemu),
      // The catalogue has no parameter of this guest kind.
      probe: async () => [],
      stop: () => undo.runAll(),
    };
  } catch (thrown) {
    await undo.runAll();
    signal.throwIfAborted();
    throw await explainPanic(machine, logFile, thrown);
  }
}

/** What follows a panic on the console says less than the line that names it. */
async function explainPanic(machine: Machine, logFile: string, thrown: unknown): Promise<unknown> {
  const panic = /Kernel panic - .*/.exec((await machine.readFile(logFile)) ?? '')?.[0];
  if (panic === undefined) return thrown;
  return new MeasurementError(`"${panic.trim()}": ${messageOf(thrown)}`, { cause: thrown });
}

/** Figures of an emulated guest and of one on KVM must never end up in one cell. */
async function proveAccelerator({ monitor }: QemuProcess, decided: Accelerator): Promise<Accelerator> {
  const found = await readAccelerator(monitor);
  if (found === decided) return found;
  throw new MeasurementError(`the guest was to run under ${decided}, but QEMU says that it runs under ${found}`);
}

/** What the guest told on its console while it booted, what QEMU says of itself, and the host's end of its link. */
async function collectGuestFacts(
  { machine, topology }: QemuGuestOptions,
  device: string,
  logFile: string,
  { monitor }: QemuProcess,
): Promise<Facts> {
  const { facts, mtu, offloads } = parseGuestWords((await machine.readFile(logFile)) ?? '');
  if (typeof facts['kernel.release'] !== 'string') {
    throw new MeasurementError(`the guest did not tell its kernel on the console (${logFile})`);
  }
  const enter = (command: Command) => inNamespace(topology.hostNamespace, command);
  return {
    ...facts,
    'mtu.guest': mtu,
    ...parseOffloads(offloads, 'guest'),
    ...(await collectLinkFacts(machine, enter, device, 'tap')),
    'qemu.version': monitor.version,
    'qemu.cpus': (await monitor.execute('query-cpus-fast', cpusSchema)).length,
  };
}
