import { type BackgroundProcess, inNamespace, type Machine } from '../machines/machine.ts';
import { collectProtocolFacts } from '../networks/link-facts.ts';
import type { Topology } from '../networks/topology.ts';
import { UndoStack } from '../undo.ts';
import type { GuestKindDriver, GuestRequest, RunningGuest } from './guest.ts';
import { waitUntilReady } from './wait-ready.ts';

export interface BareGuestOptions {
  readonly machine: Machine;
  readonly topology: Topology;
}

/** No guest at all: the servers run on the host itself. The reference that shows what a guest costs. */
export function createBareDriver(options: BareGuestOptions): GuestKindDriver {
  return { kind: 'bare', launch: (request) => launchServers(options, request) };
}

/** Bound to the host's own address on the bridge. */
export function buildServerCommands(topology: Topology) {
  const address = topology.bridgeAddress;
  return [
    inNamespace(topology.hostNamespace, { program: 'netserver', args: ['-D', '-4', '-L', address] }),
    inNamespace(topology.hostNamespace, {
      program: 'iperf3',
      args: ['--server', '--version4', '--bind', address, '--logfile', '/dev/null'],
    }),
  ];
}

async function launchServers({ machine, topology }: BareGuestOptions, request: GuestRequest): Promise<RunningGuest> {
  const undo = new UndoStack();
  const started = performance.now();
  try {
    const servers: BackgroundProcess[] = [];
    for (const command of buildServerCommands(topology)) {
      const server = await machine.start(command, { logFile: request.logFile });
      undo.push(`stop ${command.args.join(' ')}`, () => server.stop(2));
      servers.push(server);
    }
    await waitUntilReady(machine, {
      namespace: topology.clientNamespace,
      address: topology.bridgeAddress,
      deadlineSeconds: request.deadlineSeconds,
      logFile: request.logFile,
      hasEnded: () => servers.some((server) => server.hasEnded()),
      signal: request.signal,
    });
  } catch (thrown) {
    await undo.runAll();
    throw thrown;
  }
  return {
    address: topology.bridgeAddress,
    accelerator: null,
    readySeconds: (performance.now() - started) / 1000,
    collectFacts: () => collectProtocolFacts(machine, (command) => inNamespace(topology.hostNamespace, command)),
    // No parameter reaches a guest that is none.
    probe: async () => [],
    stop: () => undo.runAll(),
  };
}
