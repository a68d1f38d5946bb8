import { ConfigurationError } from '../errors.ts';
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

/**
 * A gate that no change, however large, could close is a mistake of the design, not a pass.
 *
 * @throws ConfigurationError when no primary cell has enough data for a verdict, and nothing else would close the gate
 */
export function refuseIdleGate(comparison: Comparison, policy: Policy): void {
  const { decidable = 1, needs = null } = comparison.family;
  if (decidable > 0 || !hasUsableCell(comparison) || decideGate(comparison, policy) !== 0) return;
  const accepted = 'more data, or a policy with `gate: { inconclusive: fail }`, is accepted';
  throw new ConfigurationError(
    `--gate can never close: every primary cell ${needs ?? 'lacks data'} before any change could be found; ${accepted}`,
  );
}

/** Whether anything was measured on both sides of any cell; without that there is nothing to judge. */
export function hasUsableCell({ cells }: Comparison): boolean {
  return cells.some(({ baseline, candidate }) => baseline.n > 0 && candidate.n > 0);
}
