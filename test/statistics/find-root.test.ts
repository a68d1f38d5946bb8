import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findRoot } from '../../src/statistics/find-root.ts';

describe('findRoot', () => {
  it('finds a root to the tolerance asked for', () => {
    expect(findRoot((x) => x * x - 2, { low: 0, high: 2, tolerance: 1e-12 })).toBeCloseTo(Math.SQRT2, 11);
    expect(findRoot((x) => x, { low: 0, high: 2, tolerance: 1e-12 })).toBeCloseTo(0, 11);
  });

  it('needs few steps for a smooth function and no more than bisection plus one for any', () => {
    const count = (rising: (x: number) => number) => {
      let steps = 0;
      const counted = (x: number) => {
        steps += 1;
        return rising(x);
      };
      findRoot(counted, { low: 0, high: 1, tolerance: 2 ** -41 });
      return steps;
    };
    expect(count((x) => Math.exp(x) - 2)).toBeLessThan(15);
    expect(count((x) => (x < 0.7123 ? -1 : 1e9))).toBeLessThanOrEqual(2 + 40 + 1);
  });

  it('stays inside the bracket whatever the rising function', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 0.99, noNaN: true }), fc.integer({ min: 1, max: 9 }), (root, power) => {
        const rising = (x: number) => Math.sign(x - root) * Math.abs(x - root) ** power;
        const found = findRoot(rising, { low: 0, high: 1, tolerance: 1e-10 });
        expect(Math.abs(found - root)).toBeLessThanOrEqual(1.1e-10);
      }),
    );
  });

  it('refuses a bracket without a root', () => {
    expect(() => findRoot((x) => x + 1, { low: 0, high: 1, tolerance: 1e-9 })).toThrow(RangeError);
    expect(() => findRoot(() => NaN, { low: 0, high: 1, tolerance: 1e-9 })).toThrow(RangeError);
  });
});
