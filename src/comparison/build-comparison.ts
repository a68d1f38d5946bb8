import type { CellData } from './cell-data.ts';
import { type CompareCellsOptions, compareCells } from './compare-cells.ts';
import type { Comparison } from './comparison.schema.ts';

/** What is known beside the cells of data that came without a run. */
export interface FileFacts {
  readonly environmentDifference: Comparison['environmentDifference'];
  readonly warnings: readonly string[];
}

/** The comparison of cells that came without a run: no context, no treatment, nothing but the figures. */
export function buildComparison(
  cells: readonly CellData[],
  options: CompareCellsOptions,
  { environmentDifference, warnings }: FileFacts = { environmentDifference: [], warnings: [] },
): Comparison {
  return {
    schema: 'tunegate.comparison/1',
    seed: options.seed,
    context: null,
    ...compareCells(cells, options),
    environmentDifference: [...environmentDifference],
    parameterDifference: [],
    notApplied: [],
    treatment: { verified: 0, mismatch: 0, unprobed: 0, notApplicable: 0, notVerified: [] },
    failures: [],
    warnings: [...warnings],
  };
}
