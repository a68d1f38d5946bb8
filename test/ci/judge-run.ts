import type { Comparison } from '../../src/comparison/comparison.schema.ts';
import { listCells } from '../../src/plans/matrix.ts';
import type { Run } from '../../src/results/journal.schema.ts';

/** Everything about a run of a shipped plan and its comparison that must not be, one sentence each. */
export function judgeRun(run: Run, comparison: Comparison): readonly string[] {
  const checks = run.deployments.flatMap(({ checks: list }) => list);
  const unproven = checks.filter(({ result }) => result !== 'verified' && result !== 'not-applicable');
  const cells = comparison.cells.map(({ id }) => id);
  const missing = listCells(run.header.plan, 'primary').filter(({ id }) => !cells.includes(id));
  return [
    ...(run.end?.status === 'complete' ? [] : [`the run ended as ${run.end?.status ?? 'nothing'}, not complete`]),
    ...run.warnings,
    ...(checks.some(({ result }) => result === 'verified') ? [] : ['no setting was verified']),
    ...unproven.map(
      ({ parameter, result, requested, found }) => `${parameter}: ${result}, ${requested}, found ${found}`,
    ),
    ...run.header.plan.unsupported.map(
      ({ guest, attachment, reason }) => `${guest}/${attachment} cannot run: ${reason}`,
    ),
    ...missing.map(({ id }) => `the comparison has no cell ${id}`),
    ...(comparison.family.invalid === 0 ? [] : [`${comparison.family.invalid} cells are invalid`]),
  ];
}
