import { computeShift } from './hodges-lehmann.ts';
import { compareRanks } from './mann-whitney-test.ts';

/** The difference candidate - baseline within each block (usually of logarithms), by the side that was measured first. */
export interface OrderedDifferences {
  readonly baselineFirst: readonly number[];
  readonly candidateFirst: readonly number[];
}

export interface OrderEffect {
  readonly kind: 'tested';
  /** What being measured second adds, in the differences' unit: half the Hodges-Lehmann shift between the two orders. */
  readonly secondMinusFirst: number;
  /** Two-sided, above 0, at most 1. */
  readonly p: number;
}

/** All blocks began with the same side: order and treatment cannot be told apart. */
export interface OneOrder {
  readonly kind: 'one-order';
}

/**
 * Whether it matters which side of a block is measured first. What comes second gains s: blocks that begin with the
 * baseline then differ by d + s, the others by d - s, so the two kinds differ by 2 s; p is the exact rank test's.
 * Ties are fine; constant differences give 0 and p = 1; swapping the sides changes nothing. With 3 against 3 blocks p is never below 0.1.
 * Source: two-period cross-over, Koch 1972, Biometrics 28; p: `compareRanks`.
 * Example: `[3, 4]` with the baseline first against `[1, 2]` gives 1 and p = 2/6.
 *
 * @throws RangeError when a difference is not finite
 */
export function testOrderEffect({ baselineFirst, candidateFirst }: OrderedDifferences): OrderEffect | OneOrder {
  if (baselineFirst.length === 0 || candidateFirst.length === 0) return { kind: 'one-order' };
  const { estimate } = computeShift(candidateFirst, baselineFirst);
  return { kind: 'tested', secondMinusFirst: estimate / 2, p: compareRanks(candidateFirst, baselineFirst).p };
}
