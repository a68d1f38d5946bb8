import distributions from '../fixtures/statistics/distribution-values.json' with { type: 'json' };
import twoSample from '../fixtures/statistics/two-sample-values.json' with { type: 'json' };

export const vectors = twoSample.vectors;
export const { medianOrders95, holm, pairedBlocks, quantileType7 } = twoSample;

type Table = Exclude<keyof typeof distributions, 'origin'>;

/** Rows of arguments and the value an independent implementation gives. */
export function referenceRows(table: Table): readonly { args: readonly number[]; value: number }[] {
  return distributions[table].map(([args, value]) => {
    if (!Array.isArray(args) || typeof value !== 'number') throw new Error(`a row of ${table} is broken`);
    return { args, value };
  });
}

/** Distance from the wanted value, relative to it; absolute where zero is wanted. */
export function relativeError(found: number, wanted: number): number {
  return Math.abs(found - wanted) / (wanted === 0 ? 1 : Math.abs(wanted));
}
