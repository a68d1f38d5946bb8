import { sortAscending } from '../../../src/statistics/quantile.ts';
import { answer, type PeerRule } from './rule.ts';

/**
 * Kernel test robot (intel/lkp-tests, `lib/stats.rb`, `lib/changed_stat.rb`): with 3 runs or more a change is reported when
 * the ranges of the sides do not overlap and the gap between them is more than half the distance of the middle values;
 * a thirty-second of the values is cut off at either end first.
 */
export const lkp: PeerRule = {
  name: 'lkp',
  decide: ({ baseline, candidate }) => {
    const [left, right] = [describeRange(baseline), describeRange(candidate)];
    const difference = right.middle - left.middle;
    const gap = difference > 0 ? right.low - left.high : left.low - right.high;
    const share = difference === 0 ? -Infinity : gap / Math.abs(difference);
    return answer(share > 0.5, difference, -share);
  },
};

function describeRange(values: readonly number[]): { low: number; middle: number; high: number } {
  const cut = Math.floor(values.length / 32);
  const kept = sortAscending(values).subarray(cut, values.length - cut);
  const at = (index: number) => kept[index] as number;
  return { low: at(0), middle: at(Math.floor(kept.length / 2)), high: at(kept.length - 1) };
}
