import type { Night, NightCell, NightSide } from './night.schema.ts';

/**
 * What is followed of a cell, as natural logarithms with one value a night: `effect` is candidate / baseline, which
 * interleaving has freed of whatever moved both sides that night; `level` is the candidate alone, so that a host that
 * has become slow for both sides is seen too.
 */
export const seriesKinds = ['effect', 'level'] as const;
export type SeriesKind = (typeof seriesKinds)[number];

/** The value of one night. */
export interface Point {
  readonly night: Night;
  readonly cell: NightCell;
  /** Natural logarithm. */
  readonly value: number;
}

/**
 * The night's value of a cell; null when it has none that counts: the treatment was not in force, no ratio could be
 * computed, or fewer than half of the planned fresh starts of a side gave a value. A night of few starts is less exact
 * than its neighbours, which no rule here allows for.
 */
export function findPoint(night: Night, cell: NightCell, kind: SeriesKind): Point | null {
  if (cell.verdict === 'invalid' || cell.ratio === null) return null;
  const fewest = Math.min(cell.baseline.medians.length, cell.candidate.medians.length);
  if (fewest === 0 || fewest < night.design.deployments / 2) return null;
  return { night, cell, value: kind === 'effect' ? Math.log(cell.ratio) : meanLog(cell.candidate.medians) };
}

/** The values of a cell over nights, nights without one left out; see `findPoint`. */
export function listPoints(nights: readonly Night[], cellId: string, kind: SeriesKind): readonly Point[] {
  return nights.flatMap((night) => {
    const cell = night.cells.find(({ id }) => id === cellId);
    const point = cell === undefined ? null : findPoint(night, cell, kind);
    return point === null ? [] : [point];
  });
}

/** How much samples scatter inside of the fresh starts that had more than one. */
export function listSpreads({ spreads }: NightSide): readonly number[] {
  return spreads.filter((spread) => spread !== null);
}

/** 1 where larger values are worse, else -1; holds for ratios of the metric as well. */
export function worseSign({ metric }: Pick<NightCell, 'metric'>): 1 | -1 {
  return metric.better === 'lower' ? 1 : -1;
}

/** Mean of the natural logarithms; there must be one. */
export function meanLog(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + Math.log(value), 0) / values.length;
}
