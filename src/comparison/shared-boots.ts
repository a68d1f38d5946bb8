import type { DeploymentLine } from '../results/journal.schema.ts';
import type { Side } from '../vocabulary.ts';
import { hasMeasured } from './group-tries.ts';
import type { MatchedCell } from './match-cells.ts';
import type { SidePair } from './side-data.ts';

/**
 * What one observation is made of: a fresh start, and where the sides alternate by boot the boot of the host, since what
 * a boot leaves different (placement of the kernel, memory, interrupts) is shared by all that was started in it.
 */
export function nameObservation(line: Pick<DeploymentLine, 'id' | 'bootId'>, side: Side, sides: SidePair): string {
  return alternatesByBoot(side, sides) ? line.bootId : line.id;
}

/** Fresh starts of a side that shared a boot: they count as one. */
export function describeSharedBoots(cell: MatchedCell, side: Side, sides: SidePair): readonly string[] {
  if (!alternatesByBoot(side, sides)) return [];
  const shared = [...Map.groupBy(cell[side].filter(hasMeasured), ({ line }) => line.bootId).values()].filter(
    (deployments) => deployments.length > 1,
  );
  return shared.map((deployments) => {
    const names = deployments.map(({ line }) => line.id).join(', ');
    return `${names} of the ${side} ran in one boot of the host and count as one.`;
  });
}

/** Sides that ran in the same boot were not switched by booting, whatever else was done. */
export function describeCommonBoots(cell: MatchedCell, sides: SidePair): readonly string[] {
  if (!alternatesByBoot('baseline', sides) || !alternatesByBoot('candidate', sides)) return [];
  const boots = new Set(cell.baseline.filter(hasMeasured).map(({ line }) => line.bootId));
  const common = cell.candidate.filter(hasMeasured).filter(({ line }) => boots.has(line.bootId));
  if (common.length === 0) return [];
  const names = common.map(({ line }) => line.id).join(', ');
  return [`the host was not booted between the sides: ${names} of the candidate ran in a boot of the baseline`];
}

function alternatesByBoot(side: Side, sides: SidePair): boolean {
  return sides[side].run.header.plan.regime === 'boot';
}
