import type { Block } from '../statistics/aligned-rank-test.ts';
import type { CellData, SampleEntry } from './cell-data.ts';
import type { DeploymentValues } from './measured-values.ts';

/** The values of a side by deployment, in the order of time; deployments without any are left out. */
export function collectDeployments(entries: readonly SampleEntry[]): readonly DeploymentValues[] {
  return [...Map.groupBy(sortByTime(entries), ({ deployment }) => deployment)]
    .map(([deployment, parts]) => ({ deployment, values: joinValues(parts) }))
    .filter(({ values }) => values.length > 0);
}

/** All values of a side in the order of time. */
export function joinValues(entries: readonly SampleEntry[]): readonly number[] {
  const [only] = entries;
  return entries.length === 1 && only !== undefined ? only.values : entries.flatMap(({ values }) => values);
}

/** The blocks of both sides by ascending number; a block may lack a side. */
export function collectBlocks({ baseline, candidate }: Pick<CellData, 'baseline' | 'candidate'>): readonly Block[] {
  const numbers = [...new Set([...baseline, ...candidate].map(({ block }) => block ?? 0))].sort((a, b) => a - b);
  const [left, right] = [groupByBlock(baseline), groupByBlock(candidate)];
  return numbers.map((number) => ({
    baseline: joinValues(left.get(number) ?? []),
    candidate: joinValues(right.get(number) ?? []),
  }));
}

/** Entries in the order in which they were measured, as far as it is known. */
export function sortByTime(entries: readonly SampleEntry[]): readonly SampleEntry[] {
  return entries.toSorted((left, right) => timeOf(left) - timeOf(right));
}

function timeOf({ order, block }: SampleEntry): number {
  return order ?? block ?? 0;
}

function groupByBlock(entries: readonly SampleEntry[]): Map<number, SampleEntry[]> {
  return Map.groupBy(
    entries.filter(({ values }) => values.length > 0),
    ({ block }) => block ?? 0,
  );
}
