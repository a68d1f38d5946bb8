import { compareRuns } from '../src/comparison/compare-runs.ts';
import type { Comparison } from '../src/comparison/comparison.schema.ts';
import type { Policy } from '../src/comparison/policy.schema.ts';
import { catalogue } from '../src/profiles/catalogue.ts';
import { readRun } from '../src/results/read-journal.ts';
import { usualSeed } from './plan-options.ts';

/** Compares one run, or the candidate of the second with the baseline of the first; the seed is the first run's unless given. */
export async function compareFolders(folders: readonly string[], policy: Policy, seed?: number): Promise<Comparison> {
  const runs = await Promise.all(folders.map(readRun));
  return compareRuns(runs, {
    seed: seed ?? runs[0]?.header.seed ?? usualSeed,
    policy,
    declaredFacts: (parameter) => catalogue.get(parameter)?.changesFacts ?? [],
  });
}
