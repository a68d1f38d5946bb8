import { type AllocationSums, countAllocationSums, findStep } from './allocation-tails.ts';
import type { Stratum } from './allocations.ts';
import { normalQuantile } from './normal.ts';
import { computeAllocationMoments } from './normal-allocations.ts';

/** From where on a sum over chosen values is as good as never that far from its mean. */
export interface CriticalDistance {
  /** In the values' unit, above 0. */
  readonly distance: number;
  /** Share of the allocations at least as far away, at most the level; in the normal limit the level itself. */
  readonly share: number;
}

/** Additions that counting may cost: about a millisecond. Beyond that there are enough values for the normal limit. */
const affordableAdditions = 1e6;

/**
 * The smallest distance from the mean that at most a share `level` of all ways to exchange labels within the strata
 * reaches, both sides together, for each level in their order: where the test of `compareAlignedRanks` begins to reject.
 * All allocations are counted where that is cheap, as for 5 strata of 4 + 4; else normal, with the correction for
 * continuity.
 * The values must be whole numbers, as doubled midranks are. No strata, and constant data: null, as are levels that no
 * allocation reaches.
 * Example: 1, 2, 3, 4 with two chosen: sums from 3 to 7 around 5; level 0.4 gives distance 2 and share 2/6, 0.3 null.
 */
export function findCriticalDistances(
  strata: readonly Stratum[],
  levels: readonly number[],
): readonly (CriticalDistance | null)[] {
  const { mean, variance } = computeAllocationMoments(strata);
  if (variance === 0) return levels.map(() => null);
  const sums = countAllocationSums(strata, affordableAdditions);
  if (sums === null) {
    const correction = findStep(strata) / 2;
    return levels.map((level) => ({
      distance: correction + normalQuantile(1 - level / 2) * Math.sqrt(variance),
      share: level,
    }));
  }
  return levels.map((level) => findCounted(sums, mean, level));
}

/** From both ends inwards, always the sum that lies further out, or both. */
function findCounted({ smallest, step, counts, total }: AllocationSums, mean: number, level: number) {
  const most = level * total * (1 + 1e-12);
  let found: CriticalDistance | null = null;
  let reached = 0;
  for (let [low, high] = [0, counts.length - 1]; low < high; ) {
    const [below, above] = [mean - (smallest + low * step), smallest + high * step - mean];
    const distance = Math.max(below, above);
    const before = reached;
    // The slack lets equal distances be equal.
    if (below > distance - 1e-6) reached += counts[low++] as number;
    if (above > distance - 1e-6) reached += counts[high--] as number;
    if (reached > most) break;
    if (reached > before) found = { distance, share: reached / total };
  }
  return found;
}
