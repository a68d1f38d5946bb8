import type { Machine } from '../machines/machine.ts';
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

/** Where the places of a sample can be looked at from the machine itself; null: not at all. */
export interface WatchedPlaces {
  /** Processes in the network namespaces of client, host and guest. */
  readonly namespaces: Readonly<Record<'client' | 'host' | 'guest', number | null>>;
  /** Interface by which the client reaches the guest. */
  readonly clientDevice: string;
  /** Threads that are the guest, as folders such as `/proc/12/task/13`. Empty where its processes come and go. */
  readonly guestThreads: readonly string[];
}

/** Everything that only grows, at one moment. */
interface Reading {
  /** Monotonic clock. */
  readonly seconds: number;
  readonly processors: ReturnType<typeof parseProcessorTimes>;
  readonly pressure: number | null;
  readonly softnet: ReturnType<typeof parseSoftnet>;
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
 * Reads files of the kernel now and once more when the returned function is called; nothing runs in between. Costs about
 * a dozen small files each time, none of them by a process.
 */
export async function watchSample(machine: Machine, places: WatchedPlaces): Promise<() => Promise<SampleChange>> {
  const before = await takeReading(machine, places);
  return async () => describeChange(before, await takeReading(machine, places), places);
}

async function takeReading(machine: Machine, { namespaces, guestThreads }: WatchedPlaces): Promise<Reading> {
  const { user, system } = process.cpuUsage();
  const read = async (path: string) => (await machine.readFile(path)) ?? '';
  const [stat, pressure, softnet, client, host, guest, ...statuses] = await Promise.all([
    read('/proc/stat'),
    read('/proc/pressure/cpu'),
    read('/proc/net/softnet_stat'),
    readNetwork(machine, namespaces.client),
    readNetwork(machine, namespaces.host),
    readNetwork(machine, namespaces.guest),
    ...guestThreads.map((thread) => read(`${thread}/status`)),
  ]);
  const switches = statuses.map(parseSwitches);
  return {
    seconds: performance.now() / 1000,
    processors: parseProcessorTimes(stat),
    pressure: parsePressure(pressure),
    softnet: parseSoftnet(softnet),
    networks: { client, host, guest },
    switches: {
      voluntary: switches.reduce((sum, { voluntary }) => sum + voluntary, 0),
      involuntary: switches.reduce((sum, { involuntary }) => sum + involuntary, 0),
    },
    harnessCpuSeconds: (user + system) / 1e6,
  };
}

async function readNetwork(machine: Machine, pid: number | null): Promise<NetworkCounters | null> {
  if (pid === null) return null;
  const [snmp, dev] = await Promise.all([
    machine.readFile(`/proc/${pid}/net/snmp`),
    machine.readFile(`/proc/${pid}/net/dev`),
  ]);
  return snmp === null || dev === null ? null : { ...parseUdpErrors(snmp), devices: parseDevices(dev) };
}

function describeChange(before: Reading, after: Reading, places: WatchedPlaces): SampleChange {
  const seconds = after.seconds - before.seconds;
  return {
    diagnostics: {
      ...describeProcessors(before, after),
      [disturbanceKeys.pressure]:
        before.pressure === null || after.pressure === null || seconds <= 0
          ? null
          : percent((after.pressure - before.pressure) / (seconds * 1e6)),
      [disturbanceKeys.harnessCpu]: Number((after.harnessCpuSeconds - before.harnessCpuSeconds).toFixed(6)),
      'softnet.drops': after.softnet.drops - before.softnet.drops,
      'softnet.squeezes': after.softnet.squeezes - before.softnet.squeezes,
      ...describeNetworks(before, after),
      ...describeThreads(before, after, places),
    },
    wire: measureWire(before.networks.client, after.networks.client, places.clientDevice),
  };
}

function describeProcessors({ processors: before }: Reading, { processors: after }: Reading): Diagnostics {
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
