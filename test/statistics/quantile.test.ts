import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { computeFiveNumbers, computeMedian, computeQuantile } from '../../src/statistics/quantile.ts';
import { createRandom } from '../../src/statistics/random.ts';
import { quantileType7, relativeError, vectors } from './reference-values.ts';

const finite = fc.double({ noNaN: true, noDefaultInfinity: true });

describe('computeQuantile', () => {
  it('agrees with the reference values of type 7', () => {
    const { x, p25, p50, p75, p99 } = quantileType7;
    expect([0.25, 0.5, 0.75, 0.99].map((p) => computeQuantile(x, p))).toEqual([p25, p50, p75, p99]);
  });

  it.each(vectors)('agrees with both summaries of $name', ({ a, b, summary_a, summary_b }) => {
    for (const [values, wanted] of [
      [a, summary_a],
      [b, summary_b],
    ] as const) {
      const found = computeFiveNumbers(values);
      expect(relativeError(found.q1, wanted.q1_type7)).toBeLessThan(1e-9);
      expect(relativeError(found.median, wanted.median)).toBeLessThan(1e-9);
      expect(relativeError(found.q3, wanted.q3_type7)).toBeLessThan(1e-9);
      expect(relativeError(computeQuantile(values, 0.9), wanted.p90_type7)).toBeLessThan(1e-9);
      expect(relativeError(computeQuantile(values, 0.99), wanted.p99_type7)).toBeLessThan(1e-9);
      expect(found.minimum).toBe(Math.min(...values));
      expect(found.maximum).toBe(Math.max(...values));
    }
  });

  it('gives one value and constant data back unchanged', () => {
    expect(computeFiveNumbers([0.1])).toEqual({ minimum: 0.1, q1: 0.1, median: 0.1, q3: 0.1, maximum: 0.1 });
    expect(computeQuantile([0.1, 0.1, 0.1, 0.1], 0.3)).toBe(0.1);
  });

  it('does not overflow between the largest numbers', () => {
    expect(computeMedian([-1e308, 1e308])).toBe(0);
    expect(computeMedian([1e308, 1.5e308])).toBeCloseTo(1.25e308, -295);
  });

  it('refuses no data, broken data and what is no probability', () => {
    expect(() => computeQuantile([], 0.5)).toThrow('expected at least one number, found none');
    expect(() => computeQuantile([1, NaN], 0.5)).toThrow('expected finite numbers, found NaN');
    expect(() => computeQuantile([Infinity], 0.5)).toThrow(RangeError);
    expect(() => computeQuantile([1], 1.1)).toThrow('expected a probability from 0 to 1, found 1.1');
    expect(() => computeQuantile([1], NaN)).toThrow(RangeError);
  });

  it('changes no input, ignores the order and stays inside the data', () => {
    fc.assert(
      fc.property(fc.array(finite, { minLength: 1 }), fc.double({ min: 0, max: 1, noNaN: true }), (values, p) => {
        const frozen = Object.freeze([...values]);
        const quantile = computeQuantile(frozen, p);
        expect(computeQuantile(values.toReversed(), p)).toBe(quantile);
        const { minimum, maximum } = computeFiveNumbers(frozen);
        expect(quantile).toBeGreaterThanOrEqual(minimum);
        expect(quantile).toBeLessThanOrEqual(maximum);
      }),
    );
  });
});

describe('computeMedian of many values', () => {
  it('is that of the sorted values, whatever their order and ties', () => {
    const random = createRandom(1);
    for (const limit of [1, 2, 10, 2 ** 32]) {
      for (const count of [200, 201, 1000, 4097]) {
        const values = Array.from({ length: count }, () => random.nextBelow(limit) / 3 - 1);
        for (const order of [values, values.toSorted((a, b) => a - b), values.toSorted((a, b) => b - a)]) {
          expect(computeMedian(order)).toBe(computeQuantile(order, 0.5));
        }
      }
    }
    expect(() => computeMedian([...Array(300).fill(1), NaN])).toThrow('found NaN');
  });
});
