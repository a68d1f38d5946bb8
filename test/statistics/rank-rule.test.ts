import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { computeRatio, computeShift } from '../../src/statistics/hodges-lehmann.ts';
import { compareRanks } from '../../src/statistics/mann-whitney-test.ts';

const side = fc.uniqueArray(fc.integer({ min: 0, max: 400 }), { minLength: 1, maxLength: 12 });
/** Two sides none of whose values or differences is a tie with zero. */
const untied = fc
  .tuple(side, side)
  .map(([a, b]) => [a.map((value) => 2 * value), b.map((value) => 2 * value + 1)] as const);

describe('the test and the interval of the rank rule', () => {
  it('agree: without ties p is below 0.05 exactly when the 95 % interval excludes zero', () => {
    let below = 0;
    fc.assert(
      fc.property(untied, fc.integer({ min: -200, max: 200 }), ([a, b], shift) => {
        const moved = b.map((value) => value + 2 * shift);
        const { p, method } = compareRanks(a, moved);
        const { interval, estimate } = computeShift(a, moved);
        expect(method).toBe('exact-mann-whitney');
        const excludes = interval !== null && (interval[0] > 0 || interval[1] < 0);
        expect(p < 0.05).toBe(excludes);
        if (excludes) below += 1;
        if (interval === null) return;
        expect(interval[0]).toBeLessThanOrEqual(estimate);
        expect(interval[1]).toBeGreaterThanOrEqual(estimate);
      }),
      { numRuns: 300 },
    );
    expect(below).toBeGreaterThan(20);
  });

  it('turn with the sides, follow the scale and the order of no side', () => {
    fc.assert(
      fc.property(untied, fc.integer({ min: -9, max: 9 }), ([a, b], power) => {
        const [left, right] = [a.map((value) => value + 1), b];
        Object.freeze(left);
        Object.freeze(right);
        const [found, swapped] = [computeRatio(left, right), computeRatio(right, left)];
        expect(swapped.estimate * found.estimate).toBeCloseTo(1, 9);
        if (found.interval !== null) expect((swapped.interval?.[0] ?? NaN) * found.interval[1]).toBeCloseTo(1, 9);
        expect(compareRanks(right, left).p).toBe(compareRanks(left, right).p);
        const scaled = computeRatio(
          left.map((value) => value * 2 ** power),
          right.toReversed().map((value) => value * 2 ** power),
        );
        expect(scaled.estimate).toBeCloseTo(found.estimate, 9);
      }),
    );
  });
});
