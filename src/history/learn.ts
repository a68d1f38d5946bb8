import type { Policy } from '../comparison/policy.schema.ts';
import { computeKnownErrorShift } from '../statistics/detectable-shift.ts';
import { computeMedian } from '../statistics/quantile.ts';
import type { Night, NightCell, NightSide } from './night.schema.ts';
import { findPoint, listSpreads, meanLog } from './series.ts';

/** Nights from which anything is learned; older ones may no longer describe the host. */
export const nightsToLearnFrom = 60;
/** Degrees of freedom below which a variance is off by so much that it would mislead. */
const fewestDegrees = 10;
const power = 0.8;
const familyLevel = 0.05;

/**
 * What the nights of one stretch teach the comparison engine, as `history` of a policy.
 *
 * `deployments`: medians of fresh starts around the middle of their cell. What differs from night to night, or between
 * the sides, is taken out, because it is not in the difference of two sides that are interleaved in one night; each
 * deviation is enlarged by sqrt(n / (n - 1)) for the mean that was taken from the same n starts, so that the variance
 * of the list is the one between fresh starts. `ratios`: of nights in which both sides had the same profile (A/A).
 * `spreads`: of the fresh starts that had more than one sample; nights of two or three samples a start make it smaller
 * than many would, by a factor of up to 1.4.
 *
 * @param nights comparable ones of one host and comparison, in the order of time; the last 60 count
 */
export function learnHistory(nights: readonly Night[]): Policy['history'] {
  const history: Policy['history'] = {};
  for (const [id, cells] of groupCells(nights.slice(-nightsToLearnFrom))) {
    const deviations = cells.flatMap(({ cell }) => [cell.baseline, cell.candidate].flatMap(listDeviations));
    const centre = computeMedian(cells.map(({ cell }) => meanLog(cell.baseline.medians)));
    const deployments = deviations.map((deviation) => Math.exp(centre + deviation));
    const ratios = cells.flatMap(({ cell, night }) => (isSameTwice(night) && cell.ratio !== null ? [cell.ratio] : []));
    const spreads = cells.flatMap(({ cell }) => [cell.baseline, cell.candidate].flatMap(listSpreads));
    history[id] = { deployments, ratios, spreads };
  }
  return history;
}

/**
 * The relative change that a comparison of so many fresh starts a side is expected to find in four of five cases, in
 * the middle one of its cells: half of them find changes as small as this or smaller. From the variance between the
 * fresh starts of one night, pooled over the nights; level 0.05 divided by the number of cells, as the engine has it.
 *
 * @param nights comparable ones of one host and comparison; the last 60 count
 * @param cellIds primary cells that would be measured
 * @returns null when no cell has been seen often enough (10 degrees of freedom), or one start a side has no variance
 */
export function expectDetectableChange(
  nights: readonly Night[],
  cellIds: readonly string[],
  deployments: number,
): number | null {
  const changes = listDetectableChanges(nights, cellIds, deployments);
  return changes.size === 0 ? null : computeMedian([...changes.values()]);
}

/** The same for each cell that has been seen often enough. */
export function listDetectableChanges(
  nights: readonly Night[],
  cellIds: readonly string[],
  deployments: number,
): ReadonlyMap<string, number> {
  const changes = new Map<string, number>();
  const degreesOfFreedom = 2 * (deployments - 1);
  if (degreesOfFreedom < 1 || cellIds.length === 0) return changes;
  const level = familyLevel / cellIds.length;
  const known = groupCells(nights.slice(-nightsToLearnFrom));
  for (const id of cellIds) {
    const sigma = pool((known.get(id) ?? []).flatMap(({ cell }) => [cell.baseline, cell.candidate]));
    if (sigma === null || sigma === 0) continue;
    const standardError = sigma * Math.sqrt(2 / deployments);
    changes.set(id, Math.expm1(computeKnownErrorShift({ standardError, degreesOfFreedom, level, power })));
  }
  return changes;
}

/** Standard deviation of the logarithms between fresh starts of one night and side; null: too few to tell. */
function pool(sides: readonly NightSide[]): number | null {
  const groups = sides.map(({ medians }) => medians).filter((medians) => medians.length > 1);
  const degrees = groups.reduce((sum, medians) => sum + medians.length - 1, 0);
  if (degrees < fewestDegrees) return null;
  const squares = groups.reduce((sum, medians) => {
    const centre = meanLog(medians);
    return sum + medians.reduce((inner, median) => inner + (Math.log(median) - centre) ** 2, 0);
  }, 0);
  return Math.sqrt(squares / degrees);
}

function listDeviations({ medians }: NightSide): readonly number[] {
  if (medians.length < 2) return [];
  const centre = meanLog(medians);
  const enlarge = Math.sqrt(medians.length / (medians.length - 1));
  return medians.map((median) => (Math.log(median) - centre) * enlarge);
}

function groupCells(nights: readonly Night[]): ReadonlyMap<string, readonly { cell: NightCell; night: Night }[]> {
  const entries = nights.flatMap((night) =>
    night.cells.filter((cell) => findPoint(night, cell, 'effect') !== null).map((cell) => ({ cell, night })),
  );
  return Map.groupBy(entries, ({ cell }) => cell.id);
}

/** Whether both sides had the same profile (A/A). */
export function isSameTwice({ baseline, candidate }: Night): boolean {
  return baseline.sha256 === candidate.sha256;
}
