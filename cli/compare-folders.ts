import { compareWithCatalogue } from '../src/comparison/compare-with-catalogue.ts';
import type { Comparison } from '../src/comparison/comparison.schema.ts';
import type { Policy } from '../src/comparison/policy.schema.ts';
import { readRun } from '../src/results/read-journal.ts';

/** Compares one run, or the candidate of the second with the baseline of the first; the seed is the first run's unless given. */
export async function compareFolders(folders: readonly string[], policy: Policy, seed?: number): Promise<Comparison> {
  return compareWithCatalogue(await Promise.all(folders.map(readRun)), policy, seed);
}
