import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { computeFisherP } from '../../src/statistics/fisher-exact.ts';

const count = fc.integer({ min: 0, max: 40 });

describe('computeFisherP', () => {
  // Fractions worked by hand: tables with the same totals, counted.
  it.each([
    { baseline: [3, 0], candidate: [0, 3], p: 2 / 20 },
    // Fisher's tea: 3 of 4 right is (16 + 16 + 1 + 1) / 70.
    { baseline: [3, 1], candidate: [1, 3], p: 34 / 70 },
    { baseline: [1, 9], candidate: [11, 3], p: 0.002759456185220088 },
    { baseline: [9, 11], candidate: [3, 17], p: 0.0823587770195116 },
  ] as const)('of $baseline and $candidate is $p', ({ baseline, candidate, p }) => {
    expect(computeFisherP({ baseline, candidate })).toBeCloseTo(p, 12);
  });

  it('is 1 where nothing can differ, and refuses what is no count', () => {
    expect(computeFisherP({ baseline: [0, 0], candidate: [2, 3] })).toBe(1);
    expect(computeFisherP({ baseline: [4, 0], candidate: [3, 0] })).toBe(1);
    expect(() => computeFisherP({ baseline: [-1, 0], candidate: [3, 0] })).toThrow('found -1');
    expect(() => computeFisherP({ baseline: [0.5, 0], candidate: [3, 0] })).toThrow('found 0.5');
  });

  it('does not care which side or which property', () => {
    fc.assert(
      fc.property(count, count, count, count, (a, b, c, d) => {
        const p = computeFisherP({ baseline: [a, b], candidate: [c, d] });
        expect(p).toBeGreaterThan(0);
        expect(p).toBeLessThanOrEqual(1);
        expect(computeFisherP({ baseline: [c, d], candidate: [a, b] })).toBeCloseTo(p, 9);
        expect(computeFisherP({ baseline: [b, a], candidate: [d, c] })).toBeCloseTo(p, 9);
      }),
    );
  });
});
