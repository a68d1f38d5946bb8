import type { Run } from '../results/journal.schema.ts';
import { adjustHolm } from '../statistics/holm.ts';
import type { Comparison } from './comparison.schema.ts';
import { familyLevel } from './decide-verdict.ts';
import { describeContext } from './describe-context.ts';
import { compareEnvironments } from './environment-difference.ts';
import { summarizeFamily } from './family-verdict.ts';
import { listInvalidReasons } from './invalid-reasons.ts';
import { judgeCell } from './judge-cell.ts';
import { listFailures } from './list-failures.ts';
import { matchCells } from './match-cells.ts';
import { type MeasuredCell, measureCell } from './measure-cell.ts';
import { listNotApplied, listParameterDifferences } from './parameter-difference.ts';
import type { Policy } from './policy.schema.ts';
import { listRunWarnings } from './run-warnings.ts';
import { collectSides } from './side-data.ts';
import { summarizeTreatment } from './summarize-treatment.ts';

export interface CompareOptions {
  /** Of every random choice; recorded in the document. The rule `deployment` makes none. */
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

  const matched = matchCells(sides);
  const familySize = matched.filter(({ metric }) => metric.role === 'primary').length;
  const measured = matched.map((cell) => measureCell(cell, sides, familyLevel / Math.max(1, familySize)));
  const adjusted = new Map([...adjustRole(measured, 'primary'), ...adjustRole(measured, 'secondary')]);
  const cells = measured.map((entry) =>
    judgeCell(entry, {
      pAdjusted: adjusted.get(entry) ?? null,
      invalid: listInvalidReasons(entry.cell, environment),
      policy,
    }),
  );

  return {
    schema: 'tunegate.comparison/1',
    seed,
    context: describeContext(sides),
    cells,
    family: summarizeFamily(cells),
    environmentDifference: [...environment.differences],
    parameterDifference: [...parameters],
    notApplied: listNotApplied(sides),
    treatment: summarizeTreatment(sides),
    failures: [...listFailures(sides)],
    warnings: [...listRunWarnings(sides, parameters)],
  };
}

/** Holm over the cells of a role; a cell without a p was asked all the same and counts in the size of the family. */
function adjustRole(cells: readonly MeasuredCell[], role: 'primary' | 'secondary'): [MeasuredCell, number][] {
  const family = cells.filter(({ cell }) => cell.metric.role === role);
  const tested = family.flatMap((entry) => (entry.shift?.p == null ? [] : [{ entry, p: entry.shift.p }]));
  const adjusted = adjustHolm(
    tested.map(({ p }) => p),
    family.length,
  );
  return tested.map(({ entry }, index) => [entry, adjusted[index] ?? 1]);
}
