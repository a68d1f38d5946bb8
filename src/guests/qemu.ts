import { MeasurementError, messageOf } from '../errors.ts';
import type { RunState } from '../hosts/run-state.ts';
import { type GuestWords, parseGuestWords } from '../images/initramfs-init.ts';
import type { KernelRequest } from '../kernels/prepare-kernels.ts';
import { type Command, inNamespace, type Machine } from '../machines/machine.ts';
import { createSlots } from '../machines/slots.ts';
import { collectLinkFacts, parseOffloads } from '../networks/link-facts.ts';
import type { Topology, WireEnds } from '../networks/topology.ts';
import {
  buildVirtualMachineSettings,
  checkQemuParameters,
  listGuestReads,
} from '../profiles/virtual-machine-checks.ts';
import type { Facts } from '../results/journal.schema.ts';
import { UndoStack } from '../undo.ts';
import type { Accelerator } from '../vocabulary.ts';
import type { GuestKindDriver, GuestRequest, RunningGuest } from './guest.ts';
import { reserveHugePages } from './huge-pages.ts';
import { requireMemoryFolder } from './memory-folder.ts';
import { type GuestLink, linkGuest } from './qemu-attachment.ts';
import type { Boot } from './qemu-boots.ts';
import type { VirtualMachine } from './qemu-command.ts';
import { cpusSchema } from './qemu-monitor.schema.ts';
import { type QemuProcess, readAccelerator, startQemu } from './qemu-process.ts';
import { collectQemuReadings } from './qemu-readings.ts';
import { applyVirtualMachineSettings, askForFacts } from './qemu-settings.ts';
import { waitUntilReady } from './wait-ready.ts';

export interface QemuGuestOptions extends WireEnds {
  readonly topology: Topology;
  /** What guests start from whose profile names no kernel; the others by what it names. */
  readonly boot: Boot;
  readonly boots?: ReadonlyMap<KernelRequest, Boot>;
  readonly accelerator: Accelerator;
  /** Folder of the monitors' sockets. */
  readonly socketFolder: string;
  /** Run id, for the link's alias. */
  readonly run: string;
  /** Keeps what a crash would leave behind. */
  readonly state: Pick<RunState, 'noteProcess' | 'noteSetting' | 'forgetSetting'>;
  /** More arguments of the guest's kernel; none unless a test wants something else. */
  readonly kernelArguments?: readonly string[];
}

export function createQemuDriver(options: QemuGuestOptions): GuestKindDriver {
  return { kind: 'qemu', launch: (request) => launchVirtualMachine(options, request) };
}

export function describeGuest(
  options: QemuGuestOptions,
  request: GuestRequest,
  { network, guestAddress }: Pick<GuestLink, 'network' | 'guestAddress'>,
): VirtualMachine & { readonly secondMonitor: string; readonly channel: string } {
  const settings = buildVirtualMachineSettings(request.profile.parameters, request.layers);
  return {
    ...chooseBoot(options, settings.kernel),
    settings,
    name: `tunegate-${request.id}`,
    accelerator: options.accelerator,
    kernelArguments: [`tg.ip=${guestAddress}`, ...settings.kernelArguments, ...(options.kernelArguments ?? [])],
    logFile: request.logFile,
    monitor: `${options.socketFolder}/${request.id}.qmp`,
    secondMonitor: `${options.socketFolder}/${request.id}.second.qmp`,
    channel: `${options.socketFolder}/${request.id}.channel`,
    network,
  };
}

function chooseBoot({ boot, boots }: QemuGuestOptions, kernel: string | undefined): Boot {
  if (kernel === undefined) return boot;
  const prepared = boots?.get(kernel);
  if (prepared !== undefined) return prepared;
  throw new MeasurementError(`kernel ${kernel} was not prepared for this run`);
}

async function launchVirtualMachine(options: QemuGuestOptions, request: GuestRequest): Promise<RunningGuest> {
  const { machine, client: asking, topology, state, run, socketFolder: folder } = options;
  const { signal, logFile } = request;
  const undo = new UndoStack();
  try {
    const { memory, network } = buildVirtualMachineSettings(request.profile.parameters, request.layers);
    await requireMemoryFolder(machine, memory.path);
    const giveBack = await reserveHugePages(machine, memory, state);
    if (giveBack !== null) undo.push('give the huge pages back', giveBack);
    const queues = network.queues ?? 1;
    const link = await linkGuest(request.attachment, { machine, client: asking, topology, run, folder, queues, undo });
    const started = performance.now();
    const guest = describeGuest(options, request, link);
    const qemu = await startQemu({
      machine,
      guest,
      enter: (command) => inNamespace(link.namespace, link.wrap(command)),
      note: (what, mark) => state.noteProcess(what, mark),
      signal,
    });
    undo.push(`stop qemu of ${request.id}`, () => qemu.stop());
    const { client, answersFrom, device, namespace } = link;
    const ready = () =>
      waitUntilReady(machine, {
        client: asking,
        namespace: client.clientNamespace,
        address: client.address,
        ...(answersFrom === undefined ? {} : { answersFrom }),
        deadlineSeconds: request.deadlineSeconds,
        logFile,
        hasEnded: qemu.hasEnded,
        signal,
      });
    await ready();
    const running = { ...qemu, namespace, device, channel: guest.channel };
    const applied = await applyVirtualMachineSettings(machine, running, request);
    // Again, since a link may be lost for a moment when its offloads change.
    if (applied.onHost || applied.inside) await ready();
    // Facts and probes are asked for at once, and the greeting of the channel has a deadline.
    const channelTurn = createSlots(1);
    const inTurn = async <Result>(ask: () => Promise<Result>) => {
      const giveBack = await channelTurn.take(signal);
      return ask().finally(giveBack);
    };
    const hear = () =>
      applied.inside ? inTurn(() => askForFacts(machine, guest.channel, signal)) : readConsole(machine, logFile);
    const readySeconds = (performance.now() - started) / 1000;
    return {
      address: client.address,
      ...(client.dataPort === undefined ? {} : { dataPort: client.dataPort }),
      accelerator: await proveAccelerator(qemu, options.accelerator),
      readySeconds,
      watched: { network: null, threads: qemu.pid },
      hasEnded: qemu.hasEnded,
      handle: {
        ...{ kind: 'qemu', pid: qemu.pid, namespace, device },
        ...{ monitor: guest.secondMonitor, channel: guest.channel },
      },
      collectFacts: async () => collectGuestFacts(machine, link, await hear(), qemu),
      probe: async (parameters, layers) => {
        const reads = listGuestReads(parameters, layers);
        const readings = await inTurn(() => collectQemuReadings(machine, running, reads, signal));
        return checkQemuParameters(parameters, layers, readings);
      },
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

/** What the guest told while it booted; costs it nothing, and holds as long as nothing inside was set since. */
async function readConsole(machine: Machine, logFile: string): Promise<GuestWords> {
  const words = parseGuestWords((await machine.readFile(logFile)) ?? '');
  if (typeof words.facts['kernel.release'] === 'string') return words;
  throw new MeasurementError(`the guest did not tell its kernel on the console (${logFile})`);
}

/** What the guest tells, what QEMU says of itself, and the host's end of its link. */
async function collectGuestFacts(
  machine: Machine,
  { namespace, device, network }: GuestLink,
  { facts, mtu, offloads }: GuestWords,
  { monitor }: QemuProcess,
): Promise<Facts> {
  const enter = (command: Command) => inNamespace(namespace, command);
  return {
    ...facts,
    'mtu.guest': mtu,
    ...parseOffloads(offloads, 'guest'),
    ...('tap' in network ? await collectLinkFacts(machine, enter, device, 'tap') : {}),
    'qemu.version': monitor.version,
    'qemu.cpus': (await monitor.execute('query-cpus-fast', cpusSchema)).length,
  };
}
