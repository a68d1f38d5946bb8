import { type SeriesRule, watchAnew } from './series-rule.ts';

export interface PerfherderOptions {
  readonly leastBack: number;
  readonly mostBack: number;
  readonly forward: number;
  readonly threshold: number;
}

const defaults: PerfherderOptions = { leastBack: 12, mostBack: 24, forward: 12, threshold: 7 };

/**
 * Changes as Mozilla's Perfherder finds them (mozilla/treeherder, `perfalert`): t of linearly weighted means, the value
 * nearest to the split weighing most, of up to 12 values from a place on and of 12 to 24 before it: more of them the
 * longer nothing has happened. A change is where t exceeds the threshold and both neighbours' t.
 */
export function findPerfherderChanges(
  series: readonly number[],
  { leastBack, mostBack, forward, threshold }: PerfherderOptions = defaults,
): readonly number[] {
  let quiet = 0;
  const scores = series.map((_, place) => {
    const reach = Math.min(Math.max(quiet, leastBack), mostBack);
    const before = series.slice(Math.max(0, place - reach), place).reverse();
    const t = place === 0 ? 0 : Math.abs(computeWeightedT(before, series.slice(place, place + forward)));
    quiet = t > threshold ? 0 : quiet + 1;
    return t;
  });
  const at = (place: number) => scores[place] ?? 0;
  return [...scores.keys()].filter((place) => {
    const isFull = place >= leastBack && series.length - place >= forward;
    return isFull && at(place) > threshold && at(place) >= at(place - 1) && at(place) >= at(place + 1);
  });
}

/** t of two stretches, each with the value nearest to the split first; infinite where neither varies. */
export function computeWeightedT(before: readonly number[], after: readonly number[]): number {
  const [left, right] = [weigh(before), weigh(after)];
  const difference = right.mean - left.mean;
  if (before.length === 0 || after.length === 0 || difference === 0) return 0;
  return difference / Math.sqrt(left.variance / before.length + right.variance / after.length);
}

export const perfherder: SeriesRule = {
  name: 'Perfherder',
  watch: (series, first) => watchAnew((seen) => findPerfherderChanges(seen), series, first),
};

/** Weights fall from 1 in steps of 1/n; the variance is around the weighted mean, but not weighted itself. */
export function weigh(values: readonly number[]): { mean: number; variance: number } {
  const count = values.length;
  const weights = values.map((_, index) => (count - index) / count);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const mean = values.reduce((sum, value, index) => sum + value * (weights[index] as number), 0) / total;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, variance: count > 1 ? squares / (count - 1) : 0 };
}
