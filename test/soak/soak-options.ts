import { parseArgs } from 'node:util';
import { messageOf } from '../../src/errors.ts';

export interface SoakRequest {
  /** Repetitions. */
  readonly count: number;
  readonly seed: number;
  /** Which change is injected; for the canary. */
  readonly kind: string;
  say(text: string): void;
  readonly signal: AbortSignal;
}

/** A long repetition; everything in its result besides `failed`, the number of repetitions that did not hold, is for people. */
export type Soak = (request: SoakRequest) => Promise<{ readonly failed: number }>;

export interface SoakOptions extends Pick<SoakRequest, 'count' | 'seed' | 'kind'> {
  readonly name: string;
  /** What is wrong with the request; null: nothing. */
  readonly problem: string | null;
}

export function parseSoakOptions(
  args: readonly string[],
  names: readonly string[],
  kinds: readonly string[],
): SoakOptions {
  const refuse = (problem: string): SoakOptions => ({ name: '', count: 0, seed: 1, kind: '', problem });
  try {
    const text = { type: 'string' } as const;
    const options = { count: { ...text, default: '10' }, seed: { ...text, default: '1' }, kind: text };
    const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options });
    const [name = '', ...others] = positionals;
    if (!names.includes(name) || others.length > 0) {
      return refuse(`found ${positionals.join(' ') || 'no name'}; accepted is one of ${names.join(', ')}`);
    }
    for (const key of ['count', 'seed'] as const) {
      if (!/^\d{1,9}$/.test(values[key])) return refuse(`--${key} is ${values[key]}; accepted is a whole number`);
    }
    const kind = values.kind ?? kinds[0] ?? '';
    if (!kinds.includes(kind)) return refuse(`--kind is ${kind}; accepted is one of ${kinds.join(', ')}`);
    return { name, count: Number(values.count), seed: Number(values.seed), kind, problem: null };
  } catch (thrown) {
    return refuse(messageOf(thrown));
  }
}
