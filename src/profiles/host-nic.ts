import type { HostAction, HostPart, HostPlace, HostReadings } from './host-part.ts';
import { buildHostPart, type HostItem, notHere, unreadable } from './host-setting.ts';
import { nameCommand } from './name-command.ts';
import { enterNamespace, type ParameterCommand } from './parameter-command.ts';
import type { ParameterValue } from './profile.schema.ts';
import type { Reading } from './reading.ts';

/** A setting of the network interface under test. */
export interface NicSetting<Value extends ParameterValue> {
  /** Prints it, for the interface of that name. */
  readonly show: (device: string) => ParameterCommand;
  /** What the printed text says; none where this interface has no such setting. */
  readonly find: (text: string, value: Value) => readonly HostItem[];
  /** What an interface without it lacks, for `this interface has no ...`. */
  readonly what: string;
  readonly wanted?: (value: Value, item: HostItem) => string;
  readonly set: (device: string, item: HostItem, text: string) => readonly ParameterCommand[];
}

/** How such a setting reaches the host, in whichever namespace the interface is. */
export function buildNicPart<Value extends ParameterValue>(setting: NicSetting<Value>): HostPart<Value> {
  const { show, find, what, wanted, set } = setting;
  return buildHostPart<Value>({
    reads: (_, place) => ({
      commands:
        place.nic === null ? [] : [enterNic(place, present(place.nic.name)), enterNic(place, show(place.nic.name))],
    }),
    find: (value, readings, place) => {
      const text = readNic(readings, place, show, what);
      if (typeof text !== 'string') return text;
      const items = find(text, value);
      return items.length === 0 ? lacks(place, what) : items;
    },
    ...(wanted === undefined ? {} : { wanted }),
    set: (item, text, place) =>
      place.nic === null ? [] : set(place.nic.name, item, text).map((command) => act(enterNic(place, command))),
  });
}

/** Whether the interface is there and the tool as well: without that, silence would pass for a missing ability. */
function present(device: string): ParameterCommand {
  return { program: 'ethtool', args: ['-i', device] };
}

function readNic(
  { outputs }: HostReadings,
  place: HostPlace,
  show: (device: string) => ParameterCommand,
  what: string,
): string | Reading {
  if (place.nic === null) return notHere('no network interface of this host is under test');
  const { name, namespace } = place.nic;
  if (outputs[nameCommand(enterNic(place, present(name)))] === undefined) {
    const where = namespace === null ? '' : ` in namespace ${namespace}`;
    return unreadable(`\`ethtool -i ${name}\` fails${where}: no such interface, or no ethtool`);
  }
  return outputs[nameCommand(enterNic(place, show(name)))] ?? lacks(place, what);
}

function lacks(place: HostPlace, what: string): Reading {
  return notHere(`the interface ${place.nic?.name ?? ''} has no ${what}`);
}

function enterNic({ nic }: HostPlace, command: ParameterCommand): ParameterCommand {
  return enterNamespace(nic?.namespace ?? null, command);
}

function act({ program, args }: ParameterCommand): HostAction {
  return { kind: 'run', program, args };
}

/** Prints one file of the interface below /sys. */
export function showNicFile(file: string) {
  return (device: string): ParameterCommand => ({ program: 'cat', args: [`/sys/class/net/${device}/${file}`] });
}

/** Writes one. Files of a queue are gone when the card has fewer queues by now, some drivers show all until they are up. */
export function writeNicFile(device: string, file: string, text: string): ParameterCommand {
  const script = file.startsWith('queues/') ? '[ ! -e "$0" ] || echo "$1" >"$0"' : 'echo "$1" >"$0"';
  return { program: 'sh', args: ['-c', script, `/sys/class/net/${device}/${file}`, text] };
}

/** Prints a file of every queue, such as `rps_cpus` of `rx`: `/sys/class/net/eth0/queues/rx-0/rps_cpus:3`. */
export function showQueueFiles(file: string) {
  return (device: string): ParameterCommand => ({
    program: 'grep',
    args: ['-r', '', `/sys/class/net/${device}/queues`, `--include=${file}`],
  });
}

/** The lines that `showQueueFiles` prints, by name of the queue. */
export function parseQueueFiles(text: string): readonly { readonly queue: string; readonly text: string }[] {
  return [...text.matchAll(/\/queues\/([^/]+)\/[^/:]+:(.*)$/gm)]
    .map(([, queue = '', content = '']) => ({ queue, text: content.trim() }))
    .sort((left, right) => left.queue.localeCompare(right.queue, 'en', { numeric: true }));
}

/** One setting of what ethtool prints in lines such as `rx-usecs:	3`; `n/a` is none, as in ethtool 6. */
export function readEthtoolLine(text: string, line: string): string | null {
  const found = new RegExp(`^\\s*${line}:[ \\t]*(\\S+)`, 'm').exec(text)?.[1];
  return found === undefined || found === 'n/a' ? null : found;
}
