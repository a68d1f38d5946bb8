import type { Interval } from './comparison.schema.ts';

/** How much more the candidate's values scatter; a ratio of mean distances. */
export interface Spread {
  readonly ratio: number;
  readonly interval95: Interval | null;
  readonly p: number;
  readonly pMethod: 'permutation' | 'normal-permutation';
}

/** Why there is no spread to compare. */
export interface NoSpread {
  readonly because: string;
}
