import { selectBenchmarks } from '../src/benchmarks/benchmarks.ts';
import { ConfigurationError } from '../src/errors.ts';
import type { MachineReport } from '../src/hosts/examine-machine.ts';
import { machineFolders } from '../src/hosts/folders.ts';
import { wireTools } from '../src/hosts/judge-capabilities.ts';
import { readTools, type ToolReading } from '../src/hosts/tools.ts';
import { createLocalMachine } from '../src/machines/local.ts';
import type { Machine } from '../src/machines/machine.ts';
import { buildInventoryTopology, type InventoryNetwork } from '../src/networks/inventory-topology.ts';
import type { Topology, WireEnds } from '../src/networks/topology.ts';
import type { Inventory, InventoryMachine } from '../src/plans/inventory.schema.ts';
import type { Plan } from '../src/plans/plan.schema.ts';
import { testNames } from '../src/vocabulary.ts';
import { findClientName, findMachine, openMachine } from './load-inventory.ts';

/** A host of an inventory with the client that measures it, both opened. */
export interface InventoryPlace extends WireEnds {
  readonly inventory: Inventory;
  /** What the inventory says of the host. */
  readonly host: InventoryMachine;
  /** The machine that this process runs on; the client itself where it is that. */
  readonly controller: Machine;
  readonly folders: { readonly host: typeof machineFolders; readonly client: typeof machineFolders };
  readonly network: InventoryNetwork;
  readonly topology: Topology;
  /** Addresses of machines that are reached from where the client is. */
  readonly peers: readonly string[];
  close(): Promise<void>;
}

/** Connects to nothing yet but resolves names. The machines' folders are root's, as whom all is done there. */
export async function openInventoryPlace(inventory: Inventory, hostName: string): Promise<InventoryPlace> {
  const host = findMachine(inventory, hostName);
  const clientName = findClientName(inventory);
  const { ssh, namespace: clientNamespace = null, nic: clientNic } = findMachine(inventory, clientName);
  if (host.nic === undefined || clientNic === undefined)
    throw new Error('an inventory without interfaces was accepted');
  const { topology: name, network: addresses } = inventory;
  const network = { name, network: addresses, hostNic: host.nic, clientNic, clientNamespace };
  const [machine, client] = [openMachine(inventory, hostName), openMachine(inventory, clientName)];
  const isHere = ssh === undefined;
  return {
    ...{ inventory, host, machine, client, network },
    controller: isHere ? client : createLocalMachine(),
    folders: { host: machineFolders, client: machineFolders },
    topology: buildInventoryTopology(network),
    peers: isHere ? await findPeers(client, inventory, clientNamespace) : [],
    close: async () => {
      await Promise.all([machine.close(), client.close()]);
    },
  };
}

/** Who is reached from that namespace to drive the run, as addresses. */
async function findPeers(client: Machine, { machines }: Inventory, namespace: string | null): Promise<string[]> {
  const names = Object.values(machines).flatMap(({ ssh }) =>
    ssh !== undefined && (ssh.namespace ?? null) === namespace ? [ssh.host] : [],
  );
  const found = await Promise.all(
    names.map(async (name) => {
      const resolve = { program: 'getent', args: ['ahosts', name] };
      const { stdout } = await client.run(resolve, { timeoutSeconds: 10, allowFailure: true });
      return /^(\S+)/.exec(stdout)?.[1] ?? [];
    }),
  );
  return found.flat();
}

/** Of each tool that talks to a server of its own kind, what the server is called on the host. */
const servers: Readonly<Record<string, string>> = { netperf: 'netserver', iperf3: 'iperf3', iperf2: 'iperf2' };

interface ClientQuestion {
  readonly place: Pick<InventoryPlace, 'client' | 'machine'>;
  readonly report: MachineReport;
  readonly plan: Pick<Plan, 'tests' | 'iperf'>;
}

/**
 * Versions by tool: those of the client under their names, those of the host as `host.NAME`. Throws
 * `ConfigurationError` where the client lacks a tool, or tool and server are of different versions.
 */
export async function readVersions({ place, report, plan }: ClientQuestion): Promise<Record<string, string>> {
  const { client, machine } = place;
  const found = await readTools(client);
  const benchmarks = selectBenchmarks(plan);
  const measuring = [
    ...new Set<string>(testNames.filter((test) => plan.tests.includes(test)).map((test) => benchmarks[test].tool)),
  ];
  const missing = found.filter(({ name, problem }) => [...wireTools, ...measuring].includes(name) && problem !== null);
  if (missing.length > 0) {
    const parts = missing.map(
      ({ name, problem, packages }) => `${name} (${problem}; package ${packages.join(' or ')})`,
    );
    throw new ConfigurationError(`client ${client.name} cannot measure: it lacks ${parts.join(', ')}`);
  }
  for (const tool of measuring)
    refuseOtherServer(tool, found, report.tools, { client: client.name, host: machine.name });
  return { ...mapVersions(found), ...mapVersions(report.tools, 'host.') };
}

function refuseOtherServer(
  tool: string,
  ofClient: readonly ToolReading[],
  ofHost: readonly ToolReading[],
  names: { readonly client: string; readonly host: string },
): void {
  const server = servers[tool];
  if (server === undefined) return;
  const version = (tools: readonly ToolReading[], name: string) => tools.find((entry) => entry.name === name)?.version;
  const [own, other] = [version(ofClient, tool), version(ofHost, server)];
  if (own === other || other === undefined || other === null) return;
  throw new ConfigurationError(
    `${tool} is ${own} on ${names.client}, ${server} is ${other} on ${names.host}; accepted is the same version on both`,
  );
}

/** Version by name, of those that say one. */
export function mapVersions(tools: readonly ToolReading[], prefix = ''): Record<string, string> {
  return Object.fromEntries(
    tools.flatMap(({ name, version }) => (version === null ? [] : [[`${prefix}${name}`, version]])),
  );
}
