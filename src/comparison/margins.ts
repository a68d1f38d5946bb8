import type { ComparisonCell } from './comparison.schema.ts';
import type { Policy } from './policy.schema.ts';

/**
 * Relative differences that matter to nobody, unless a policy says otherwise. Bandwidth is steady, so 1 %; the far
 * tail of the latency is noisy in itself, so 5 %.
 */
const defaultMargins: Readonly<Record<string, number>> = { throughput: 0.01, latency_p99: 0.05 };
const otherMargin = 0.02;

/** The margin of a cell: its own, its metric's, or the default. Relative, above 0. */
export function chooseMargin(policy: Policy, cellId: string, metric: string): NonNullable<ComparisonCell['margin']> {
  const value = policy.cellMargins[cellId] ?? policy.margins[metric] ?? defaultMargins[metric] ?? otherMargin;
  return { value, source: 'policy' };
}
