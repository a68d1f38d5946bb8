import { describe, expect, it } from 'vitest';
import { computeMedianInterval, computeMedianOrders } from '../../src/statistics/median-interval.ts';
import { medianOrders95, vectors } from './reference-values.ts';

describe('computeMedianOrders', () => {
  it.each(medianOrders95)('agrees with the reference for $n values', ({ n, lo_order, hi_order, achieved_conf }) => {
    const found = computeMedianOrders(n);
    if (lo_order === null || hi_order === null || achieved_conf === null) {
      expect(found).toBeNull();
      return;
    }
    expect(found).toEqual({ lower: lo_order, upper: hi_order, achieved: expect.closeTo(achieved_conf, 10) });
  });

  it('works where 0.5 ** n is zero, and is the normal approximation there', () => {
    const orders = computeMedianOrders(10_000);
    // 5000.5 -+ 1.96 * 50
    expect(orders?.lower).toBe(4902);
    expect(orders?.upper).toBe(5099);
    expect(orders?.achieved).toBeGreaterThanOrEqual(0.95);
    expect(orders?.achieved).toBeLessThan(0.952);
  });

  it('never crosses the middle, however little confidence is asked for', () => {
    for (let count = 1; count < 12; count += 1) {
      const orders = computeMedianOrders(count, 0.01);
      if (orders !== null) expect(orders.lower).toBeLessThanOrEqual(orders.upper);
    }
  });
});

describe('computeMedianInterval', () => {
  it.each(vectors)('agrees with both sides of $name', ({ a, b, summary_a, summary_b }) => {
    for (const [values, { median_ci95: wanted }] of [
      [a, summary_a],
      [b, summary_b],
    ] as const) {
      expect(computeMedianInterval(values)).toEqual(wanted === null ? null : [wanted.lo, wanted.hi]);
    }
  });

  it('needs six values for 95 %', () => {
    expect(computeMedianInterval([5, 4, 3, 2, 1])).toBeNull();
    expect(computeMedianInterval([6, 5, 4, 3, 2, 1])).toEqual([1, 6]);
  });

  it('has no width on constant data', () => {
    expect(computeMedianInterval([2, 2, 2, 2, 2, 2, 2])).toEqual([2, 2]);
  });
});
