import { logGamma } from '../statistics/log-gamma.ts';
import { type CellData, noHistory } from './cell-data.ts';
import { countNeededDeployments } from './deployment-rule.ts';
import { collectBlocks, collectDeployments, joinValues } from './observations.ts';

/**
 * What a cell needs so that its p can reach the level at all, however large the change: `needs at least 5 samples per
 * side`; null when it has that. Ties can ask for more.
 *
 * @param level of one test of the family, 0.05 / number of primary cells
 */
export function findLackingEvidence(cell: CellData, level: number): string | null {
  switch (cell.observation) {
    case 'deployment':
      return lackDeployments(cell);
    case 'block':
      return lackBlocks(cell, level);
    case 'sample': {
      const [baseline, candidate] = [joinValues(cell.baseline).length, joinValues(cell.candidate).length];
      const needed = countNeededSamples(level);
      if (logOfSmallestP([[baseline, candidate]]) <= Math.log(level) + slack) return null;
      return `needs at least ${needed} samples per side`;
    }
  }
}

/** A p equal to the level reaches it; without the slack rounding would decide. */
const slack = 1e-9;

/** Samples a side from which the smallest p of the rank test, 2 / (2n choose n), is at most the level. */
export function countNeededSamples(level: number): number {
  let count = 1;
  while (logOfSmallestP([[count, count]]) > Math.log(level) + slack) count += 1;
  return count;
}

function lackDeployments({ baseline, candidate, history = noHistory }: CellData): string | null {
  const needed = countNeededDeployments(history.deployments);
  const fewest = Math.min(collectDeployments(baseline).length, collectDeployments(candidate).length);
  return fewest >= needed ? null : `needs at least ${needed} fresh starts per side`;
}

function lackBlocks(cell: CellData, level: number): string | null {
  const sizes = collectBlocks(cell)
    .map(({ baseline, candidate }) => [baseline.length, candidate.length] as const)
    .filter(([baseline, candidate]) => baseline > 0 && candidate > 0);
  if (sizes.length === 0 || logOfSmallestP(sizes) <= Math.log(level) + slack) return null;
  const perBlock = (logOfSmallestP(sizes) - Math.LN2) / sizes.length;
  const needed = Math.ceil((Math.log(level) - Math.LN2 - slack) / perBlock);
  return `needs at least ${needed} blocks of this size`;
}

/** Logarithm of the share of the two extreme allocations: 2 / product of (n1 + n2 choose n1). */
function logOfSmallestP(sizes: readonly (readonly [number, number])[]): number {
  const logAllocations = sizes.reduce(
    (sum, [baseline, candidate]) =>
      sum + logGamma(baseline + candidate + 1) - logGamma(baseline + 1) - logGamma(candidate + 1),
    0,
  );
  return Math.min(0, Math.LN2 - logAllocations);
}
