import { catalogue } from '../profiles/catalogue.ts';
import type { Run } from '../results/journal.schema.ts';
import { compareRuns } from './compare-runs.ts';
import type { Comparison } from './comparison.schema.ts';
import type { Policy } from './policy.schema.ts';

/**
 * Compares one run, or the candidate of the second with the baseline of the first; the seed is the first run's unless
 * given. What a parameter may change is what the catalogue says, so a shell and a workflow give the same document.
 */
export function compareWithCatalogue(runs: readonly Run[], policy: Policy, seed?: number): Comparison {
  return compareRuns(runs, {
    seed: seed ?? runs[0]?.header.seed ?? 1,
    policy,
    declaredFacts: (parameter) => catalogue.get(parameter)?.changesFacts ?? [],
  });
}
