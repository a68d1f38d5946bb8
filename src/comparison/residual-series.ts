import { computeMedian } from '../statistics/quantile.ts';
import type { Side } from '../vocabulary.ts';
import type { CellData, SampleEntry } from './cell-data.ts';
import { computeObservations } from './deployment-rule.ts';
import { collectDeployments, sortByTime } from './observations.ts';
import { toScale } from './sample-rule.ts';
import type { Shift } from './shift.ts';

/** An observation without the difference between the sides, and when it was made. */
export interface Residual {
  readonly value: number;
  /** Position in time, both sides counted together; null where only the order within the side is known. */
  readonly order: number | null;
}

export type ResidualSeries = Readonly<Record<Side, readonly Residual[]>>;

/**
 * The observations of each side in the order of time, minus the median of their side; those of blocks first minus the
 * median of their block. On the scale of the shift (logarithms for a ratio).
 */
export function collectResiduals(cell: CellData, scale: Shift['scale']): ResidualSeries {
  const centres = cell.observation === 'block' ? computeBlockCentres(cell, scale) : new Map<number, number>();
  return {
    baseline: centre(collectSide(cell, 'baseline', scale, centres)),
    candidate: centre(collectSide(cell, 'candidate', scale, centres)),
  };
}

function collectSide(
  cell: CellData,
  side: Side,
  scale: Shift['scale'],
  blockCentres: ReadonlyMap<number, number>,
): readonly Residual[] {
  if (cell.observation === 'deployment') return listMedians(cell[side], scale);
  return sortByTime(cell[side]).flatMap(({ values, order, block }) => {
    const middle = blockCentres.get(block ?? 0) ?? 0;
    return toScale(values, scale).map((value) => ({ value: value - middle, order: order ?? null }));
  });
}

function listMedians(entries: readonly SampleEntry[], scale: Shift['scale']): readonly Residual[] {
  const orders = Map.groupBy(sortByTime(entries), ({ deployment }) => deployment);
  return collectDeployments(entries).map((deployment) => ({
    value: computeObservations([deployment], scale)[0] ?? 0,
    order: orders.get(deployment.deployment)?.[0]?.order ?? null,
  }));
}

function computeBlockCentres({ baseline, candidate }: CellData, scale: Shift['scale']): Map<number, number> {
  const blocks = Map.groupBy([...baseline, ...candidate], ({ block }) => block ?? 0);
  return new Map(
    [...blocks].flatMap(([block, entries]) => {
      const values = entries.flatMap((entry) => toScale(entry.values, scale));
      return values.length === 0 ? [] : [[block, computeMedian(values)] as const];
    }),
  );
}

function centre(residuals: readonly Residual[]): readonly Residual[] {
  if (residuals.length === 0) return [];
  const middle = computeMedian(residuals.map(({ value }) => value));
  return residuals.map((residual) => ({ ...residual, value: residual.value - middle }));
}
