import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { computeAllocationP } from '../../src/statistics/allocations.ts';
import { computeMedian } from '../../src/statistics/quantile.ts';
import { createRandom } from '../../src/statistics/random.ts';
import { compareDistances, computeSpreadInterval } from '../../src/statistics/spread-test.ts';
import { drawExponential } from '../evaluation/simulation/draws.ts';
import { pairs } from './rank-reference.ts';

const random = () => createRandom(1);
const distances = fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 1, maxLength: 4 });
const someStrata = fc.array(fc.record({ baseline: distances, candidate: distances }), { minLength: 1, maxLength: 3 });

function measureDistances(values: readonly number[]): number[] {
  const centre = computeMedian(values);
  return values.map((value) => Math.abs(value - centre));
}

describe('compareDistances', () => {
  it('has the worked example', () => {
    expect(compareDistances([{ baseline: [1, 1], candidate: [4, 4] }], { random: random() })).toEqual({
      kind: 'tested',
      ratio: 4,
      p: 2 / 6,
      exhaustive: true,
    });
  });

  it('counts ratios that are as far below 1 as those above', () => {
    // Alone on their side 5, 3, 1.2 and 0.8 have the ratios 3, 1.29, 0.41 and 0.26; 1/3 is the limit.
    const strata = [{ baseline: [3, 1.2, 0.8], candidate: [5] }];
    expect(compareDistances(strata, { random: random() })).toMatchObject({ p: 2 / 4, exhaustive: true });
  });

  it('has the ratio of the reference', () => {
    for (const { a, b, dispersion } of pairs) {
      if (dispersion.logAadRatio_b_over_a === null) continue;
      const strata = [{ baseline: measureDistances(a), candidate: measureDistances(b) }];
      const found = compareDistances(strata, { random: random(), resamples: 99 });
      if (found.kind !== 'tested') throw new Error('expected spread');
      expect(Math.log(found.ratio)).toBeCloseTo(dispersion.logAadRatio_b_over_a, 9);
    }
  });

  it('finds nothing where nothing spreads, takes one side without spread, refuses what is no distance', () => {
    expect(compareDistances([{ baseline: [0, 0], candidate: [0] }], { random: random() })).toEqual({
      kind: 'constant',
    });
    expect(compareDistances([], { random: random() })).toEqual({ kind: 'constant' });
    expect(compareDistances([{ baseline: [1, 2], candidate: [] }], { random: random() })).toEqual({ kind: 'constant' });
    const oneSided = compareDistances([{ baseline: [0, 0], candidate: [1, 1] }], { random: random() });
    expect(oneSided).toEqual({ kind: 'tested', ratio: Infinity, p: 2 / 6, exhaustive: true });
    expect(() => compareDistances([{ baseline: [-1], candidate: [1] }], { random: random() })).toThrow('found -1');
  });

  it.each([
    ['alike', 1],
    ['one larger by half', 1.5],
    ['one much larger', 2.5],
  ])('counts what drawing comes to, 20 against 20 distances: %s', (_, factor) => {
    const generator = createRandom(`distances ${factor}`);
    const draw = (times: number) => Array.from({ length: 20 }, () => times * drawExponential(generator));
    const [baseline, candidate] = [draw(1), draw(factor)];
    const found = compareDistances([{ baseline, candidate }], { random: random() });
    if (found.kind !== 'tested') throw new Error('expected spread');
    expect(found.exhaustive).toBe(true);
    const [low, high] = [baseline, candidate]
      .map((values) => values.reduce((sum, value) => sum + value, 0))
      .sort((one, other) => one - other);
    const strata = [{ values: Float64Array.from([...baseline, ...candidate]).sort(), chosen: 20 }];
    const bounds = { low: (low ?? 0) + 1e-9, high: (high ?? 0) - 1e-9 };
    const drawn = computeAllocationP({ strata, ...bounds, resamples: 400_000, random: random() });
    expect(drawn.exhaustive).toBe(false);
    // Four standard errors of the draws, and a hundredth for the rounding.
    expect(Math.abs(found.p - drawn.p)).toBeLessThan(4 * Math.sqrt(drawn.p / 400_000) + drawn.p / 100);
  });

  it('counts nothing where the smallest numbers cannot be divided, and draws', () => {
    const side = (value: number) => Array.from({ length: 20 }, () => value);
    const found = compareDistances([{ baseline: side(0), candidate: side(5e-324) }], { random: random() });
    expect(found).toMatchObject({ ratio: Infinity, exhaustive: false });
  });

  it('is symmetric, does not care about scale, is never 0 and changes no input', () => {
    fc.assert(
      fc.property(someStrata, (strata) => {
        const options = () => ({ random: random(), resamples: 99 });
        const found = compareDistances(Object.freeze(strata), options());
        const swapped = compareDistances(
          strata.map(({ baseline, candidate }) => ({ baseline: candidate, candidate: baseline })),
          options(),
        );
        expect(swapped.kind).toBe(found.kind);
        if (found.kind !== 'tested' || swapped.kind !== 'tested') return;
        expect(found.p).toBeGreaterThan(0);
        expect(swapped.p).toBe(found.p);
        const double = (values: readonly number[]) => values.map((value) => value * 1024);
        const scaled = strata.map((stratum) => ({
          baseline: double(stratum.baseline),
          candidate: double(stratum.candidate),
        }));
        expect(compareDistances(scaled, options())).toEqual(found);
      }),
      { numRuns: 50 },
    );
  });
});

describe('computeSpreadInterval', () => {
  it('holds the estimate, and is null where there is none', () => {
    const generator = createRandom(5);
    const draw = () => Array.from({ length: 4 }, () => 1 + generator.nextBelow(100));
    const strata = Array.from({ length: 5 }, () => ({ baseline: draw(), candidate: draw() }));
    const found = compareDistances(strata, { random: random(), resamples: 99 });
    for (const unit of ['blocks', 'entries'] as const) {
      const [low, high] = computeSpreadInterval(strata, { unit, random: random() }) ?? [NaN, NaN];
      expect(low).toBeLessThan(found.kind === 'tested' ? found.ratio : NaN);
      expect(high).toBeGreaterThan(found.kind === 'tested' ? found.ratio : NaN);
    }
    expect(computeSpreadInterval([{ baseline: [0], candidate: [0] }], { unit: 'blocks', random: random() })).toBeNull();
    expect(computeSpreadInterval([{ baseline: [0], candidate: [1] }], { unit: 'blocks', random: random() })).toBeNull();
  });
});
