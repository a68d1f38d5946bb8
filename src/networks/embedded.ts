import { ConfigurationError } from '../errors.ts';
import { namespaceInode } from '../hosts/leftovers.ts';
import type { RunState } from '../hosts/run-state.ts';
import { addNamespace } from '../machines/ip.ts';
import { type Command, inNamespace, type Machine } from '../machines/machine.ts';
import { buildBridgeCommands } from './bridge.ts';
import type { Topology } from './topology.ts';

/**
 * One machine plays both: a namespace for the host under test, one for the client, a veth pair for the wire.
 * Addresses are from the range that RFC 2544 sets aside for benchmarks; nothing of the machine's own network is touched.
 */
export const embeddedTopology: Topology = {
  name: 'embedded',
  hostNamespace: 'tghost',
  clientNamespace: 'tgclient',
  clientDevice: 'tgw0',
  loopbackNamespace: 'tguser',
  hostDevice: 'tgw0',
  bridge: 'tgbr0',
  network: '198.18.0.0/24',
  clientAddress: '198.18.0.1',
  bridgeAddress: '198.18.0.2',
  guestAddress: '198.18.0.16',
  wireAddress: '198.18.0.31',
  guestRange: '198.18.0.16/28',
};

/** Where the machine lets us make no namespaces: all that is left is attachment `user` on the machine's own loopback. */
export const machineLoopback: Topology = { ...embeddedTopology, loopbackNamespace: null };

/** Builds the topology; what it makes is noted in the state, by which `removeLeftovers` takes it down again. */
export async function createEmbeddedTopology(machine: Machine, state: RunState, signal: AbortSignal): Promise<void> {
  const { hostNamespace, clientNamespace, loopbackNamespace } = embeddedTopology;
  for (const namespace of [hostNamespace, clientNamespace, loopbackNamespace]) {
    if (namespace !== null) await createNamespace(machine, state, namespace);
  }
  for (const command of buildTopologyCommands(embeddedTopology, state.run)) {
    await machine.run(command, { timeoutSeconds: 10, signal });
  }
  await writeNamespaceSettings(machine, embeddedTopology);
}

/** Makes a namespace and notes it in the state. Throws `ConfigurationError` when somebody else has one of that name. */
export async function createNamespace(machine: Machine, state: RunState, name: string): Promise<void> {
  if ((await namespaceInode(machine, name)) !== null) {
    throw new ConfigurationError(
      `network namespace ${name} exists on ${machine.name} and was not made by Tunegate; remove it with \`ip netns del ${name}\` if nothing uses it`,
    );
  }
  await state.noteNamespace(name, null);
  await machine.run(addNamespace(name), { timeoutSeconds: 10 });
  await state.noteNamespace(name, await namespaceInode(machine, name));
}

/** The alias marks a link as ours for people who look at it. */
export function buildTopologyCommands(topology: Topology, run: string): Command[] {
  const { hostNamespace: host, clientNamespace: client, loopbackNamespace: loopback } = topology;
  const { hostDevice, clientDevice } = topology;
  const prefix = topology.network.slice(topology.network.indexOf('/'));
  const alias = `tunegate/${run}`;
  const ip = (line: string): Command => ({ program: 'ip', args: line.split(' ') });
  return [
    ip(`-n ${host} link add ${hostDevice} type veth peer name ${clientDevice} netns ${client}`),
    ip(`-n ${host} link set ${hostDevice} alias ${alias}`),
    ip(`-n ${client} link set ${clientDevice} alias ${alias}`),
    ...buildBridgeCommands(topology, run),
    ip(`-n ${client} link set lo up`),
    ip(`-n ${client} addr add ${topology.clientAddress}${prefix} dev ${clientDevice}`),
    ip(`-n ${client} link set ${clientDevice} up`),
    ...(loopback === null
      ? []
      : [
          ip(`-n ${loopback} link set lo up`),
          // netperf finds no address at all where 127.0.0.1 is the only one (getaddrinfo with AI_ADDRCONFIG).
          ip(`-n ${loopback} addr add ${topology.clientAddress}/32 dev lo`),
        ]),
  ];
}

/** An unanswered ARP request is repeated after 1 s, which would round the time to readiness up to whole seconds. */
export async function writeNamespaceSettings(client: Machine, topology: Topology): Promise<void> {
  const path = `/proc/sys/net/ipv4/neigh/${topology.clientDevice}/retrans_time_ms`;
  const write = inNamespace(topology.clientNamespace, { program: 'tee', args: [path] });
  await client.run(write, { timeoutSeconds: 5, input: '50' });
}
