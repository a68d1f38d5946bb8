import type { Random } from '../../../src/statistics/random.ts';

export interface TwoSides {
  readonly baseline: readonly number[];
  readonly candidate: readonly number[];
}

export interface Answer {
  /** Where the candidate's values lie according to the rule; null: no difference is reported. */
  readonly found: 'up' | 'down' | null;
  /** The rule claims that the sides are the same; most peers never do. */
  readonly same: boolean;
  /** Evidence for a difference, the smaller the stronger: a p value where the rule has one. */
  readonly score: number;
}

/** A peer's way to compare two lists of values. Peers know nothing of blocks and deployments: all values are one list. */
export interface PeerRule {
  readonly name: string;
  readonly decide: (sides: TwoSides, random: Random) => Answer;
}

/** The direction of a difference that a rule has found. */
export function answer(isFound: boolean, difference: number, score: number): Answer {
  return { found: isFound ? (difference > 0 ? 'up' : 'down') : null, same: false, score };
}

export function computeMean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
