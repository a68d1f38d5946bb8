import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { computeAllocationTails } from '../../src/statistics/allocation-tails.ts';
import { computeAllocationP, type Stratum } from '../../src/statistics/allocations.ts';
import { createRandom } from '../../src/statistics/random.ts';

const someStrata = fc.array(
  fc
    .tuple(fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 2, maxLength: 5 }), fc.integer({ min: 1, max: 4 }))
    .map(([values, chosen]): Stratum => {
      return { values: Float64Array.from(values).sort(), chosen: Math.min(chosen, values.length - 1) };
    }),
  { minLength: 1, maxLength: 4 },
);

/** The sum of every way to choose from every stratum. */
function listSums(strata: readonly Stratum[]): readonly number[] {
  const choose = (values: readonly number[], count: number): number[] => {
    if (count === 0) return [0];
    return values.flatMap((value, index) => choose(values.slice(index + 1), count - 1).map((sum) => sum + value));
  };
  return strata.reduce<readonly number[]>(
    (sums, { values, chosen }) => sums.flatMap((sum) => choose([...values], chosen).map((more) => sum + more)),
    [0],
  );
}

describe('computeAllocationTails', () => {
  it('has the worked example', () => {
    const strata = [{ values: Float64Array.of(1, 2, 3, 4), chosen: 2 }];
    expect(computeAllocationTails(strata, { low: 3, high: 7 })).toBe(2 / 6);
    expect(computeAllocationTails(strata, { low: 2, high: 8 })).toBe(0);
    expect(computeAllocationTails(strata, { low: 5, high: 5 })).toBe(1);
    expect(computeAllocationTails([], { low: 0, high: 1 })).toBe(1);
  });

  it('counts what listing all allocations counts', () => {
    fc.assert(
      fc.property(someStrata, fc.integer({ min: 0, max: 40 }), fc.integer({ min: 1, max: 20 }), (strata, low, gap) => {
        const sums = listSums(strata);
        const extreme = sums.filter((sum) => sum <= low || sum >= low + gap).length;
        expect(computeAllocationTails(strata, { low, high: low + gap })).toBeCloseTo(extreme / sums.length, 12);
      }),
    );
  });

  it('is what draws come to where there are too many to list', () => {
    const random = createRandom(4);
    const strata = Array.from({ length: 2 }, () => ({
      values: Float64Array.from({ length: 20 }, () => random.nextBelow(80)).sort(),
      chosen: 10,
    }));
    const mean = strata.reduce((sum, { values }) => sum + values.reduce((all, value) => all + value, 0) / 2, 0);
    const limits = { low: mean - 130, high: mean + 130 };
    const exact = computeAllocationTails(strata, limits) ?? NaN;
    const drawn = computeAllocationP({ strata, ...limits, resamples: 99_999, random });
    expect(exact).toBeGreaterThan(0.05);
    expect(Math.abs(drawn.p - exact)).toBeLessThan(4 * Math.sqrt(exact / 100_000));
  });

  it('keeps small shares and large numbers of allocations, and does not start what takes too long', () => {
    const pair = { values: Float64Array.of(0, 1), chosen: 1 };
    const pairs = Array.from({ length: 200 }, () => pair);
    const share = computeAllocationTails(pairs, { low: -1, high: 200 }) ?? NaN;
    expect(share * 2 ** 200).toBeCloseTo(1, 9);
    const constant = Array.from({ length: 3000 }, () => ({ values: Float64Array.of(5, 5), chosen: 1 }));
    expect(computeAllocationTails(constant, { low: 0, high: 15_000 })).toBeCloseTo(1, 9);
    const wide = { values: Float64Array.from({ length: 400 }, (_, index) => 2 * index), chosen: 200 };
    expect(computeAllocationTails([wide, wide], { low: 0, high: 1 })).toBeNull();
  });
});
