import { ConfigurationError } from '../errors.ts';
import type { Comparison, Verdict } from './comparison.schema.ts';
import { decideGate, hasUsableCell, refuseIdleGate } from './decide-gate.ts';
import { precedence } from './family-verdict.ts';
import type { Policy } from './policy.schema.ts';

/** One (host, comparison) of a report: its result, or why there is none. */
export interface JudgedSection {
  readonly comparison: string;
  readonly host: string;
  readonly result: Comparison | null;
  /** One sentence where `result` is null. */
  readonly missing: string | null;
}

export interface GateDecision {
  readonly conclusion: 'success' | 'failure' | 'neutral';
  readonly sentence: string;
}

export interface SectionsJudgement {
  /** The worst news of all sections, as in `family.verdict`; `none`: no section has a result. */
  readonly verdict: Verdict | 'none';
  readonly gate: GateDecision;
}

/**
 * What several comparisons say together, by the rules of `tunegate compare --gate`: a regression, an invalid cell, a
 * run that did not come to its end or a missing one close the gate, and so does a gate that could never close.
 */
export function judgeSections(sections: readonly JudgedSection[], policy: Policy): SectionsJudgement {
  const results = sections.flatMap(({ result }) => (result === null ? [] : [result]));
  const verdict = precedence.find((word) => results.some(({ family }) => family.verdict === word)) ?? 'none';
  const reasons = sections.flatMap((section) => findReason(section, policy));
  const worst = reasons.find(({ regressed }) => regressed) ?? reasons[0];
  if (worst !== undefined) {
    const more = reasons.length > 1 ? ` (and ${reasons.length - 1} more of ${sections.length} comparisons)` : '';
    return { verdict, gate: { conclusion: 'failure', sentence: `${worst.reason}${more}.` } };
  }
  if (verdict === 'none') return { verdict, gate: { conclusion: 'failure', sentence: 'Nothing was compared.' } };
  return { verdict, gate: { conclusion: 'success', sentence: passes[verdict] } };
}

const passes: Readonly<Record<Verdict, string>> = {
  improved: 'No primary cell regressed, and at least one improved.',
  unchanged: 'No primary cell changed by more than its margin.',
  inconclusive: 'No regression was shown, but the data do not settle every primary cell; this policy lets that pass.',
  // Neither passes; here for the sake of completeness.
  regressed: 'A primary cell regressed.',
  invalid: 'A primary cell is invalid.',
};

interface Reason {
  readonly regressed: boolean;
  readonly reason: string;
}

function findReason({ comparison, host, result, missing }: JudgedSection, policy: Policy): readonly Reason[] {
  const place = `${comparison} on ${host}`;
  const because = (reason: string, regressed = false) => [{ regressed, reason: `${place}: ${reason}` }];
  if (result === null) return because((missing ?? 'there is no result').replace(/\.$/, ''));
  if (!hasUsableCell(result)) return because('no cell was measured on both sides');
  const { regressed, invalid } = result.family;
  const code = decideGate(result, policy);
  if (code === 3) return because(`${count(regressed, 'primary cell')} regressed`, true);
  if (code === 4) return because(explainNoAnswer(result, invalid));
  try {
    refuseIdleGate(result, policy);
  } catch (thrown) {
    if (!(thrown instanceof ConfigurationError)) throw thrown;
    return because(thrown.message.replace(/^--gate/, 'this gate'));
  }
  return [];
}

function explainNoAnswer({ context, family }: Comparison, invalid: number): string {
  if (invalid > 0)
    return `${count(invalid, 'primary cell')} cannot be judged, because the sides differ in more than the change`;
  if (context !== null && context.status !== 'complete') return `the run did not come to its end (${context.status})`;
  const verb = family.inconclusive === 1 ? 'is' : 'are';
  return `${count(family.inconclusive, 'primary cell')} ${verb} inconclusive, which this policy does not let pass`;
}

function count(number: number, thing: string): string {
  return `${number} ${thing}${number === 1 ? '' : 's'}`;
}
