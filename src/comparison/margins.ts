import type { CellHistory } from './cell-data.ts';
import type { ComparisonCell } from './comparison.schema.ts';
import type { Policy } from './policy.schema.ts';

/**
 * Relative differences that matter to nobody, unless a policy says otherwise. Bandwidth is steady, so 1 %; the far
 * tail of the latency is noisy in itself, so 5 %.
 */
const defaultMargins: Readonly<Record<string, number>> = { throughput: 0.01, latency_p99: 0.05 };
const otherMargin = 0.02;

/** The largest of 59 is with 95 % certainty beyond 95 % of all A/A comparisons, since 0.95^59 < 0.05. */
const ratiosConsidered = 59;
/** Fewer A/A comparisons than this make a learned margin provisional. */
const fewestForLearned = 30;

/**
 * The margin of a cell: its own, its metric's, or the default; more where A/A comparisons of the same design wandered
 * further than that (`learned`, or `provisional` from fewer than 30 of them). Relative, above 0.
 */
export function chooseMargin(
  policy: Policy,
  cellId: string,
  metric: string,
  history: CellHistory,
): NonNullable<ComparisonCell['margin']> {
  const floor = policy.cellMargins[cellId] ?? policy.margins[metric] ?? defaultMargins[metric] ?? otherMargin;
  const recent = history.ratios.slice(-ratiosConsidered);
  const learned = Math.expm1(recent.reduce((largest, ratio) => Math.max(largest, Math.abs(Math.log(ratio))), 0));
  if (recent.length > 0 && recent.length < fewestForLearned) {
    return { value: Math.max(floor, learned), source: 'provisional' };
  }
  return learned > floor ? { value: learned, source: 'learned' } : { value: floor, source: 'policy' };
}
