import { type Machine, readFiles } from '../machines/machine.ts';
import type { WireEnds } from '../networks/topology.ts';
import { disturbanceKeys } from '../results/disturbance-keys.ts';
import type { SampleLine } from '../results/journal.schema.ts';
import {
  type NetworkCounters,
  parseDevices,
  parsePressure,
  parseProcessorTimes,
  parseSoftnet,
  parseSwitches,
  parseUdpErrors,
} from './counters.ts';

type Diagnostics = SampleLine['diagnostics'];

/** Where the places of a sample can be looked at from their machines; null: not at all. */
export interface WatchedPlaces {
  /** Processes in the network namespaces of client (on the client's machine), host and guest (on the host's). */
  readonly namespaces: Readonly<Record<'client' | 'host' | 'guest', number | null>>;
  /** Interface by which the client reaches the guest. */
  readonly clientDevice: string;
  /** Threads that are the guest, as folders such as `/proc/12/task/13`. Empty where its processes come and go. */
  readonly guestThreads: readonly string[];
}

/** What only grows on a machine. */
interface MachineReading {
  readonly processors: ReturnType<typeof parseProcessorTimes>;
  readonly pressure: number | null;
  readonly softnet: ReturnType<typeof parseSoftnet>;
}

/** Everything that only grows, at one moment; `machine` is the host's, `client` null where that is the same. */
interface Reading {
  /** Monotonic clock. */
  readonly seconds: number;
  readonly machine: MachineReading;
  readonly client: MachineReading | null;
  /** Averages over 1 and 5 minutes of the host, which alone do not only grow. */
  readonly load: readonly (number | undefined)[];
  readonly networks: Readonly<Record<'client' | 'host' | 'guest', NetworkCounters | null>>;
  readonly switches: { readonly voluntary: number; readonly involuntary: number };
  readonly harnessCpuSeconds: number;
}

/** What happened on the machine while a sample was taken. */
export interface SampleChange {
  readonly diagnostics: Diagnostics;
  /** That the client's interface sent and received; null when it could not be looked at. */
  readonly wire: { readonly sentBytes: number; readonly receivedBytes: number } | null;
}

/**
 * Reads files of the kernels now and once more when the returned function is called; nothing runs in between. Costs about
 * a dozen small files each time: of this machine none by a process, of another all in one round trip.
 */
export async function watchSample(ends: WireEnds, places: WatchedPlaces): Promise<() => Promise<SampleChange>> {
  const before = await takeReading(ends, places);
  return async () => describeChange(before, await takeReading(ends, places), places);
}

async function takeReading(
  { machine, client }: WireEnds,
  { namespaces, guestThreads }: WatchedPlaces,
): Promise<Reading> {
  const { user, system } = process.cpuUsage();
  const together = machine === client;
  const ofHost = [
    ...machineFiles,
    '/proc/loadavg',
    ...(together ? listNetworkFiles(namespaces.client) : []),
    ...[namespaces.host, namespaces.guest].flatMap(listNetworkFiles),
    ...guestThreads.map((thread) => `${thread}/status`),
  ];
  const ofClient = together ? [] : [...machineFiles, ...listNetworkFiles(namespaces.client)];
  const [host, other] = await Promise.all([readNamed(machine, ofHost), readNamed(client, ofClient)]);
  const switches = guestThreads.map((thread) => parseSwitches(host(`${thread}/status`) ?? ''));
  return {
    seconds: performance.now() / 1000,
    machine: parseMachine(host),
    client: together ? null : parseMachine(other),
    load: host('/proc/loadavg')?.split(' ').slice(0, 2).map(Number) ?? [],
    networks: {
      client: parseNetwork(together ? host : other, namespaces.client),
      host: parseNetwork(host, namespaces.host),
      guest: parseNetwork(host, namespaces.guest),
    },
    switches: {
      voluntary: switches.reduce((sum, { voluntary }) => sum + voluntary, 0),
      involuntary: switches.reduce((sum, { involuntary }) => sum + involuntary, 0),
    },
    harnessCpuSeconds: (user + system) / 1e6,
  };
}

/** The text at a path, null where there was none. */
type Texts = (path: string) => string | null;

async function readNamed(machine: Machine, paths: readonly string[]): Promise<Texts> {
  const texts = new Map<string, string | null>();
  for (const [index, text] of (await readFiles(machine, paths)).entries()) texts.set(paths[index] ?? '', text);
  return (path) => texts.get(path) ?? null;
}

const machineFiles = ['/proc/stat', '/proc/pressure/cpu', '/proc/net/softnet_stat'];

function parseMachine(read: Texts): MachineReading {
  const [stat = '', pressure = '', softnet = ''] = machineFiles.map((path) => read(path) ?? '');
  return {
    processors: parseProcessorTimes(stat),
    pressure: parsePressure(pressure),
    softnet: parseSoftnet(softnet),
  };
}

function listNetworkFiles(pid: number | null): string[] {
  return pid === null ? [] : [`/proc/${pid}/net/snmp`, `/proc/${pid}/net/dev`];
}

function parseNetwork(read: Texts, pid: number | null): NetworkCounters | null {
  const [snmp = null, dev = null] = listNetworkFiles(pid).map(read);
  return snmp === null || dev === null ? null : { ...parseUdpErrors(snmp), devices: parseDevices(dev) };
}

function describeChange(before: Reading, after: Reading, places: WatchedPlaces): SampleChange {
  const seconds = after.seconds - before.seconds;
  const [one, five] = before.load;
  return {
    diagnostics: {
      'load.1m': toNumber(one),
      'load.5m': toNumber(five),
      ...describeMachine(before.machine, after.machine, seconds),
      ...describeClient(before.client, after.client, seconds),
      [disturbanceKeys.harnessCpu]: Number((after.harnessCpuSeconds - before.harnessCpuSeconds).toFixed(6)),
      ...describeNetworks(before, after),
      ...describeThreads(before, after, places),
    },
    wire: measureWire(before.networks.client, after.networks.client, places.clientDevice),
  };
}

/** null for what an empty or missing file gave. */
function toNumber(value: number | undefined): number | null {
  return value === undefined || Number.isNaN(value) ? null : value;
}

function describeMachine(before: MachineReading, after: MachineReading, seconds: number): Diagnostics {
  const waited = before.pressure === null || after.pressure === null ? null : after.pressure - before.pressure;
  return {
    ...describeProcessors(before, after),
    [disturbanceKeys.pressure]: waited === null || seconds <= 0 ? null : percent(waited / (seconds * 1e6)),
    'softnet.drops': after.softnet.drops - before.softnet.drops,
    'softnet.squeezes': after.softnet.squeezes - before.softnet.squeezes,
  };
}

/** The same of a client that is another machine, as `client.KEY`. */
function describeClient(before: MachineReading | null, after: MachineReading | null, seconds: number): Diagnostics {
  if (before === null || after === null) return {};
  const own = Object.entries(describeMachine(before, after, seconds));
  return Object.fromEntries(own.map(([key, value]) => [`client.${key}`, value]));
}

function describeProcessors(
  { processors: before }: MachineReading,
  { processors: after }: MachineReading,
): Diagnostics {
  if (before === null || after === null) return { [disturbanceKeys.steal]: null, 'contextSwitches.machine': null };
  const ticks = after.total - before.total;
  return {
    [disturbanceKeys.steal]: ticks > 0 ? percent((after.steal - before.steal) / ticks) : null,
    'contextSwitches.machine': after.switches - before.switches,
  };
}

/** UDP drops by place: sockets of each namespace, and all of its devices together, since names of veth ends are random. */
function describeNetworks(before: Reading, after: Reading): Diagnostics {
  return Object.fromEntries(
    (['client', 'host', 'guest'] as const).flatMap((place) => {
      const [first, last] = [before.networks[place], after.networks[place]];
      if (first === null || last === null) return [];
      return [
        [`${place}.udp.inErrors`, last.udpInErrors - first.udpInErrors],
        [`${place}.udp.receiveBufferErrors`, last.udpReceiveBufferErrors - first.udpReceiveBufferErrors],
        [`${place}.udp.sendBufferErrors`, last.udpSendBufferErrors - first.udpSendBufferErrors],
        [`${place}.links.receiveDrops`, sumDevices(last, 'receiveDrops') - sumDevices(first, 'receiveDrops')],
        [`${place}.links.sendDrops`, sumDevices(last, 'sendDrops') - sumDevices(first, 'sendDrops')],
      ];
    }),
  );
}

function sumDevices({ devices }: NetworkCounters, counter: 'receiveDrops' | 'sendDrops'): number {
  return Object.values(devices).reduce((sum, device) => sum + device[counter], 0);
}

function describeThreads(before: Reading, after: Reading, { guestThreads }: WatchedPlaces): Diagnostics {
  if (guestThreads.length === 0) return {};
  return {
    'guest.contextSwitches.voluntary': after.switches.voluntary - before.switches.voluntary,
    'guest.contextSwitches.involuntary': after.switches.involuntary - before.switches.involuntary,
  };
}

function measureWire(
  before: NetworkCounters | null,
  after: NetworkCounters | null,
  name: string,
): SampleChange['wire'] {
  const [first, last] = [before?.devices[name], after?.devices[name]];
  if (first === undefined || last === undefined) return null;
  return { sentBytes: last.sentBytes - first.sentBytes, receivedBytes: last.receivedBytes - first.receivedBytes };
}

function percent(share: number): number {
  return Number((share * 100).toFixed(3));
}
