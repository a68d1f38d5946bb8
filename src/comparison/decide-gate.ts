import type { Comparison } from './comparison.schema.ts';
import type { Policy } from './policy.schema.ts';

/**
 * Exit code of `--gate`: 3 for a regression of a primary cell, 4 where there is no answer (an invalid primary cell, a
 * run that did not come to its end, or an inconclusive primary cell if the policy says so), else 0.
 */
export function decideGate({ family, context }: Comparison, policy: Policy): 0 | 3 | 4 {
  if (family.regressed > 0) return 3;
  if (family.invalid > 0 || (context !== null && context.status !== 'complete')) return 4;
  return policy.gate.inconclusive === 'fail' && family.inconclusive > 0 ? 4 : 0;
}

/** Whether anything was measured on both sides of any cell; without that there is nothing to judge. */
export function hasUsableCell({ cells }: Comparison): boolean {
  return cells.some(({ baseline, candidate }) => baseline.n > 0 && candidate.n > 0);
}
