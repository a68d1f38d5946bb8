import type { Comparison, ComparisonCell, Verdict } from './comparison.schema.ts';

/** The worst news first. */
export const precedence: readonly Verdict[] = ['regressed', 'invalid', 'inconclusive', 'improved', 'unchanged'];

/** The verdict of all primary cells together: the first of the list that any of them has. No cells give no answer. */
export function summarizeFamily(cells: readonly Pick<ComparisonCell, 'role' | 'verdict'>[]): Comparison['family'] {
  const family = cells.filter(({ role }) => role === 'primary');
  const count = (verdict: Verdict) => family.filter((cell) => cell.verdict === verdict).length;
  return {
    verdict: precedence.find((verdict) => count(verdict) > 0) ?? 'inconclusive',
    regressed: count('regressed'),
    improved: count('improved'),
    unchanged: count('unchanged'),
    inconclusive: count('inconclusive'),
    invalid: count('invalid'),
  };
}
