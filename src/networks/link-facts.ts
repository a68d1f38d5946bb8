import * as z from 'zod';
import type { Command, Machine } from '../machines/machine.ts';
import type { Facts } from '../results/journal.schema.ts';

const linksSchema = z.array(z.looseObject({ ifname: z.string(), mtu: z.int(), qdisc: z.string() })).min(1);

/** The offloads that decide how large the packets are that the path really carries. */
const offloads = [
  'rx-checksumming',
  'tx-checksumming',
  'scatter-gather',
  'tcp-segmentation-offload',
  'generic-segmentation-offload',
  'generic-receive-offload',
  'large-receive-offload',
];

/**
 * MTU, qdisc, offloads of one interface, as `mtu.LABEL`, `qdisc.LABEL`, `offload.LABEL.FEATURE`.
 * `enter` puts a command into the namespace; `label` is a stable name, since the names of veth ends are random.
 */
export async function collectLinkFacts(
  machine: Machine,
  enter: (command: Command) => Command,
  device: string,
  label: string,
): Promise<Facts> {
  const read = async (program: string, ...args: string[]) =>
    (await machine.run(enter({ program, args }), { timeoutSeconds: 10 })).stdout;
  const link = linksSchema.parse(JSON.parse(await read('ip', '-j', 'link', 'show', 'dev', device)))[0];
  return {
    [`mtu.${label}`]: link?.mtu ?? null,
    [`qdisc.${label}`]: link?.qdisc ?? null,
    ...parseOffloads(await read('ethtool', '-k', device), label),
    ...(label === 'wire' ? await collectWireFacts(machine, enter, device) : {}),
  };
}

/** Who drives the interface, and how fast it says that it is, bit/s: whether there is a ceiling that figures must keep. */
async function collectWireFacts(
  machine: Machine,
  enter: (command: Command) => Command,
  device: string,
): Promise<Facts> {
  const ask = async (...args: string[]) =>
    (await machine.run(enter({ program: 'ethtool', args }), { timeoutSeconds: 10, allowFailure: true })).stdout;
  return { ...parseDriver(await ask('-i', device)), ...parseSpeed(await ask(device)) };
}

/** From `driver: veth`, the first line of `ethtool -i`. */
export function parseDriver(text: string): Facts {
  return { 'driver.wire': /^driver: (\S+)$/m.exec(text)?.[1] ?? null };
}

/** From `	Speed: 10000Mb/s` of `ethtool`; `Unknown!` where no cable is plugged in. */
export function parseSpeed(text: string): Facts {
  const megabits = /^\s*Speed: (\d+)Mb\/s$/m.exec(text)?.[1];
  return { 'speed.wire': megabits === undefined ? null : Number(megabits) * 1e6 };
}

/** Reads lines such as `tcp-segmentation-offload: on` or `large-receive-offload: off [fixed]`. */
export function parseOffloads(text: string, label: string): Facts {
  const states = new Map(text.split('\n').map((line) => line.trim().split(/:\s+/, 2) as [string, string | undefined]));
  return Object.fromEntries(
    offloads.map((feature) => [`offload.${label}.${feature}`, states.get(feature)?.split(' ')[0] ?? null]),
  );
}

/** Settings of a network namespace that decide how TCP behaves in it. */
export async function collectProtocolFacts(machine: Machine, enter: (command: Command) => Command): Promise<Facts> {
  const paths = { 'tcp.congestion_control': '/proc/sys/net/ipv4/tcp_congestion_control' };
  const entries = Object.entries(paths).map(async ([key, path]) => {
    // Read by a process inside: what these files show depends on the reader's namespace.
    const command = enter({ program: 'cat', args: [path] });
    const { exitCode, stdout } = await machine.run(command, { timeoutSeconds: 5, allowFailure: true });
    return [key, exitCode === 0 ? stdout.trim() : null] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}
