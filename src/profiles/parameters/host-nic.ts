import * as z from 'zod';
import { buildNicPart, readEthtoolLine, showNicFile, writeNicFile } from '../host-nic.ts';
import type { HostItem } from '../host-setting.ts';
import { acceptedOnOff, onOff } from '../on-off.ts';
import { defineHostParameter, itDepends, type Texts } from './host-parameter.ts';

interface EthtoolEntry extends Omit<Texts<number>, 'schema' | 'accepted' | 'source' | 'probe'> {
  readonly name: string;
  /** Options that show and that set, `-c` and `-C`. */
  readonly options: readonly [string, string];
  /** What the line begins with that tells the setting, and the word that sets it. */
  readonly line: string;
  readonly word: string;
  /** What the line is looked for in; absent: everything. Rings and queues show their maximum first. */
  readonly after?: string;
  readonly what: string;
}

/** `Current hardware settings:` of `ethtool -g` and `-l` follows the maxima. */
const current = 'Current hardware settings:';

function ethtoolPart<Value extends number | boolean>({
  options: [show, change],
  line,
  word,
  after = '',
  what,
}: EthtoolEntry) {
  return buildNicPart<Value>({
    show: (device) => ({ program: 'ethtool', args: [show, device] }),
    what,
    find: (text) => {
      const found = readEthtoolLine(text.slice(Math.max(0, text.indexOf(after))), line);
      return found === null ? [] : [{ name: '', text: found }];
    },
    set: (device, _, text) => [{ program: 'ethtool', args: [change, device, word, text] }],
  });
}

function defineNumber({ limits: [least, most, example], unit, ...entry }: EthtoolEntry & NumberEntry) {
  const { name, options, line, word, after, what, ...texts } = entry;
  return defineHostParameter<number>({
    ...texts,
    name: `nic.${name}`,
    schema: z.int().min(least).max(most),
    accepted: `a whole number of ${unit} from ${least} to ${most}, such as ${example}`,
    source: `ethtool(8), ${options[1]} ${word}`,
    probe: `ethtool ${options[0]} of the interface under test, ${line}`,
    host: ethtoolPart(entry),
  });
}

interface NumberEntry {
  /** Least, most, and an example. */
  readonly limits: readonly [number, number, number];
  readonly unit: string;
}

function defineSwitch(entry: EthtoolEntry) {
  const { name, options, line, word, after, what, ...texts } = entry;
  return defineHostParameter<boolean>({
    ...texts,
    name: `nic.${name}`,
    schema: onOff,
    accepted: acceptedOnOff,
    source: `ethtool(8), ${options[1]} ${word}`,
    probe: `ethtool ${options[0]} of the interface under test, ${line.replace('.*', ' ')}`,
    host: ethtoolPart(entry),
  });
}

const coalescing = { options: ['-c', '-C'], what: 'such interrupt coalescing' } as const;
const microseconds = { limits: [0, 10_000, 3], unit: 'microseconds' } as const;
const frames = { limits: [0, 65_535, 1], unit: 'packets' } as const;
const wait =
  'Long waits cost latency, none at all costs CPU: an interrupt for each packet. Drivers accept few values, and round.';
const drivers = 'every Linux; which of them there are depends on the driver of the card';

const coalesce = [
  defineSwitch({
    ...coalescing,
    name: 'coalesce.adaptive-rx',
    line: 'Adaptive RX',
    word: 'adaptive-rx',
    summary: 'Whether the card chooses by itself how long received packets wait for an interrupt.',
    versions: drivers,
    effect: { latency: 'worse', bandwidth: 'better', jitter: 'worse' },
    risk: 'What it chooses depends on what was received before: it decides latency on real cards more than all else.',
  }),
  defineSwitch({
    ...coalescing,
    name: 'coalesce.adaptive-tx',
    line: 'Adaptive RX:.*TX',
    word: 'adaptive-tx',
    summary: 'Whether the card chooses by itself how long sent packets wait for their interrupt.',
    versions: drivers,
    effect: { latency: 'depends', bandwidth: 'better', jitter: 'depends' },
    risk: 'As with host.nic.coalesce.adaptive-rx.',
  }),
  defineNumber({
    ...coalescing,
    ...microseconds,
    name: 'coalesce.rx-usecs',
    line: 'rx-usecs',
    word: 'rx-usecs',
    summary: 'Microseconds that a received packet may wait before the card interrupts.',
    versions: `${drivers}; igb: 0, 1 and 3 are modes of its own`,
    effect: { latency: 'worse', bandwidth: 'better', jitter: 'depends' },
    risk: wait,
  }),
  defineNumber({
    ...coalescing,
    ...microseconds,
    name: 'coalesce.tx-usecs',
    line: 'tx-usecs',
    word: 'tx-usecs',
    summary: 'Microseconds that a sent packet may wait before the card interrupts.',
    versions: `${drivers}; where queues are pairs the receiving side decides`,
    effect: { latency: 'none', bandwidth: 'better', jitter: 'none' },
    risk: wait,
  }),
  defineNumber({
    ...coalescing,
    ...frames,
    name: 'coalesce.rx-frames',
    line: 'rx-frames',
    word: 'rx-frames',
    summary: 'Received packets after which the card interrupts at the latest.',
    versions: drivers,
    effect: { latency: 'worse', bandwidth: 'better', jitter: 'depends' },
    risk: wait,
  }),
  defineNumber({
    ...coalescing,
    ...frames,
    name: 'coalesce.tx-frames',
    line: 'tx-frames',
    word: 'tx-frames',
    summary: 'Sent packets after which the card interrupts at the latest.',
    versions: drivers,
    effect: { latency: 'none', bandwidth: 'better', jitter: 'none' },
    risk: wait,
  }),
];

const rings = (['rx', 'tx'] as const).map((side) =>
  defineNumber({
    options: ['-g', '-G'],
    what: 'rings that could be set',
    after: current,
    name: `ring.${side}`,
    line: side.toUpperCase(),
    word: side,
    limits: [16, 65_536, 1024],
    unit: 'packets',
    summary: `Packets that the ring of each ${side === 'rx' ? 'receive' : 'transmit'} queue of the card holds.`,
    versions: `${drivers}; its maximum is shown by ethtool -g`,
    effect: { latency: 'depends', bandwidth: side === 'rx' ? 'better' : 'depends', jitter: 'depends' },
    risk: 'A short ring loses packets of a burst, a long one lets them grow old. Some drivers take the link down for it.',
  }),
);

/** With automatic negotiation first: the others mean something else while it is on. */
const pause = (
  [
    [
      'autonegotiate',
      'Autonegotiate',
      'autoneg',
      'Whether the two ends of the link agree on pause frames by themselves.',
    ],
    ['rx', 'RX', 'rx', 'Whether the card stops to send when the other end asks it to (pause frames).'],
    ['tx', 'TX', 'tx', 'Whether the card asks the other end to stop when it cannot follow (pause frames).'],
  ] as const
).map(([name, line, word, summary]) =>
  defineSwitch({
    options: ['-a', '-A'],
    what: 'pause frames that could be set',
    name: `pause.${name}`,
    line,
    word,
    summary,
    versions: drivers,
    effect: { latency: 'depends', bandwidth: 'depends', jitter: 'depends' },
    risk: 'Turns loss of UDP into waiting, which changes what udp_stream means. Some drivers take the link down for it.',
  }),
);

const channels = defineHostParameter<number>({
  name: 'nic.channels',
  summary: 'Queues of the card, each with an interrupt of its own: combined ones, or as many of each kind.',
  schema: z.int().min(1).max(256),
  accepted: 'a whole number of queues from 1 to 256, such as 1',
  versions: 'Linux 3.0 and newer; which number there can be depends on the card and on its driver',
  effect: itDepends,
  risk:
    'The driver makes its interrupts anew: where they go is then decided again. A card has as many as it has, ' +
    'more is refused when it is set. Virtual functions have fewer.',
  source: 'ethtool(8), -L; TuneD realtime (as many as there are CPUs for interrupts)',
  probe: 'ethtool -l of the interface under test, current hardware settings',
  host: buildNicPart({
    show: (device) => ({ program: 'ethtool', args: ['-l', device] }),
    what: 'number of queues that could be set',
    find: findChannels,
    set: (device, { name }, text) => [{ program: 'ethtool', args: ['-L', device, name, text] }],
  }),
});

/** Combined queues where the card can have such, else those for receiving and for sending. */
function findChannels(text: string): HostItem[] {
  const start = text.indexOf(current);
  if (start < 0) return [];
  const most = text.slice(0, start);
  const items = ['Combined', 'RX', 'TX'].flatMap((line): HostItem[] => {
    const found = readEthtoolLine(text.slice(start), line);
    const possible = Number(readEthtoolLine(most, line) ?? 0);
    return found === null || possible === 0 ? [] : [{ name: line.toLowerCase(), text: found }];
  });
  const combined = items.filter(({ name }) => name === 'combined');
  return combined.length > 0 ? combined : items;
}

/** A file of the interface below /sys. */
function filePart<Value extends number | boolean>(file: string, words?: readonly [string, string]) {
  const [on, off] = words ?? [];
  return buildNicPart<Value>({
    show: showNicFile(file),
    what: `/sys/class/net/NAME/${file}`,
    find: (text) => [{ name: '', text: text.trim() === on ? 'on' : text.trim() === off ? 'off' : text.trim() }],
    set: (device, _, text) => [
      writeNicFile(device, file, text === 'on' ? (on ?? text) : text === 'off' ? (off ?? text) : text),
    ],
  });
}

const queueLength = defineHostParameter<number>({
  name: 'nic.txqueuelen',
  summary: 'Length of the transmit queue of the interface, packets.',
  schema: z.int().min(0).max(1_000_000),
  accepted: 'a whole number of packets from 0 to 1000000, such as 1000',
  versions: 'every Linux; ip link set txqueuelen, formerly ifconfig',
  effect: itDepends,
  risk: 'Queueing disciplines take it as their limit when they are attached, fq_codel and mq do not: then it is inert.',
  source: 'ip-link(8), txqueuelen; tc-pfifo_fast(8)',
  probe: '/sys/class/net/NAME/tx_queue_len',
  host: buildNicPart({
    show: showNicFile('tx_queue_len'),
    what: 'transmit queue',
    find: (text) => [{ name: '', text: text.trim() }],
    set: (device, _, text) => [{ program: 'ip', args: ['link', 'set', 'dev', device, 'txqueuelen', text] }],
  }),
});

const napi = [
  defineHostParameter<boolean>({
    name: 'nic.threaded-napi',
    summary: 'Whether received packets are handled by threads of their own instead of in soft interrupts.',
    schema: onOff,
    accepted: acceptedOnOff,
    versions: 'Linux 5.12 and newer; the driver must use NAPI',
    effect: itDepends,
    risk: 'The threads can be placed and given a priority, and are scheduled like others until somebody does. On PREEMPT_RT soft interrupts are threads anyway.',
    source: 'Linux Documentation/networking/napi.rst',
    probe: '/sys/class/net/NAME/threaded',
    host: filePart('threaded', ['1', '0']),
  }),
  defineHostParameter<number>({
    name: 'nic.napi-defer-hard-irqs',
    summary: 'How often the kernel looks for packets again, finding none, before it lets the card interrupt.',
    schema: z.int().min(0).max(100_000),
    accepted: 'a whole number from 0 to 100000, such as 2',
    versions: 'Linux 5.8 and newer; the driver must use NAPI',
    effect: itDepends,
    risk: 'Does nothing without host.nic.gro-flush-timeout, which says how long to wait in between.',
    source: 'Linux Documentation/networking/napi.rst',
    probe: '/sys/class/net/NAME/napi_defer_hard_irqs',
    host: filePart('napi_defer_hard_irqs'),
  }),
  defineHostParameter<number>({
    name: 'nic.gro-flush-timeout',
    summary: 'Nanoseconds that received segments may wait to be joined with later ones.',
    schema: z.int().min(0).max(1_000_000_000),
    accepted: 'a whole number of nanoseconds from 0 to 1000000000, such as 20000',
    versions: 'Linux 3.19 and newer',
    effect: { latency: 'worse', bandwidth: 'better', jitter: 'depends' },
    risk: 'Every packet that nothing follows waits that long.',
    source: 'Linux Documentation/networking/napi.rst',
    probe: '/sys/class/net/NAME/gro_flush_timeout',
    host: filePart('gro_flush_timeout'),
  }),
];

export const hostNicParameters = [...coalesce, ...rings, ...pause, channels, queueLength, ...napi];
