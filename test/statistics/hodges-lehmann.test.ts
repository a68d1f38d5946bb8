import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { computeRatio, computeShift } from '../../src/statistics/hodges-lehmann.ts';
import { createRandom } from '../../src/statistics/random.ts';
import { selectDifference } from '../../src/statistics/select-difference.ts';
import { pairs } from './rank-reference.ts';
import { relativeError } from './reference-values.ts';

const side = fc.array(fc.oneof(fc.integer({ min: -3, max: 3 }), fc.double({ min: -1e6, max: 1e6, noNaN: true })), {
  minLength: 1,
  maxLength: 12,
});
const positive = fc.array(fc.double({ min: 0.001, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 12 });

describe('selectDifference', () => {
  it('finds every order among the differences written out', () => {
    fc.assert(
      fc.property(side, side, (a, b) => {
        const [left, right] = [Float64Array.from(a).sort(), Float64Array.from(b).sort()];
        const all = Float64Array.from(a.flatMap((low) => b.map((high) => high - low))).sort();
        // Adding 0 turns minus zero into zero.
        for (const [index, wanted] of all.entries()) {
          expect(selectDifference(left, right, index + 1) + 0).toBe(wanted + 0);
        }
      }),
    );
  });

  it('ends between neighbouring, smallest and largest numbers', () => {
    const select = (a: number[], b: number[], order: number) =>
      selectDifference(Float64Array.from(a), Float64Array.from(b), order);
    expect(select([0], [1, 1 + Number.EPSILON], 2)).toBe(1 + Number.EPSILON);
    expect(select([0], [0, Number.MIN_VALUE], 2)).toBe(Number.MIN_VALUE);
    expect(select([0], [-1e308, 0, 1e308], 2)).toBe(0);
    expect(select([-1e308], [1e308], 1)).toBe(Number.MAX_VALUE);
    expect(select([-1e308, 1e308], [1e308], 1)).toBe(0);
    expect(() => select([1], [1], 2)).toThrow('expected an order from 1 to 1, found 2');
  });
});

describe('computeShift', () => {
  it.each(pairs)('agrees with the reference on $name', ({ a, b, hodgesLehmann }) => {
    const { estimate, interval, achieved } = computeShift(a, b);
    const { estimate_b_minus_a, ci95_lo, ci95_hi, achieved_conf_noties } = hodgesLehmann;
    expect(relativeError(estimate, estimate_b_minus_a)).toBeLessThan(1e-9);
    expect(relativeError(interval?.[0] ?? NaN, ci95_lo)).toBeLessThan(1e-9);
    expect(relativeError(interval?.[1] ?? NaN, ci95_hi)).toBeLessThan(1e-9);
    expect(relativeError(achieved ?? NaN, achieved_conf_noties)).toBeLessThan(1e-9);
  });

  it('takes the least of data, and says no where there is none', () => {
    expect(computeShift([1], [3])).toEqual({ estimate: 2, interval: null, achieved: null });
    expect(computeShift([1, 1, 1, 1], [1, 1, 1, 1])).toMatchObject({ estimate: 0, interval: [0, 0] });
    expect(() => computeShift([], [1])).toThrow('expected at least one number, found none');
    expect(() => computeShift([1], [NaN])).toThrow('expected finite numbers, found NaN');
  });

  it('holds its estimate, only changes sign with the sides, and changes no input', () => {
    fc.assert(
      fc.property(side, side, (a, b) => {
        const found = computeShift(Object.freeze(a), Object.freeze(b), 0.9);
        const swapped = computeShift(b, a, 0.9);
        expect(swapped.estimate + 0).toBe(-found.estimate + 0);
        expect(computeShift(a.toReversed(), b, 0.9)).toEqual(found);
        const [low, high] = found.interval ?? [-Infinity, Infinity];
        expect(low).toBeLessThanOrEqual(found.estimate);
        expect(high).toBeGreaterThanOrEqual(found.estimate);
        if (swapped.interval !== null) expect(swapped.interval[0] + 0).toBe(-high + 0);
      }),
    );
  });

  it('does not write down all pairs: 10,000 against 10,000 are a hundred million', () => {
    const random = createRandom(3);
    const draw = () => Array.from({ length: 10_000 }, () => random.nextUint32());
    const { estimate, interval } = computeShift(draw(), draw());
    expect(interval?.[0]).toBeLessThan(estimate);
    expect(interval?.[1]).toBeGreaterThan(estimate);
  });
});

describe('computeRatio', () => {
  it.each(pairs)('agrees with the reference on $name', ({ a, b, hodgesLehmannRatio }) => {
    const { estimate, interval } = computeRatio(a, b);
    expect(relativeError(estimate, hodgesLehmannRatio.estimate_b_over_a)).toBeLessThan(1e-9);
    expect(relativeError(interval?.[0] ?? NaN, hodgesLehmannRatio.ci95_lo)).toBeLessThan(1e-9);
    expect(relativeError(interval?.[1] ?? NaN, hodgesLehmannRatio.ci95_hi)).toBeLessThan(1e-9);
  });

  it('turns upside down with the sides, and does not care about the scale', () => {
    fc.assert(
      fc.property(positive, positive, fc.double({ min: 1e-6, max: 1e6, noNaN: true }), (a, b, scale) => {
        const found = computeRatio(Object.freeze(a), Object.freeze(b)).estimate;
        expect(relativeError(computeRatio(b, a).estimate, 1 / found)).toBeLessThan(1e-12);
        const scaled = [a, b].map((values) => values.map((value) => value * scale));
        expect(relativeError(computeRatio(scaled[0] ?? [], scaled[1] ?? []).estimate, found)).toBeLessThan(1e-12);
      }),
    );
  });

  it('refuses zeros and negative numbers', () => {
    expect(() => computeRatio([0, 1], [1])).toThrow('expected numbers above 0, found 0');
    expect(() => computeRatio([1], [-2])).toThrow('expected numbers above 0, found -2');
  });
});
