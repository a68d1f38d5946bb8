import { formatChange, formatNumber } from '../units.ts';
import type { Verdict } from './comparison.schema.ts';
import type { Shift } from './shift.ts';

/** Level of a whole family of cells; the p values that come here are adjusted to it. */
export const familyLevel = 0.05;

export interface VerdictQuestion {
  readonly shift: Pick<Shift, 'scale' | 'estimate' | 'interval90' | 'sameness'>;
  readonly pAdjusted: number;
  readonly better: 'higher' | 'lower';
  /** Relative; null for a difference, which has none. */
  readonly margin: number | null;
}

export interface Decision {
  readonly verdict: Verdict;
  readonly reason: string;
}

/**
 * The verdict on a tested cell. With e the log ratio turned so that positive is better and m = ln(1 + margin):
 * regressed if p <= 0.05 and e <= -m; improved if p <= 0.05 and e >= m; unchanged if the 90 % interval lies inside
 * (-m, m), which is two one-sided tests at 5 %; inconclusive otherwise.
 *
 * A difference (loss, retransmits) has no margin, so a difference that is no chance is a verdict whatever its size,
 * and `unchanged` is said only when both sides agree exactly.
 */
export function decideVerdict(question: VerdictQuestion): Decision {
  return question.margin === null ? decideDifference(question) : decideRatio(question, question.margin);
}

function decideRatio({ shift, pAdjusted, better }: VerdictQuestion, margin: number): Decision {
  const threshold = Math.log1p(margin);
  const change = showChange(shift.estimate);
  const limit = `the margin of ${formatMargin(margin)}`;
  if (pAdjusted <= familyLevel && Math.abs(shift.estimate) >= threshold) {
    const reason = `${change} exceeds ${limit}, adjusted ${formatP(pAdjusted)}`;
    return { verdict: turn(shift.estimate, better), reason };
  }
  const range = shift.interval90;
  if (range !== null && -threshold < range[0] && range[1] < threshold) {
    return { verdict: 'unchanged', reason: `the 90 % interval ${formatRange(range)} lies inside ${limit}` };
  }
  const reasons = {
    nearMargin: `${change} is no chance (adjusted ${formatP(pAdjusted)}), but may be smaller than ${limit}`,
    perhapsChance: `${change} exceeds ${limit}, but may be chance (adjusted ${formatP(pAdjusted)})`,
    tooWide: `the 90 % interval ${range === null ? '' : `${formatRange(range)} `}reaches beyond ${limit}`,
  };
  if (pAdjusted <= familyLevel) return { verdict: 'inconclusive', reason: reasons.nearMargin };
  const reason = Math.abs(shift.estimate) >= threshold ? reasons.perhapsChance : reasons.tooWide;
  return { verdict: 'inconclusive', reason };
}

function decideDifference({ shift, pAdjusted, better }: VerdictQuestion): Decision {
  if (pAdjusted <= familyLevel) {
    return {
      verdict: turn(shift.estimate, better),
      reason: `the difference is no chance, adjusted ${formatP(pAdjusted)}`,
    };
  }
  if (shift.sameness !== null) return { verdict: 'unchanged', reason: shift.sameness };
  const reason = `no difference is shown (adjusted ${formatP(pAdjusted)}), and without a margin none can be excluded`;
  return { verdict: 'inconclusive', reason };
}

function turn(estimate: number, better: 'higher' | 'lower'): 'improved' | 'regressed' {
  return estimate > 0 === (better === 'higher') ? 'improved' : 'regressed';
}

function formatMargin(relative: number): string {
  return `${Number((relative * 100).toPrecision(3))} %`;
}

function formatRange([low, high]: readonly [number, number]): string {
  return `(${showChange(low)} to ${showChange(high)})`;
}

/** Beyond this factor nobody reads digits, and some have hundreds. */
const largestShown = 1e6;

function showChange(logRatio: number): string {
  const ratio = Math.exp(logRatio);
  if (ratio > largestShown) return 'more than a millionfold';
  return formatChange(ratio);
}

function formatP(p: number): string {
  return p < 0.0001 ? 'p < 0.0001' : `p ${formatNumber(p)}`;
}
