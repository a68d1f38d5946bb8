import type { Interval } from './comparison.schema.ts';

/**
 * How far the candidate lies from the baseline, on the scale on which it was computed: natural logarithm of
 * candidate / baseline for `ratio`, candidate - baseline in the metric's unit for `difference`.
 * Every rule of observation yields one, so that estimate, intervals and p of a row come from one computation.
 */
export interface Shift {
  readonly scale: 'ratio' | 'difference';
  readonly estimate: number;
  readonly interval95: Interval | null;
  readonly interval90: Interval | null;
  /** Two-sided, not adjusted. */
  readonly p: number | null;
  readonly pMethod: string | null;
  /** Smallest upward log ratio that is found with power 0.8; null without a test and for a difference. */
  readonly detectable: number | null;
  /** What is exactly the same on both sides, in words; null when anything differs. */
  readonly sameness: string | null;
  /** Why p and the intervals are null; null when they are not. */
  readonly untested: Untested | null;
  readonly warnings: readonly string[];
}

export interface Untested {
  /** For `missing`: what there is and what is needed. */
  readonly because: string;
  /** For the row: what the reader can do, or must know. */
  readonly verdictReason: string;
}

/** Chance with which a change of the size `detectable` is found. */
export const detectionPower = 0.8;

export const noStandardError = 'no deployment differs from the others of its side, so there is no standard error';

export const noTest = {
  interval95: null,
  interval90: null,
  p: null,
  pMethod: null,
  detectable: null,
  sameness: null,
  warnings: [],
} as const;
