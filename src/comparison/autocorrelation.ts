import { normalCdf } from '../statistics/normal.ts';
import { createRandom } from '../statistics/random.ts';
import { computeRankAutocorrelation } from '../statistics/rank-autocorrelation.ts';
import { formatNumber } from '../units.ts';
import type { Diagnostic } from './comparison.schema.ts';
import type { Residual, ResidualSeries } from './residual-series.ts';

/** A weaker one widens an interval by less than a twentieth, however sure it is on very many values. */
const leastCoefficient = 0.05;

/** From this many values on the coefficient is normal with variance 1/n (Bartlett 1946), and drawing would take long. */
const manyValues = 150;

/**
 * Whether neighbours in time resemble each other, which makes every p too small. Both sides are one series where their
 * common order is known; else each is one of its own, and p is twice the smaller.
 *
 * @param seed of the stream of draws
 */
export function findAutocorrelation(series: ResidualSeries, seed: string, level: number): readonly Diagnostic[] {
  const found = chooseSeries(series).flatMap((values) => testSeries(values, seed));
  const strongest = found.toSorted((left, right) => left.p - right.p)[0];
  if (strongest === undefined) return [];
  const p = Math.min(1, strongest.p * found.length);
  const fired = p <= level && strongest.coefficient >= leastCoefficient;
  const shown = p < 0.0001 ? 'p < 0.0001' : `p ${formatNumber(p)}`;
  const likeness = fired ? 'values resemble' : 'no likeness is shown of values to';
  const finding = `${likeness} those measured just before (rank autocorrelation ${strongest.coefficient.toFixed(2)}, ${shown})`;
  return [{ kind: 'autocorrelation', fired, p, finding }];
}

function chooseSeries({ baseline, candidate }: ResidualSeries): readonly (readonly number[])[] {
  const all = [...baseline, ...candidate];
  const read = (residuals: readonly Residual[]) => residuals.map(({ value }) => value);
  if (all.some(({ order }) => order === null)) return [read(baseline), read(candidate)];
  return [read(all.toSorted((left, right) => (left.order ?? 0) - (right.order ?? 0)))];
}

function testSeries(values: readonly number[], seed: string): readonly { coefficient: number; p: number }[] {
  const isLong = values.length > manyValues;
  const options = { random: createRandom(seed), ...(isLong ? { resamples: 1 } : {}) };
  const found = computeRankAutocorrelation(values, options);
  if (found.kind === 'constant') return [];
  const { coefficient, pPositive } = found;
  const p = isLong ? normalCdf(-(coefficient + 1 / values.length) * Math.sqrt(values.length)) : pPositive;
  return [{ coefficient, p }];
}
