import { compareWithCatalogue } from '../src/comparison/compare-with-catalogue.ts';
import type { Comparison } from '../src/comparison/comparison.schema.ts';
import { defaultPolicy, type Policy } from '../src/comparison/policy.schema.ts';
import type { Run } from '../src/results/journal.schema.ts';
import { readRun } from '../src/results/read-journal.ts';

/** Lets recorded nights add to a policy what they teach of a run. */
export type Recall = (run: Run, policy: Policy) => Policy;

export interface CompareOptions {
  /** The usual one unless given. */
  readonly policy?: Policy;
  /** The first run's unless given. */
  readonly seed?: number | undefined;
  readonly recall?: Recall | undefined;
}

/** Compares one run, or the candidate of the second with the baseline of the first. */
export async function compareFolders(folders: readonly string[], options: CompareOptions = {}): Promise<Comparison> {
  const { policy = defaultPolicy, seed, recall } = options;
  const runs = await Promise.all(folders.map(readRun));
  const [run] = runs;
  return compareWithCatalogue(runs, run === undefined || recall === undefined ? policy : recall(run, policy), seed);
}
