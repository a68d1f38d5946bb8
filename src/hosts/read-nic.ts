import * as z from 'zod';
import { ConfigurationError } from '../errors.ts';
import { ip } from '../machines/ip.ts';
import { type Command, inNamespace, type Machine } from '../machines/machine.ts';
import type { NicState } from './nic.schema.ts';

const linksSchema = z.array(
  z.looseObject({
    ifname: z.string(),
    flags: z.array(z.string()),
    mtu: z.int(),
    // Not shown when it is 0, and not by every kind of link.
    txqlen: z.int().default(0),
    address: z.string().default(''),
    ifalias: z.string().optional(),
    master: z.string().optional(),
    /** Interface that this one is made on top of. */
    link: z.string().nullable().optional(),
    linkinfo: z.looseObject({ info_kind: z.string().optional() }).optional(),
  }),
);

export type Link = z.infer<typeof linksSchema>[number];

const addressesSchema = z.array(
  z.looseObject({
    addr_info: z.array(
      z.looseObject({
        family: z.string(),
        local: z.string(),
        prefixlen: z.int(),
        address: z.string().optional(),
        broadcast: z.string().optional(),
        scope: z.string(),
        label: z.string().optional(),
        dynamic: z.boolean().optional(),
        metric: z.int().optional(),
        valid_life_time: z.int().optional(),
        preferred_life_time: z.int().optional(),
      }),
    ),
  }),
);

type AddressInfo = z.infer<typeof addressesSchema>[number]['addr_info'][number];

/** `ip` for a namespace; null: the machine's own network. */
export function ipIn(namespace: string | null, ...args: readonly string[]): Command {
  return ip(...(namespace === null ? [] : ['-n', namespace]), ...args);
}

export async function listLinks(machine: Machine, namespace: string | null): Promise<readonly Link[]> {
  const { stdout } = await machine.run(ipIn(namespace, '-j', '-d', 'link', 'show'), { timeoutSeconds: 10 });
  return linksSchema.parse(JSON.parse(stdout));
}

/** Throws `ConfigurationError` when there is no such interface. */
export async function readNic(machine: Machine, namespace: string | null, name: string): Promise<NicState> {
  const links = await listLinks(machine, namespace);
  const link = links.find(({ ifname }) => ifname === name);
  if (link === undefined) {
    const place = namespace === null ? '' : ` in namespace ${namespace}`;
    const accepted = links.map(({ ifname }) => ifname).filter((other) => other !== 'lo');
    throw new ConfigurationError(
      `machines.${machine.name}.nic is ${name}, but ${machine.name} has no such interface${place}; there are ${accepted.join(', ') || 'none'}`,
    );
  }
  const read = async (command: Command) => (await machine.run(command, { timeoutSeconds: 10 })).stdout;
  const tryRead = async (command: Command) =>
    (await machine.run(inNamespace(namespace, command), { timeoutSeconds: 10, allowFailure: true })).stdout;
  const routes = (family: string) =>
    read(ipIn(namespace, family, 'route', 'show', 'table', 'all', 'dev', name)).then((text) =>
      parseRoutes(text, family),
    );
  const [addresses, four, six, features, settings] = await Promise.all([
    read(ipIn(namespace, '-j', 'address', 'show', 'dev', name)),
    routes('-4'),
    routes('-6'),
    tryRead({ program: 'ethtool', args: ['-k', name] }),
    tryRead({ program: 'grep', args: ['-rsH', '', ...settingFolders(name)] }),
  ]);
  return {
    name,
    mac: link.address,
    mtu: link.mtu,
    queueLength: link.txqlen,
    alias: link.ifalias ?? null,
    master: link.master ?? null,
    up: link.flags.includes('UP'),
    features: parseFeatures(features),
    settings: parseSettings(settings),
    addresses: addressesSchema.parse(JSON.parse(addresses)).flatMap(({ addr_info }) => addr_info.flatMap(buildAddress)),
    routes: [...four, ...six],
  };
}

function settingFolders(name: string): string[] {
  return ['ipv4/conf', 'ipv6/conf', 'ipv4/neigh', 'ipv6/neigh'].map((part) => `/proc/sys/net/${part}/${name}`);
}

/**
 * Words for `ip address`, without what the kernel or a router gives by itself: link-local IPv6 addresses when the link
 * comes up, those of SLAAC with the next advertisement.
 */
function buildAddress(info: AddressInfo): readonly string[] {
  const six = info.family === 'inet6';
  if (six && (info.scope === 'link' || info.dynamic === true)) return [];
  const words = [`${info.local}/${info.prefixlen}`];
  if (info.address !== undefined) words.splice(0, 1, info.local, 'peer', `${info.address}/${info.prefixlen}`);
  if (info.broadcast !== undefined) words.push('broadcast', info.broadcast);
  if (info.label !== undefined) words.push('label', info.label);
  if (info.metric !== undefined) words.push('metric', String(info.metric));
  words.push('scope', info.scope);
  // Of a lease: it must not be told for ever.
  if (info.dynamic === true && info.valid_life_time !== undefined) {
    words.push('valid_lft', String(info.valid_life_time), 'preferred_lft', String(info.preferred_life_time ?? 0));
  }
  return [words.join(' ')];
}

/**
 * Lines of `ip route show table all dev NIC`, such as `192.0.2.0/24 via 198.18.0.1 proto static metric 100`, without
 * those that follow from the addresses or that a router advertises, and without what is a state and no setting.
 */
function parseRoutes(text: string, family: string): string[] {
  const own = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !/^(local|broadcast|anycast|multicast|nexthop) /.test(line))
    .filter((line) => !/ proto (kernel|ra)\b/.test(line));
  return own.map((line) => `${family} ${line.replace(/ (linkdown|dead|offload|trap)\b/g, '')}`);
}

/** `tx-checksumming: on`, but not `highdma: on [fixed]`. */
function parseFeatures(text: string): Record<string, string> {
  return Object.fromEntries(
    [...text.matchAll(/^\s*([\w-]+): (on|off)(?: \[requested on\]| \[requested off\])?$/gm)].map(
      ([, feature = '', state = '']) => [feature, state],
    ),
  );
}

/** Cannot be written, or stands for what other files say. */
const readOnly = /\/(mc_forwarding|stable_secret)$/;

/** `/proc/sys/net/ipv4/conf/eth0/rp_filter:0`. */
function parseSettings(text: string): Record<string, string> {
  return Object.fromEntries(
    text.split('\n').flatMap((line) => {
      const colon = line.indexOf(':');
      const path = line.slice(0, colon);
      return colon < 0 || readOnly.test(path) ? [] : [[path, line.slice(colon + 1)]];
    }),
  );
}
