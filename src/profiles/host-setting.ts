import type { HostAction, HostPart, HostPlace, HostReadings, HostReads } from './host-part.ts';
import { formatParameterValue } from './parameter-value.ts';
import type { ParameterValue } from './profile.schema.ts';
import type { Reading } from './reading.ts';

/** One place on a host that holds a setting: a file below /sys, a line of a program's output. */
export interface HostItem {
  /** What tells it from others of the same parameter, `policy0`; empty where there is only one. */
  readonly name: string;
  /** What is in force, in the words of a request. */
  readonly text: string;
  /** What to set to come back to here; absent: `text`. */
  readonly former?: string;
  /** What in a message follows the text, such as what the kernel made of it. */
  readonly remark?: string;
  /** false: the host shows it and lets nobody change it. */
  readonly changeable?: boolean;
}

/** A setting that can be read, and set to what was read: the way there and the way back are the same. */
export interface HostSetting<Value extends ParameterValue> {
  readonly reads: (value: Value, place: HostPlace) => HostReads;
  /** Every place that the value concerns; a reading that says why there is none. */
  readonly find: (value: Value, readings: HostReadings, place: HostPlace) => readonly HostItem[] | Reading;
  /** What an item must hold; absent: the value as tables show it. */
  readonly wanted?: (value: Value, item: HostItem) => string;
  readonly set: (item: HostItem, text: string, place: HostPlace) => readonly HostAction[];
}

/** Sets only what is not as wanted yet, and goes back in the reverse order. */
export function buildHostPart<Value extends ParameterValue>(setting: HostSetting<Value>): HostPart<Value> {
  const { reads, find, wanted = formatParameterValue, set } = setting;
  return {
    reads,
    change: (value, before, place) => {
      const items = find(value, before, place);
      if (isReading(items)) return { apply: [], restore: [] };
      const others = items.filter((item) => item.changeable !== false && item.text !== wanted(value, item));
      return {
        apply: others.flatMap((item) => set(item, wanted(value, item), place)),
        restore: others.toReversed().flatMap((item) => set(item, item.former ?? item.text, place)),
      };
    },
    read: (value, readings, place) => {
      const items = find(value, readings, place);
      if (isReading(items)) return items;
      return { found: describeItems(items), inForce: items.every((item) => item.text === wanted(value, item)) };
    },
  };
}

/** What a host has not got is no mismatch, and no proof either. */
export function notHere(reason: string): Reading {
  return { found: reason, inForce: null };
}

/** For what should be readable and is not: nobody knows what is in force. */
export function unreadable(reason: string): Reading {
  return { found: reason, inForce: false };
}

function isReading(found: readonly HostItem[] | Reading): found is Reading {
  return 'found' in found;
}

/** Names shown of a group; a host may have hundreds of CPUs. */
const mostNames = 4;

/** `performance` where all agree, else `performance (policy0), powersave (policy1, policy2)`. */
export function describeItems(items: readonly HostItem[]): string {
  const groups = Map.groupBy(items, ({ text, remark }) => (remark === undefined ? text : `${text}, ${remark}`));
  if (groups.size === 1) return [...groups.keys()].join('');
  return [...groups].map(([text, members]) => `${text} (${listNames(members)})`).join('; ');
}

function listNames(items: readonly HostItem[]): string {
  const names = items.slice(0, mostNames).map(({ name }) => name);
  const rest = items.length - names.length;
  return names.join(', ') + (rest > 0 ? ` and ${rest} more` : '');
}
