import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareMeans, computeWelchInterval, type WelchTest } from '../../src/statistics/welch.ts';
import { pairedBlocks, relativeError, vectors } from './reference-values.ts';

function test(baseline: readonly number[], candidate: readonly number[]): WelchTest {
  const outcome = compareMeans(baseline, candidate);
  if (outcome.kind !== 'tested') throw new Error('expected a side that varies');
  return outcome;
}

/** Positive values of a moderate size, at least two of them, not all equal. */
const varying = fc
  .array(fc.double({ min: 1, max: 1000, noNaN: true }), { minLength: 4, maxLength: 12 })
  .filter((values) => Math.max(...values) > Math.min(...values) * 1.000001);

describe('compareMeans', () => {
  it.each(vectors)('agrees with the reference on $name', ({ a, b, welch }) => {
    const found = test(a, b);
    expect(relativeError(found.degreesOfFreedom, welch.df)).toBeLessThan(1e-9);
    expect(relativeError(found.p, welch.p)).toBeLessThan(1e-9);
    expect(relativeError(-found.difference / found.standardError, welch.t_a_minus_b)).toBeLessThan(1e-9);
  });

  it('has the t intervals of the reference, at 95 % and 90 %', () => {
    // Against a constant side the test is the one-sample t test of the reference.
    const { d_logratio, mean, t, p_t, ci95, ci90 } = pairedBlocks;
    const found = test([0, 0], d_logratio);
    expect(found.degreesOfFreedom).toBeCloseTo(9, 12);
    expect(relativeError(found.difference, mean)).toBeLessThan(1e-9);
    expect(relativeError(found.difference / found.standardError, t)).toBeLessThan(1e-9);
    expect(relativeError(found.p, p_t)).toBeLessThan(1e-9);
    for (const [confidence, wanted] of [
      [0.95, ci95],
      [0.9, ci90],
    ] as const) {
      const [low, high] = computeWelchInterval(found, confidence);
      expect(relativeError(low, wanted[0] ?? NaN)).toBeLessThan(1e-9);
      expect(relativeError(high, wanted[1] ?? NaN)).toBeLessThan(1e-9);
    }
  });

  it('divides nothing by zero when both sides are constant', () => {
    expect(compareMeans([3, 3, 3], [3, 3])).toEqual({ kind: 'constant', difference: 0 });
    expect(compareMeans([0.1, 0.1, 0.1], [0.3, 0.3])).toEqual({ kind: 'constant', difference: 0.3 - 0.1 });
    expect(compareMeans([0, 0], [0, 0])).toEqual({ kind: 'constant', difference: 0 });
  });

  it('takes one constant side', () => {
    expect(test([1, 1, 1, 1], [1, 2, 3, 4]).degreesOfFreedom).toBeCloseTo(3, 12);
  });

  it('holds the largest and the smallest numbers', () => {
    for (const scale of [1e308, 1e-308]) {
      const found = test([0.1 * scale, 0.2 * scale, 0.3 * scale], [0.4 * scale, 0.6 * scale, 0.7 * scale]);
      expect(found.p).toBeCloseTo(test([0.1, 0.2, 0.3], [0.4, 0.6, 0.7]).p, 10);
      expect(found.difference / scale).toBeCloseTo(0.36666666667, 10);
    }
  });

  it('refuses sides that are too small or broken', () => {
    expect(() => compareMeans([1], [1, 2])).toThrow('expected at least 2 values, found 1');
    expect(() => compareMeans([1, 2], [])).toThrow('expected at least 2 values, found 0');
    expect(() => compareMeans([1, NaN], [1, 2])).toThrow('expected finite numbers, found NaN');
  });

  it('is symmetric, independent of scale and order, and changes no input', () => {
    fc.assert(
      fc.property(varying, varying, fc.double({ min: 1e-6, max: 1e6, noNaN: true }), (a, b, scale) => {
        const [left, right] = [Object.freeze(a), Object.freeze(b)];
        const found = test(left, right);
        const swapped = test(right, left);
        expect(swapped.p).toBeCloseTo(found.p, 12);
        expect(swapped.difference).toBeCloseTo(-found.difference, 9);
        const multiply = (values: readonly number[]) => values.map((value) => value * scale);
        expect(test(multiply(left), multiply(right)).p).toBeCloseTo(found.p, 8);
        expect(test(left.toReversed(), right).p).toBeCloseTo(found.p, 10);
      }),
    );
  });

  it('says p below 0.05 exactly when the 95 % interval excludes zero', () => {
    fc.assert(
      fc.property(varying, varying, (a, b) => {
        const found = test(a, b);
        const [low, high] = computeWelchInterval(found, 0.95);
        fc.pre(Math.abs(found.p - 0.05) > 1e-9);
        expect(found.p < 0.05).toBe(low > 0 || high < 0);
        expect(low).toBeLessThan(found.difference);
        expect(high).toBeGreaterThan(found.difference);
      }),
    );
  });
});
