import type { Comparison } from '../src/comparison/comparison.schema.ts';
import { describeGuestRatios } from './guest-ratios.ts';
import { compareGuests } from './guest-table.ts';
import type { Remark } from './remarks.ts';
import { describeSpread } from './spread.ts';
import { describeTestHeadlines } from './test-headlines.ts';

/** What the rows show together, after the table of the rows themselves; those that have nothing to say are left out. */
export function listComparisons(comparison: Comparison): readonly Remark[] {
  return [
    describeTestHeadlines(comparison),
    describeSpread(comparison),
    compareGuests(comparison),
    describeGuestRatios(comparison),
  ].flatMap((remark) => (remark === null ? [] : [remark]));
}
