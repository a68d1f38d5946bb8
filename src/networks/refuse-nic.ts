import * as z from 'zod';
import { ConfigurationError } from '../errors.ts';
import { ipIn, type Link, listLinks } from '../hosts/read-nic.ts';
import { type Command, inNamespace, type Machine } from '../machines/machine.ts';
import { parseIpv4Network } from '../profiles/ipv4.ts';

const routesSchema = z.array(
  z.looseObject({ dst: z.string(), dev: z.string().optional(), type: z.string().optional() }),
);
const qdiscsSchema = z.array(
  z.looseObject({ kind: z.string(), handle: z.string().optional(), root: z.boolean().optional() }),
);

export interface NicQuestion {
  readonly machine: Machine;
  /** Namespace that the interface is in; null: the machine's own network. */
  readonly namespace: string | null;
  readonly nic: string;
  /** Whether the run takes it out of there. */
  readonly moves: boolean;
  /** CIDR of the test network. */
  readonly network: string;
  /** Addresses that are reached from that namespace to drive the run. */
  readonly peers: readonly string[];
}

/** What was read for a `NicQuestion`. */
export interface NicSurroundings {
  readonly links: readonly Link[];
  readonly routes: z.infer<typeof routesSchema>;
  readonly qdiscs: z.infer<typeof qdiscsSchema>;
  /** Devices by which the peers, and whoever came by ssh, are reached. */
  readonly control: readonly { readonly peer: string; readonly device: string }[];
}

/**
 * Throws a `ConfigurationError` where the interface must not be used: it carries the connection that drives the run, or
 * the machine's way into the world, or other interfaces; or where the test network is already somebody's.
 */
export async function refuseNic(question: NicQuestion): Promise<void> {
  const problems = judgeNic(question, await readSurroundings(question));
  if (problems.length === 0) return;
  throw new ConfigurationError(
    `machines.${question.machine.name}.nic: ${question.nic} cannot be measured: ${problems.join('; ')}`,
  );
}

async function readSurroundings({ machine, namespace, nic, peers }: NicQuestion): Promise<NicSurroundings> {
  const read = async (command: Command) =>
    (await machine.run(command, { timeoutSeconds: 10, allowFailure: true })).stdout.trim() || '[]';
  const showQueues = inNamespace(namespace, { program: 'tc', args: ['-j', 'qdisc', 'show', 'dev', nic] });
  const [links, four, six, qdiscs, caller] = await Promise.all([
    listLinks(machine, namespace),
    read(ipIn(namespace, '-j', '-4', 'route', 'show', 'table', 'all')),
    read(ipIn(namespace, '-j', '-6', 'route', 'show', 'default', 'table', 'all')),
    read(showQueues),
    namespace === null ? readCaller(machine) : null,
  ]);
  const asked = [...new Set([...peers, ...(caller === null ? [] : [caller])])];
  const control = await Promise.all(
    asked.map(async (peer) => {
      const found = routesSchema.parse(JSON.parse(await read(ipIn(namespace, '-j', 'route', 'get', peer))));
      return { peer, device: found[0]?.dev ?? '' };
    }),
  );
  return {
    links,
    routes: [...routesSchema.parse(JSON.parse(four)), ...routesSchema.parse(JSON.parse(six))],
    qdiscs: qdiscsSchema.parse(JSON.parse(qdiscs)),
    control,
  };
}

/** Who has come by ssh, from `192.0.2.1 54321 192.0.2.11 22`; null: nobody. */
async function readCaller(machine: Machine): Promise<string | null> {
  const show = { program: 'printenv', args: ['SSH_CONNECTION'] };
  const { stdout } = await machine.run(show, { timeoutSeconds: 5, allowFailure: true });
  return /^([0-9a-fA-F.:]+) \d+ /.exec(stdout)?.[1] ?? null;
}

/** What speaks against it, one phrase each. Pure. */
export function judgeNic(
  {
    machine,
    nic,
    network,
    moves,
  }: Pick<NicQuestion, 'nic' | 'network' | 'moves'> & { readonly machine: { readonly name: string } },
  { links, routes, qdiscs, control }: NicSurroundings,
): readonly string[] {
  const master = links.find(({ ifname }) => ifname === nic)?.master;
  // A bridge carries by its ports.
  const isOurs = (device: string | undefined) => device !== undefined && (device === nic || device === master);
  const through = (device: string | undefined) => (device === nic ? '' : ` through ${device}`);
  const carried = control
    .filter(({ device }) => isOurs(device))
    .map(({ peer, device }) => `it carries the ssh connection with ${peer}${through(device)}`);
  const gateway = routes.find(({ dst, dev }) => dst === 'default' && isOurs(dev));
  const upper = links.find(({ link, linkinfo }) => link === nic && linkinfo?.info_kind !== 'veth');
  const queue = qdiscs.find(({ root, handle }) => root === true && handle !== undefined && handle !== '0:');
  return [
    ...carried,
    ...(moves && gateway !== undefined ? [`it carries the default route${through(gateway.dev)}`] : []),
    ...(moves && upper !== undefined ? [`${upper.ifname} is made on top of it and would be lost`] : []),
    ...(moves && queue !== undefined
      ? [`its queueing discipline ${queue.kind} was set by hand and would be lost`]
      : []),
    ...listOverlaps(
      network,
      routes.filter(({ dev }) => dev !== nic),
    ).map(
      ({ dst, dev }) =>
        `the test network ${network} overlaps the route ${dst}${dev === undefined ? '' : ` by ${dev}`} of ${machine.name}, accepted is another \`network\` in the inventory`,
    ),
  ];
}

function listOverlaps(network: string, routes: NicSurroundings['routes']): NicSurroundings['routes'] {
  const { first, last } = parseIpv4Network(network);
  return routes
    .filter(({ dst }) => {
      if (dst === 'default' || dst.includes(':')) return false;
      const other = parseIpv4Network(dst.includes('/') ? dst : `${dst}/32`);
      return other.first <= last && other.last >= first && other.last - other.first < 2 ** 31;
    })
    .slice(0, 1);
}
