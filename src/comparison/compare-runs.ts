import type { Run } from '../results/journal.schema.ts';
import { buildCellData } from './build-cell-data.ts';
import { compareCells } from './compare-cells.ts';
import type { Comparison } from './comparison.schema.ts';
import { describeContext } from './describe-context.ts';
import { compareEnvironments } from './environment-difference.ts';
import { listFailures } from './list-failures.ts';
import { matchCells } from './match-cells.ts';
import { listNotApplied, listParameterDifferences } from './parameter-difference.ts';
import type { Policy } from './policy.schema.ts';
import { listRunWarnings } from './run-warnings.ts';
import { collectSides } from './side-data.ts';
import { summarizeTreatment } from './summarize-treatment.ts';

export interface CompareOptions {
  /** Of every random choice; recorded in the document. */
  readonly seed: number;
  readonly policy: Policy;
  /** Facts, as `scope.key`, that a parameter is known to change; empty for a parameter nobody knows. */
  readonly declaredFacts: (parameter: string) => readonly string[];
}

/**
 * Baseline against candidate, cell by cell: both sides of one run, or the baseline of the first run against the
 * candidate of the second, which is said in every row. The same runs and options give the same document.
 *
 * @throws MeasurementError when a sample's unit is not its metric's, or a parameter belongs to no layer
 * @throws RangeError for no run or more than two
 */
export function compareRuns(runs: readonly Run[], { seed, policy, declaredFacts }: CompareOptions): Comparison {
  const sides = collectSides(runs);
  const parameters = listParameterDifferences(sides);
  // What differs on paper only cannot have changed the environment.
  const declared = parameters.filter(({ applied }) => applied).flatMap(({ parameter }) => declaredFacts(parameter));
  const environment = compareEnvironments(sides, new Set(declared));

  const cells = matchCells(sides).map((cell) => buildCellData(cell, sides, environment));
  const compared = compareCells(cells, { seed, policy });

  return {
    schema: 'tunegate.comparison/1',
    seed,
    context: describeContext(sides),
    ...compared,
    environmentDifference: [...environment.differences],
    parameterDifference: [...parameters],
    notApplied: listNotApplied(sides),
    treatment: summarizeTreatment(sides, parameters),
    failures: [...listFailures(sides)],
    warnings: [...listRunWarnings(sides, parameters)],
  };
}
