import type { Machine } from '../machines/machine.ts';
import type { HostReadings } from '../profiles/host-part.ts';
import { nameCommand } from '../profiles/name-command.ts';
import { dropMarker } from './facts.ts';
import type { Fingerprint } from './fingerprint.schema.ts';
import { buildNicSettings, isMoving, listFingerprintReads, tableCommands, tableFiles } from './fingerprint-reads.ts';
import { readMemorySize } from './memory-size.ts';
import { collectHostReadings } from './treatment/collect-readings.ts';

/** An interface whose settings belong to the state; null: none does. */
export type FingerprintNic = { readonly name: string; readonly namespace: string | null } | null;

/** The state of a machine, in one call of a program there. Changes nothing. */
export async function collectFingerprint(
  machine: Machine,
  nic: FingerprintNic,
  signal?: AbortSignal,
): Promise<Fingerprint> {
  const readings = await collectHostReadings(machine, [listFingerprintReads(nic)], signal);
  return { schema: 'tunegate.fingerprint/1', machine: machine.name, facts: buildFacts(readings, nic) };
}

/** Pure part of `collectFingerprint`. */
export function buildFacts(readings: HostReadings, nic: FingerprintNic): Fingerprint['facts'] {
  const facts = new Map<string, string>([
    ...listSettings(readings),
    ...listTables(readings),
    ...listModules(readings),
    ...listPairs(readings, 'package', tableCommands.packages),
    ...listPairs(readings, 'interrupt', tableCommands.interrupts),
    ...(nic === null ? [] : listNic(readings, nic)),
  ]);
  return Object.fromEntries([...facts].sort(([left], [right]) => (left < right ? -1 : 1)));
}

/** A fact that is not the same; null: it is not there. */
export interface FingerprintDifference {
  readonly key: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** What differs between two states, by name of the fact; the machines may have different names. */
export function compareFingerprints(
  before: Pick<Fingerprint, 'facts'>,
  after: Pick<Fingerprint, 'facts'>,
): readonly FingerprintDifference[] {
  const keys = [...new Set([...Object.keys(before.facts), ...Object.keys(after.facts)])].sort();
  return keys
    .map((key) => ({ key, before: own(before.facts, key), after: own(after.facts, key) }))
    .filter((difference) => difference.before !== difference.after);
}

function own(facts: Fingerprint['facts'], key: string): string | null {
  return Object.hasOwn(facts, key) ? (facts[key] ?? null) : null;
}

type Fact = readonly [string, string];

function listSettings({ files }: HostReadings): readonly Fact[] {
  const tables: readonly string[] = Object.values(tableFiles);
  return Object.entries(files)
    .filter(([path]) => !tables.includes(path) && !isMoving(path))
    .map(([path, text]) => [path, text.trim().replace(/\s+/g, ' ')] as const);
}

function listTables({ files }: HostReadings): readonly Fact[] {
  const match = (path: string, pattern: RegExp) => pattern.exec(files[path] ?? '')?.[1]?.trim();
  const found = {
    'system.name': match(tableFiles.system, /^PRETTY_NAME="?([^"\n]*)/m),
    'kernel.cmdline': dropMarker(files[tableFiles.commandLine] ?? null)?.trim(),
    'cpu.model': match(tableFiles.cpuinfo, /^model name\s*: (.*)$/m),
    'cpu.microcode': match(tableFiles.cpuinfo, /^microcode\s*: (.*)$/m),
    'memory.gibibytes': readMemorySize(files[tableFiles.meminfo] ?? '')?.toFixed(1),
  };
  return Object.entries(found).flatMap(([key, value]) => (value === undefined ? [] : [[key, value] as const]));
}

/** Lines such as `igb 323584 0 - Live 0x0000000000000000`: sizes and users move, the name is what matters. */
function listModules({ files }: HostReadings): readonly Fact[] {
  const names = (files[tableFiles.modules] ?? '').split('\n').map((line) => line.split(' ')[0] ?? '');
  return names.filter(Boolean).map((name) => [`module.${name}`, 'loaded'] as const);
}

/** Lines `NAME=VALUE`; several values of one name are joined. */
function listPairs({ outputs }: HostReadings, prefix: string, command: { program: string; args: readonly string[] }) {
  const facts = new Map<string, string>();
  for (const line of (outputs[nameCommand(command)] ?? '').split('\n').filter(Boolean)) {
    const [name = '', value = ''] = [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)];
    const key = `${prefix}.${name}`;
    facts.set(key, facts.has(key) ? `${facts.get(key)} ${value}` : value);
  }
  return [...facts];
}

function listNic({ outputs }: HostReadings, nic: NonNullable<FingerprintNic>): readonly Fact[] {
  return Object.entries(buildNicSettings(nic.name, nic.namespace)).flatMap(([key, command]) => {
    const text = outputs[nameCommand(command)];
    return text === undefined ? [] : [[`nic.${nic.name}.${key}`, tidyNic(text)] as const];
  });
}

/** Numbers of interfaces and queueing disciplines are given anew whenever one is made. */
function tidyNic(text: string): string {
  return text
    .replace(/^\d+: /gm, '')
    .replace(/@if\d+/g, '')
    .replaceAll('\\', ';')
    .replace(/\b(valid_lft|preferred_lft) \S+/g, '')
    .trim()
    .replace(/[ \t]+/g, ' ')
    .replace(/\s*\n\s*/g, '; ');
}
