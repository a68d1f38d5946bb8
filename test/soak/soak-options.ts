import { parseArgs } from 'node:util';
import { messageOf } from '../../src/errors.ts';
import { labFolders } from '../../src/lab/lab.ts';

export interface SoakRequest {
  /** Repetitions. */
  readonly count: number;
  readonly seed: number;
  /** Which change is injected; for the canary. */
  readonly kind: string;
  /** Interruptions at random moments; for the switching. */
  readonly kills: number;
  /** Lab and host on which is switched. */
  readonly inventory: string;
  readonly machine: string;
  say(text: string): void;
  readonly signal: AbortSignal;
}

/** A long repetition; everything in its result besides `failed`, the number of repetitions that did not hold, is for people. */
export type Soak = (request: SoakRequest) => Promise<{ readonly failed: number }>;

export interface SoakOptions extends Omit<SoakRequest, 'say' | 'signal'> {
  readonly name: string;
  /** What is wrong with the request; null: nothing. */
  readonly problem: string | null;
}

export function parseSoakOptions(
  args: readonly string[],
  names: readonly string[],
  kinds: readonly string[],
): SoakOptions {
  const nothing = { name: '', count: 0, seed: 1, kind: '', kills: 0, inventory: '', machine: '' };
  const refuse = (problem: string): SoakOptions => ({ ...nothing, problem });
  try {
    const text = { type: 'string' } as const;
    const options = {
      ...{ count: { ...text, default: '10' }, seed: { ...text, default: '1' }, kills: { ...text, default: '0' } },
      kind: text,
      inventory: { ...text, default: `${labFolders.state}/inventory.yaml` },
      machine: { ...text, default: 'stock' },
    };
    const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options });
    const [name = '', ...others] = positionals;
    if (!names.includes(name) || others.length > 0) {
      return refuse(`found ${positionals.join(' ') || 'no name'}; accepted is one of ${names.join(', ')}`);
    }
    for (const key of ['count', 'seed', 'kills'] as const) {
      if (!/^\d{1,9}$/.test(values[key])) return refuse(`--${key} is ${values[key]}; accepted is a whole number`);
    }
    const kind = values.kind ?? kinds[0] ?? '';
    if (!kinds.includes(kind)) return refuse(`--kind is ${kind}; accepted is one of ${kinds.join(', ')}`);
    const { inventory, machine } = values;
    const [count, seed, kills] = [values.count, values.seed, values.kills].map(Number);
    return { name, count: count ?? 0, seed: seed ?? 1, kills: kills ?? 0, kind, inventory, machine, problem: null };
  } catch (thrown) {
    return refuse(messageOf(thrown));
  }
}
