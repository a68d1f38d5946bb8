import { ip } from '../machines/ip.ts';
import { type Command, inNamespace } from '../machines/machine.ts';
import type { NicRecord, NicState } from './nic.schema.ts';
import { ipIn } from './read-nic.ts';

/** Takes an interface out of its own network: into `namespace`, where it arrives under its name, down and bare. */
export function buildTakeCommands({ home, mark, before }: NicRecord, namespace: string): Command[] {
  const { name } = before;
  return [
    ipIn(home, 'link', 'set', 'dev', name, 'alias', mark),
    ipIn(home, 'link', 'set', 'dev', name, 'down'),
    ...(before.master === null ? [] : [ipIn(home, 'link', 'set', 'dev', name, 'nomaster')]),
    ipIn(home, 'link', 'set', 'dev', name, 'netns', namespace),
  ];
}

/** Where an interface was found, and as what. */
export interface NicPlace {
  readonly namespace: string | null;
  readonly name: string;
}

/** Brings it home from wherever it is: under its own name and address, down and bare. */
export function buildBringCommands({ home, before }: NicRecord, place: NicPlace): Command[] {
  const set = (...words: string[]) => ipIn(place.namespace, 'link', 'set', 'dev', ...words);
  const isHome = place.namespace === home;
  if (isHome && place.name === before.name) return [];
  return [
    set(place.name, 'down'),
    set(place.name, 'nomaster'),
    ipIn(place.namespace, 'address', 'flush', 'dev', place.name),
    ...(before.mac === '' ? [] : [set(place.name, 'address', before.mac)]),
    ...(place.name === before.name ? [] : [set(place.name, 'name', before.name)]),
    ...(isHome ? [] : [buildMoveHome(place.namespace, before.name, home)]),
  ];
}

/** Where the machine's own network has no name, a process that is in it stands for it. */
function buildMoveHome(from: string | null, name: string, home: string | null): Command {
  if (home !== null) return ipIn(from, 'link', 'set', 'dev', name, 'netns', home);
  // Not the process of `ip` itself, which goes into the other namespace: the shell stays, and stays its parent.
  const move = 'ip -n "$0" link set dev "$1" netns "$$"; exit "$?"';
  return { program: 'sh', args: ['-c', move, from ?? '', name] };
}

/** At home: everything that is not as before, in an order in which each step finds what it needs. */
export function buildRestoreCommands({ home, before }: NicRecord, now: NicState): Command[] {
  const { name } = before;
  const link = (...words: string[]) => ipIn(home, 'link', 'set', 'dev', name, ...words);
  const differing = (wanted: Readonly<Record<string, string>>, found: Readonly<Record<string, string>>) =>
    Object.entries(wanted).filter(([key, value]) => found[key] !== undefined && found[key] !== value);
  const extra = now.addresses.filter((address) => !before.addresses.includes(address));
  return [
    ...(now.mtu === before.mtu ? [] : [link('mtu', String(before.mtu))]),
    ...(now.queueLength === before.queueLength ? [] : [link('txqueuelen', String(before.queueLength))]),
    ...differing(before.features, now.features).map(([feature, state]) =>
      inNamespace(home, { program: 'ethtool', args: ['-K', name, feature, state] }),
    ),
    ...(now.master === before.master
      ? []
      : [before.master === null ? link('nomaster') : link('master', before.master)]),
    ...differing(before.settings, now.settings).map(([path, value]) => buildWriteSetting(home, path, value)),
    ...extra.map((address) => ipIn(home, 'address', 'delete', firstWords(address), 'dev', name)),
    ...(now.up === before.up ? [] : [link(before.up ? 'up' : 'down')]),
    ...before.addresses
      .filter((address) => !now.addresses.includes(address))
      .map((address) => ipIn(home, 'address', 'replace', ...address.split(' '), 'dev', name)),
    ...before.routes
      .filter((route) => !now.routes.includes(route))
      .map((route) => {
        const [family = '', ...words] = route.split(' ');
        return ipIn(home, family, 'route', 'replace', ...words, 'dev', name);
      }),
  ];
}

/** Written by a process inside: these files belong to the writer's namespace. */
function buildWriteSetting(home: string | null, path: string, value: string): Command {
  return inNamespace(home, { program: 'sh', args: ['-c', 'echo "$1" >"$0"', path, value] });
}

function firstWords(address: string): string {
  return address.split(' ')[0] ?? address;
}

/** An empty alias is none. */
export function buildAliasCommand({ home, before }: NicRecord): Command {
  return ipIn(home, 'link', 'set', 'dev', before.name, 'alias', before.alias ?? '');
}

/** Names of namespaces, `tghost (id: 0)` a line. */
export const listNamespaces = ip('netns', 'list');
