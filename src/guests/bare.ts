import type { RunState } from '../hosts/run-state.ts';
import { iperf2UdpServer } from '../images/guest-tree.ts';
import { type BackgroundProcess, type Command, inNamespace, type Machine } from '../machines/machine.ts';
import { guestDevice, handOverWire } from '../networks/hand-over.ts';
import { collectLinkFacts, collectProtocolFacts } from '../networks/link-facts.ts';
import type { Topology, WireEnds } from '../networks/topology.ts';
import type { Facts } from '../results/journal.schema.ts';
import { UndoStack } from '../undo.ts';
import type { GuestKindDriver, GuestRequest, RunningGuest } from './guest.ts';
import { waitUntilReady } from './wait-ready.ts';

export interface BareGuestOptions extends WireEnds {
  readonly topology: Topology;
  readonly state: RunState;
}

/** Where the servers listen: the host itself on its bridge, or a namespace that has the wire to itself. */
interface Place {
  readonly namespace: string;
  readonly address: string;
}

/** No guest at all: the servers run on the host itself. The reference that shows what a guest costs. */
export function createBareDriver(options: BareGuestOptions): GuestKindDriver {
  return { kind: 'bare', launch: (request) => launchServers(options, request) };
}

/** Bound to one address, so that a wrong way to the host does not find them. */
export function buildServerCommands({ namespace, address }: Place): Command[] {
  const netserver = { program: 'netserver', args: ['-D', '-4', '-L', address] };
  const iperf3 = { program: 'iperf3', args: ['--server', '--version4', '--bind', address, '--logfile', '/dev/null'] };
  const bind = ['--bind', address];
  const iperf2 = { program: 'iperf', args: ['--server', ...bind] };
  const iperf2Udp = { program: 'sh', args: ['-c', iperf2UdpServer, 'iperf2-udp', ...bind] };
  // The control port, which netserver opens, is what tells that the guest is ready: so it comes last.
  return [iperf3, iperf2, iperf2Udp, netserver].map((command) => inNamespace(namespace, command));
}

async function launchServers(options: BareGuestOptions, request: GuestRequest): Promise<RunningGuest> {
  const { machine, client, topology } = options;
  const undo = new UndoStack();
  const started = performance.now();
  try {
    const place = await findPlace(options, request, undo);
    const servers: BackgroundProcess[] = [];
    for (const command of buildServerCommands(place)) {
      const server = await machine.start(command, { logFile: request.logFile });
      undo.push(`stop ${command.args.join(' ')}`, () => server.stop(2));
      servers.push(server);
    }
    const hasEnded = () => servers.some((server) => server.hasEnded());
    await waitUntilReady(machine, {
      client,
      namespace: topology.clientNamespace,
      address: place.address,
      deadlineSeconds: request.deadlineSeconds,
      logFile: request.logFile,
      hasEnded,
      signal: request.signal,
    });
    return {
      address: place.address,
      accelerator: null,
      readySeconds: (performance.now() - started) / 1000,
      watched: { network: servers[0]?.pid ?? null, threads: null },
      hasEnded,
      handle: null,
      collectFacts: () => collectPlaceFacts(machine, place, request),
      // No parameter reaches a guest that is none.
      probe: async () => [],
      stop: () => undo.runAll(),
    };
  } catch (thrown) {
    await undo.runAll();
    throw thrown;
  }
}

async function findPlace(options: BareGuestOptions, request: GuestRequest, undo: UndoStack): Promise<Place> {
  const { topology, state } = options;
  if (request.attachment !== 'physical') {
    return { namespace: topology.hostNamespace, address: topology.bridgeAddress };
  }
  const place = { namespace: `tg-${request.id}`, address: topology.wireAddress };
  undo.push('give the wire back', await handOverWire(options, topology, state, { ...place, pid: null, mac: null }));
  return place;
}

async function collectPlaceFacts(machine: Machine, { namespace }: Place, { attachment }: GuestRequest): Promise<Facts> {
  const enter = (command: Command) => inNamespace(namespace, command);
  const protocol = await collectProtocolFacts(machine, enter);
  if (attachment !== 'physical') return protocol;
  return { ...protocol, ...(await collectLinkFacts(machine, enter, guestDevice, 'guest')) };
}
