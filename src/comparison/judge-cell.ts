import type { ComparisonCell } from './comparison.schema.ts';
import { type Decision, decideVerdict } from './decide-verdict.ts';
import { explainNulls, type NullReasons } from './explain-nulls.ts';
import { chooseMargin } from './margins.ts';
import { keepsReplies, type MeasuredCell } from './measure-cell.ts';
import type { Policy } from './policy.schema.ts';
import { buildShiftFields, explainNoShiftFields, explainShiftFields, noShiftFields } from './shift-fields.ts';

export interface Judgement {
  /** Holm over the cells of the same role; null without a test. */
  readonly pAdjusted: number | null;
  /** Why the sides must not be compared; empty when they may. */
  readonly invalid: readonly string[];
  readonly policy: Policy;
}

/** The cell as the document shows it: figures, verdict with its reason, and why what is null is null. */
export function judgeCell(measured: MeasuredCell, { pAdjusted, invalid, policy }: Judgement): ComparisonCell {
  const { cell, baseline, candidate, scale, shift, warnings } = measured;
  const { name, unit, better, role } = cell.metric;
  const margin = scale === 'difference' ? null : chooseMargin(policy, cell.id, name);
  const figures = {
    baseline,
    candidate,
    ...(shift === null ? noShiftFields : buildShiftFields(shift)),
    pAdjusted,
    spread: { ratio: null, interval95: null, p: null, verdict: null },
    margin,
  };
  const { verdict, reason } = decide(measured, pAdjusted, invalid, margin?.value ?? null);
  const { ratio, difference, p, pMethod, spread, detectableChange } = figures;
  return {
    id: cell.id,
    role,
    metric: { name, unit, better },
    observation: 'deployment',
    baseline,
    candidate,
    ratio,
    difference,
    p,
    pAdjusted,
    pMethod,
    spread,
    detectableChange,
    margin,
    verdict,
    reason,
    warnings: [...warnings],
    missing: explainNulls(figures, listReasons(measured)),
  };
}

function decide(
  { cell, shift, noData }: MeasuredCell,
  pAdjusted: number | null,
  invalid: readonly string[],
  margin: number | null,
): Decision {
  if (invalid.length > 0) return { verdict: 'invalid', reason: invalid.join('; ') };
  if (shift === null) return { verdict: 'inconclusive', reason: noData };
  if (pAdjusted === null || shift.untested !== null) {
    return { verdict: 'inconclusive', reason: shift.untested?.verdictReason ?? noData };
  }
  return decideVerdict({ shift, pAdjusted, better: cell.metric.better, margin });
}

function listReasons({ cell, baseline, candidate, shift, noData }: MeasuredCell): NullReasons {
  return {
    ...(shift === null ? explainNoShiftFields(noData) : explainShiftFields(shift)),
    ...explainSide('baseline', baseline.n, cell),
    ...explainSide('candidate', candidate.n, cell),
    spread: 'the spread test is not part of this version',
  };
}

function explainSide(side: string, n: number, cell: MeasuredCell['cell']): NullReasons {
  const none = `no measured sample of the ${side}`;
  const noReplies = keepsReplies(cell)
    ? 'the samples keep no single replies'
    : 'only the latency of ping has single replies';
  return {
    [side]: none,
    [`${side}.medianInterval95`]: n === 0 ? none : `${n} ${n === 1 ? 'sample' : 'samples'}; 6 needed`,
    [`${side}.replies`]: n === 0 && keepsReplies(cell) ? none : noReplies,
  };
}
