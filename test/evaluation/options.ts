import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { ConfigurationError } from '../../src/errors.ts';
import type { Mode } from './effort.ts';

export interface Options {
  readonly mode: Mode;
  readonly seed: number;
  /** Of the repetitions that the mode has. */
  readonly percent: number;
  /** Folder for everything; null: the document goes to docs/, the results to out/evaluation/. */
  readonly out: string | null;
  readonly threads: number;
  /** Whether parts that an interrupted run has finished are taken over. */
  readonly resume: boolean;
  /** Only parts whose title begins with this. */
  readonly only: string;
  /** Results of an earlier run, to write the document again without measuring; null: run. */
  readonly from: string | null;
  readonly help: boolean;
}

export const usage = `Usage: npm run evaluate -- [--fast | --full] [--seed N] [--out DIR]

Judges the verdict rules of Tunegate and its peers on data whose truth is known, and writes docs/evaluation.md,
docs/images/evaluation-*.svg and out/evaluation/results.json.

  --fast         few repetitions, about 2 minutes; marks that this cannot settle are called open
  --full         what the committed document was written from (default)
  --seed N       of all draws (default: 1)
  --percent N    so many per cent of the repetitions (default: 100)
  --out DIR      write everything into DIR instead
  --threads N    worker threads (default: one for each processor)
  --resume       go on where the same command was interrupted
  --only TEXT    only the parts whose title begins with TEXT, for example "null: block"
  --from FILE    write the document anew from the results.json of an earlier run

Example: npm run evaluate -- --fast --out out/trial
`;

/** @throws ConfigurationError for an unknown flag or a value that is not accepted */
export function parseOptions(argv: readonly string[]): Options {
  const { values } = readFlags(argv);
  if (values.fast && values.full)
    throw new ConfigurationError('--fast and --full exclude each other: give one of them');
  if (values.resume && values.from !== undefined)
    throw new ConfigurationError('--resume and --from exclude each other: with --from nothing is measured');
  return {
    mode: values.fast ? 'fast' : 'full',
    seed: parseWhole('--seed', values.seed ?? '1', 0),
    percent: parseWhole('--percent', values.percent ?? '100', 1),
    out: values.out ?? null,
    threads: parseWhole('--threads', values.threads ?? String(availableParallelism()), 1),
    resume: values.resume ?? false,
    only: values.only ?? '',
    from: values.from ?? null,
    help: values.help ?? false,
  };
}

function readFlags(argv: readonly string[]) {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  const flags = { fast: flag, full: flag, resume: flag, help: flag };
  const options = { ...flags, seed: text, percent: text, out: text, threads: text, only: text, from: text };
  try {
    return parseArgs({ args: [...argv], options, strict: true, allowPositionals: false });
  } catch (error) {
    throw new ConfigurationError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

function parseWhole(flag: string, found: string, least: number): number {
  const value = Number(found);
  if (/^\d+$/.test(found) && value >= least && Number.isSafeInteger(value)) return value;
  throw new ConfigurationError(`${flag} must be a whole number from ${least}, found "${found}"`);
}
