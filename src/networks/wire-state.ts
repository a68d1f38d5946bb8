import * as z from 'zod';
import { MeasurementError } from '../errors.ts';
import { change, ip } from '../machines/ip.ts';
import { type Command, inNamespace, type Machine } from '../machines/machine.ts';
import type { Facts } from '../results/journal.schema.ts';
import { collectLinkFacts } from './link-facts.ts';
import type { Topology, WireEnds } from './topology.ts';

const linksSchema = z
  .array(
    z.looseObject({
      address: z.string(),
      master: z.string().optional(),
      flags: z.array(z.string()),
      // Not shown when it is 0.
      txqlen: z.int().default(0),
    }),
  )
  .length(1);

/** The host's end of the wire: what must be the same again after it has been somebody else's. */
export interface WireState {
  readonly mac: string;
  readonly master: string | null;
  readonly up: boolean;
  readonly queueLength: number;
  /** MTU, qdisc, offloads. */
  readonly settings: Facts;
}

/** Takes back what the guest's profile set on the wire. In the order of the facts, since segmentation rests on the others. */
async function restoreSettings(machine: Machine, topology: Topology, before: WireState): Promise<void> {
  const { hostNamespace, hostDevice } = topology;
  const now = await readWire(machine, topology);
  if (now.queueLength !== before.queueLength) {
    const length = String(before.queueLength);
    await change(machine, ip('-n', hostNamespace, 'link', 'set', hostDevice, 'txqueuelen', length));
  }
  for (const [fact, state] of Object.entries(before.settings)) {
    const feature = fact.startsWith(offloadFact) ? fact.slice(offloadFact.length) : null;
    if (feature === null || typeof state !== 'string' || now.settings[fact] === state) continue;
    await change(machine, inNamespace(hostNamespace, { program: 'ethtool', args: ['-K', hostDevice, feature, state] }));
  }
}

const offloadFact = 'offload.wire.';

export async function readWire(machine: Machine, { hostNamespace, hostDevice }: Topology): Promise<WireState> {
  const show = ip('-n', hostNamespace, '-j', 'link', 'show', 'dev', hostDevice);
  const { stdout } = await machine.run(show, { timeoutSeconds: 10 });
  const [link] = linksSchema.parse(JSON.parse(stdout));
  const enter = (command: Command) => inNamespace(hostNamespace, command);
  return {
    mac: link?.address ?? '',
    master: link?.master ?? null,
    up: link?.flags.includes('UP') === true,
    queueLength: link?.txqlen ?? 0,
    settings: await collectLinkFacts(machine, enter, hostDevice, 'wire'),
  };
}

/** With the wire in the host's namespace again: bridge, settings and state as before, which is checked. */
export async function putWireBack({ machine, client }: WireEnds, topology: Topology, before: WireState): Promise<void> {
  const { hostNamespace: host, hostDevice: wire } = topology;
  if (before.master !== null) await change(machine, ip('-n', host, 'link', 'set', wire, 'master', before.master));
  await restoreSettings(machine, topology, before);
  if (before.up) await change(machine, ip('-n', host, 'link', 'set', wire, 'up'));
  await change(client, forgetNeighbours(topology));
  const after = await readWire(machine, topology);
  if (JSON.stringify(after) !== JSON.stringify(before)) {
    throw new MeasurementError(
      `${wire} is not as it was before it was handed over: ${JSON.stringify(after)} instead of ${JSON.stringify(before)}`,
    );
  }
}

/** For the client, which would send to the MAC that last had the address, for as long as its entry counts as fresh (up to 45 s). */
export function forgetNeighbours({ clientNamespace, clientDevice }: Topology): Command {
  return ip('-n', clientNamespace, 'neigh', 'flush', 'dev', clientDevice);
}
