import { computeTwoSidedTail } from '../../../src/statistics/student-t.ts';
import { createSplitter, type Split } from './energy-split.ts';
import { type SeriesRule, watchAnew } from './series-rule.ts';

export interface OtavaOptions {
  readonly window: number;
  /** Largest p of a change that is kept. */
  readonly p: number;
  /** Smallest relative change that is kept. */
  readonly magnitude: number;
}

const defaults: OtavaOptions = { window: 50, p: 0.001, magnitude: 0 };

/** A change, and how different the stretches before and after it are. */
interface Judged {
  readonly place: number;
  readonly p: number;
  readonly magnitude: number;
}

/**
 * Change points as Apache Otava finds them (`otava/analysis.py`, version 0.8.0): E-divisive candidates in windows that
 * move by half their length, kept while Student's t has p up to ten times the limit; then the weakest is dropped until
 * all are below the limit and above the magnitude. The deviation is the population's, so p is too small for short
 * stretches; after a drop Otava looks again at the two changes that follow, not at the one before, and so do we.
 */
export function findOtavaChanges(series: readonly number[], options: OtavaOptions = defaults): readonly number[] {
  const { p, window, magnitude } = options;
  const relaxed = p < 0.05 ? p * 10 : p < 0.5 ? p * 2 : p;
  return dropWeak(series, splitByWindows(series, window, relaxed), { p, magnitude }).map(({ place }) => place);
}

export const otava: SeriesRule = {
  name: 'Otava',
  watch: (series, first) => watchAnew((seen) => findOtavaChanges(seen), series, first),
};

export const otavaOnePercent: SeriesRule = {
  name: 'Otava, from 1 %',
  watch: (series, first) =>
    watchAnew((seen) => findOtavaChanges(seen, { ...defaults, magnitude: 0.01 }), series, first),
};

function splitByWindows(series: readonly number[], window: number, limit: number): readonly number[] {
  const places = new Set<number>();
  const step = Math.floor(window / 2);
  for (let start = 0; start < series.length; ) {
    const found = splitAgain(series.slice(start, start + window), limit).map((place) => place + start);
    for (const place of found) places.add(place);
    start = Math.max(found.at(-1) ?? 0, start + step);
  }
  return [...places].sort((left, right) => left - right);
}

/** Splits the stretch with the largest split until that is no longer significant. */
function splitAgain(series: readonly number[], limit: number): readonly number[] {
  const split = createSplitter(series);
  let stretches: { from: number; to: number; best: Split | null }[] = [];
  const add = (from: number, to: number) => ({ from, to, best: to - from > 1 ? split(from, to) : null });
  if (series.length > 0) stretches = [add(0, series.length)];
  const places: number[] = [];
  for (;;) {
    const sizeOf = ({ best }: { best: Split | null }) => best?.size ?? -Infinity;
    const [next] = [...stretches].sort((left, right) => sizeOf(right) - sizeOf(left));
    if (next === undefined || next.best === null) break;
    const { from, to, best } = next;
    if (!(compareStretches(series.slice(from, best.place), series.slice(best.place, to)).p <= limit)) break;
    places.push(best.place);
    stretches = [...stretches.filter((stretch) => stretch !== next), add(from, best.place), add(best.place, to)];
    stretches.sort((left, right) => left.from - right.from);
  }
  return places.sort((left, right) => left - right);
}

function dropWeak(
  series: readonly number[],
  places: readonly number[],
  limits: Pick<OtavaOptions, 'p' | 'magnitude'>,
): readonly Judged[] {
  const judge = (all: readonly { place: number }[], index: number): Judged => {
    const place = all[index]?.place ?? 0;
    const [from, to] = [all[index - 1]?.place ?? 0, all[index + 1]?.place ?? series.length];
    return { place, ...compareStretches(series.slice(from, place), series.slice(place, to)) };
  };
  const start = places.map((place) => ({ place }));
  const kept = start.map((_, index) => judge(start, index));
  while (kept.length > 0) {
    let weakest = indexOfLargest(kept.map(({ p }) => p));
    if ((kept[weakest]?.p ?? 1) < limits.p) {
      weakest = indexOfLargest(kept.map(({ magnitude }) => -magnitude));
      if ((kept[weakest]?.magnitude ?? 0) > limits.magnitude) break;
    }
    kept.splice(weakest, 1);
    for (const index of [weakest, weakest + 1]) if (index < kept.length) kept[index] = judge(kept, index);
  }
  return kept;
}

function indexOfLargest(values: readonly number[]): number {
  return values.reduce((best, value, index) => (value > (values[best] as number) ? index : best), 0);
}

function compareStretches(left: readonly number[], right: readonly number[]): Omit<Judged, 'place'> {
  const [before, after] = [describe(left), describe(right)];
  const freedom = left.length + right.length - 2;
  const magnitude = Math.max(Math.abs(after.mean / before.mean - 1), Math.abs(before.mean / after.mean - 1));
  if (freedom < 1) return { p: 1, magnitude };
  const variance = ((left.length - 1) * before.variance + (right.length - 1) * after.variance) / freedom;
  const t = (after.mean - before.mean) / Math.sqrt(variance * (1 / left.length + 1 / right.length));
  return { p: Number.isNaN(t) ? 1 : computeTwoSidedTail(t, freedom), magnitude };
}

function describe(values: readonly number[]): { mean: number; variance: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return { mean, variance: values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length };
}
