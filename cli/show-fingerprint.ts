import { closeAfter } from '../src/close-after.ts';
import { ConfigurationError } from '../src/errors.ts';
import { type Fingerprint, fingerprintSchema } from '../src/hosts/fingerprint.schema.ts';
import {
  collectFingerprint,
  compareFingerprints,
  type FingerprintDifference,
  type FingerprintNic,
} from '../src/hosts/fingerprint.ts';
import { createLocalMachine } from '../src/machines/local.ts';
import { renderJson } from '../src/render-json.ts';
import { describeProblems } from '../src/schema-words.ts';
import { exitCodes } from './exit-codes.ts';
import { findMachine, loadInventory, openMachine } from './load-inventory.ts';
import { readText } from './read-text.ts';
import { renderTable } from './render-table.ts';
import type { Surroundings } from './surroundings.ts';

export interface FingerprintOptions {
  readonly inventory?: string;
  readonly machine?: string;
  readonly against?: string;
  readonly json?: true;
}

/** `tunegate doctor --fingerprint`: the state of a machine as JSON, or what differs from one that was kept. */
export async function showFingerprint(options: FingerprintOptions, surroundings: Surroundings): Promise<void> {
  const former = options.against === undefined ? null : await loadFingerprint(options.against);
  const now = await takeFingerprint(options, surroundings.signal);
  if (former === null) {
    surroundings.stdout.write(renderJson(now));
    return;
  }
  const differences = compareFingerprints(former, now);
  surroundings.stdout.write(options.json ? renderJson({ differences }) : renderDifferences(now.machine, differences));
  if (differences.length > 0) surroundings.setExitCode(exitCodes.failed);
}

async function takeFingerprint({ inventory: file, machine: name }: FingerprintOptions, signal: AbortSignal) {
  if (file === undefined) {
    if (name !== undefined)
      throw new ConfigurationError('--machine is a name of an inventory; --inventory FILE is missing');
    return collectFingerprint(createLocalMachine(), null, signal);
  }
  if (name === undefined) throw new ConfigurationError('--machine is missing: a fingerprint is that of one machine');
  const inventory = await loadInventory(file, signal);
  const { nic, namespace = null } = findMachine(inventory, name);
  const place: FingerprintNic = nic === undefined ? null : { name: nic, namespace };
  const machine = openMachine(inventory, name);
  return closeAfter(machine.close, () => collectFingerprint(machine, place, signal));
}

async function loadFingerprint(file: string): Promise<Fingerprint> {
  const accepted = 'what `tunegate doctor --fingerprint` printed is accepted';
  const { text } = await readText(file, file, accepted);
  const data = parseJson(text);
  const outcome = fingerprintSchema.safeParse(data);
  if (outcome.success) return outcome.data;
  throw new ConfigurationError(`${file}: this is no fingerprint, ${accepted}: ${describeProblems(outcome.error)}`);
}

/** undefined for a text that is no JSON: the schema then says so. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export function renderDifferences(machine: string, differences: readonly FingerprintDifference[]): string {
  if (differences.length === 0) return `${machine} is as it was.\n`;
  const rows = differences.map(({ key, before, after }) => [key, before ?? 'not there', after ?? 'not there']);
  return `${renderTable(['fact', 'before', 'now'], rows)}\n${differences.length} facts of ${machine} differ.\n`;
}
