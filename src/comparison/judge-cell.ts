import type { ComparisonCell, Diagnostic } from './comparison.schema.ts';
import { type Decision, decideVerdict, familyLevel } from './decide-verdict.ts';
import { explainNulls, type NullReasons } from './explain-nulls.ts';
import type { MeasuredCell } from './measure-cell.ts';
import { buildShiftFields, explainNoShiftFields, explainShiftFields, noShiftFields } from './shift-fields.ts';
import type { NoSpread, Spread } from './spread.ts';

/** What is known of a cell once all cells are measured. */
export interface Judgement {
  /** Holm over the cells of the same role; null without a test. */
  readonly pAdjusted: number | null;
  readonly spread: Spread | NoSpread;
  readonly spreadPAdjusted: number | null;
  /** null for a difference. */
  readonly margin: ComparisonCell['margin'];
  /** What the cell needs so that a change can be found at all; null when it has that. */
  readonly lacking: string | null;
  /** With the outliers among them. */
  readonly diagnostics: readonly Diagnostic[];
  readonly sensitivity: ComparisonCell['sensitivity'];
}

/** The cell as the document shows it: figures, verdict with its reason, and why what is null is null. */
export function judgeCell(measured: MeasuredCell, judgement: Judgement): ComparisonCell {
  const { cell, baseline, candidate, shift, warnings } = measured;
  const { name, unit, better } = cell.metric;
  const { pAdjusted, margin, diagnostics, sensitivity } = judgement;
  const before = decideCell(measured, judgement);
  const { verdict, reason } = applyDiagnostics(before, diagnostics);
  const accelerator = cell.circumstances?.accelerator ?? null;
  const figures = {
    baseline,
    candidate,
    ...(shift === null ? noShiftFields : buildShiftFields(shift)),
    pAdjusted,
    spread: buildSpreadFields(judgement, before.verdict === 'invalid'),
    margin,
    ...(sensitivity === undefined ? {} : { sensitivity }),
  };
  const { ratio, difference, p, pMethod, spread, detectableChange } = figures;
  return {
    id: cell.id,
    role: cell.role,
    metric: { name, unit, better },
    observation: cell.observation,
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
    verdictBeforeDiagnostics: before.verdict,
    diagnostics: [...diagnostics],
    ...(sensitivity === undefined ? {} : { sensitivity }),
    ...(accelerator === null ? {} : { accelerator }),
    warnings: [...warnings],
    missing: explainNulls(figures, listReasons(measured, judgement)),
  };
}

/** The verdict of the figures alone. */
export function decideCell(
  { cell, shift, noData }: Pick<MeasuredCell, 'cell' | 'shift' | 'noData'>,
  { pAdjusted, margin, lacking }: Pick<Judgement, 'pAdjusted' | 'margin' | 'lacking'>,
): Decision {
  const invalid = cell.circumstances?.invalid ?? [];
  if (invalid.length > 0) return { verdict: 'invalid', reason: invalid.join('; ') };
  if (shift === null) return { verdict: 'inconclusive', reason: noData };
  if (pAdjusted === null || shift.untested !== null) {
    return { verdict: 'inconclusive', reason: shift.untested?.verdictReason ?? noData };
  }
  const decision = decideVerdict({ shift, pAdjusted, better: cell.metric.better, margin: margin?.value ?? null });
  return decision.verdict === 'inconclusive' && lacking !== null
    ? { verdict: 'inconclusive', reason: lacking }
    : decision;
}

/** Only ever away from a verdict that says something. */
function applyDiagnostics(decision: Decision, diagnostics: readonly Diagnostic[]): Decision {
  const fired = diagnostics.filter((diagnostic) => diagnostic.fired);
  if (fired.length === 0 || decision.verdict === 'invalid' || decision.verdict === 'inconclusive') return decision;
  return { verdict: 'inconclusive', reason: fired.map(({ kind, finding }) => `${kind}: ${finding}`).join('; ') };
}

/** No margin: a spread that differs is a finding whatever its size. */
function buildSpreadFields({ spread, spreadPAdjusted }: Judgement, isInvalid: boolean): ComparisonCell['spread'] {
  if ('because' in spread) {
    return { ratio: null, interval95: null, p: null, pAdjusted: null, pMethod: null, verdict: null };
  }
  const { ratio, interval95, p, pMethod } = spread;
  const figures = { ratio, interval95, p, pAdjusted: spreadPAdjusted, pMethod };
  if (isInvalid) return { ...figures, verdict: null };
  if (spreadPAdjusted === null || spreadPAdjusted > familyLevel) return { ...figures, verdict: 'inconclusive' };
  return { ...figures, verdict: ratio < 1 ? 'improved' : 'regressed' };
}

function listReasons({ cell, baseline, candidate, shift, noData }: MeasuredCell, judgement: Judgement): NullReasons {
  const { spread } = judgement;
  return {
    ...(shift === null ? explainNoShiftFields(noData) : explainShiftFields(shift)),
    ...explainSide('baseline', baseline.n, cell),
    ...explainSide('candidate', candidate.n, cell),
    spread: 'because' in spread ? spread.because : 'the sides must not be compared',
    'spread.interval95': 'because' in spread ? spread.because : 'some of its draws have no scatter on a side',
    sensitivity: 'without the labelled values there is no test',
  };
}

function explainSide(side: string, n: number, { circumstances }: MeasuredCell['cell']): NullReasons {
  const none = `no measured sample of the ${side}`;
  const keepsReplies = circumstances?.replies != null;
  const noReplies = circumstances?.noReplies ?? 'the data came without single replies';
  return {
    [side]: none,
    [`${side}.medianInterval95`]: n === 0 ? none : `${n} ${n === 1 ? 'sample' : 'samples'}; 6 needed`,
    [`${side}.replies`]: n === 0 && keepsReplies ? none : noReplies,
  };
}
