import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  computeExactMannWhitneyP,
  computeMannWhitneyProbabilities,
} from '../../src/statistics/mann-whitney-distribution.ts';
import { approximateP, compareRanks } from '../../src/statistics/mann-whitney-test.ts';
import { computeMidranks } from '../../src/statistics/midranks.ts';
import { createRandom } from '../../src/statistics/random.ts';
import { computeRankIndex } from '../../src/statistics/rank-interval-index.ts';
import {
  computeDistanceP,
  computeRankSumTails,
  computeTwiceSmallerTail,
} from '../../src/statistics/rank-sum-distribution.ts';
import { pairs } from './rank-reference.ts';
import { relativeError } from './reference-values.ts';

const side = fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 1, maxLength: 12 });
/** Few different values, so that ties are the rule. */
const tied = fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 7 });

/** Every subset of the size, as sums of the ranks: the definition, without any cleverness. */
function listSums(ranks: readonly number[], size: number): number[] {
  if (size === 0) return [0];
  return ranks.flatMap((rank, index) => listSums(ranks.slice(index + 1), size - 1).map((sum) => sum + rank));
}

describe('computeMidranks', () => {
  it('lets equal values share their places', () => {
    expect(computeMidranks([10, 30, 20, 30])).toEqual({ ranks: Float64Array.of(1, 3.5, 2, 3.5), tieSizes: [2] });
    expect(computeMidranks([7, 7, 7])).toEqual({ ranks: Float64Array.of(2, 2, 2), tieSizes: [3] });
    expect(computeMidranks([0, -0, 5])).toEqual({ ranks: Float64Array.of(1.5, 1.5, 3), tieSizes: [2] });
    expect(computeMidranks([4])).toEqual({ ranks: Float64Array.of(1), tieSizes: [] });
  });

  it('refuses no data and broken data', () => {
    expect(() => computeMidranks([])).toThrow('expected at least one number, found none');
    expect(() => computeMidranks([1, NaN])).toThrow('expected finite numbers, found NaN');
  });

  it('adds up to n (n + 1) / 2 and changes no input', () => {
    fc.assert(
      fc.property(side, (values) => {
        const { ranks } = computeMidranks(Object.freeze(values));
        expect(ranks.reduce((sum, rank) => sum + rank, 0)).toBe((values.length * (values.length + 1)) / 2);
      }),
    );
  });
});

describe('the exact distribution without ties', () => {
  it('counts small cases by hand', () => {
    expect([...computeMannWhitneyProbabilities(2, 2)].map((p) => p * 6)).toEqual([1, 1, 2, 1, 1]);
    for (const p of computeMannWhitneyProbabilities(1, 4)) expect(p).toBeCloseTo(0.2, 15);
  });

  it('agrees with the reference', () => {
    for (const { a, b, mannWhitney } of pairs) {
      if (mannWhitney.p_exact_noties === null) continue;
      const found = computeExactMannWhitneyP(mannWhitney.U_a, a.length, b.length);
      expect(relativeError(found, mannWhitney.p_exact_noties)).toBeLessThan(1e-9);
    }
  });

  it('has the mean and variance of theory at 200 against 200', () => {
    const probabilities = computeMannWhitneyProbabilities(200, 200);
    const mean = probabilities.reduce((sum, p, u) => sum + p * u, 0);
    const variance = probabilities.reduce((sum, p, u) => sum + p * (u - mean) ** 2, 0);
    expect(relativeError(mean, 20_000)).toBeLessThan(1e-12);
    expect(relativeError(variance, (200 * 200 * 401) / 12)).toBeLessThan(1e-12);
    expect(Math.min(...probabilities)).toBeGreaterThan(0);
  });

  it('refuses what is no question', () => {
    expect(() => computeMannWhitneyProbabilities(0, 3)).toThrow('expected at least one value a side, found 0');
    expect(() => computeMannWhitneyProbabilities(5000, 5000)).toThrow('would take too long');
    expect(() => computeExactMannWhitneyP(0.5, 3, 3)).toThrow('expected a whole number from 0 to 9, found 0.5');
  });
});

describe('computeRankIndex', () => {
  it.each(pairs)('agrees with the reference on $name', ({ a, b, hodgesLehmann }) => {
    const found = computeRankIndex(a.length, b.length, 0.95);
    expect(found?.index).toBe(hodgesLehmann.order_index_1based);
    expect(relativeError(found?.achieved ?? NaN, hodgesLehmann.achieved_conf_noties)).toBeLessThan(1e-9);
  });

  it('is null where no interval has the confidence, and close to exact beyond exact', () => {
    expect(computeRankIndex(3, 3, 0.95)).toBeNull();
    expect(computeRankIndex(1, 1, 0.9)).toBeNull();
    const exact = computeRankIndex(368, 367, 0.95)?.index ?? NaN;
    const approximate = computeRankIndex(369, 369, 0.95)?.index ?? NaN;
    expect(approximate / (369 * 369)).toBeCloseTo(exact / (368 * 367), 3);
  });
});

describe('the exact distribution given the ties', () => {
  it('agrees with every allocation written out', () => {
    fc.assert(
      fc.property(tied, tied, (a, b) => {
        const ranks = [...computeMidranks([...a, ...b]).ranks];
        const rankSum = ranks.slice(0, a.length).reduce((sum, rank) => sum + rank, 0);
        const sums = listSums(ranks, a.length);
        const share = (count: (sum: number) => boolean) => sums.filter(count).length / sums.length;
        const question = { ranks, chosen: a.length, rankSum };
        const tails = computeRankSumTails(question);
        expect(tails?.lower).toBeCloseTo(
          share((sum) => sum <= rankSum),
          12,
        );
        expect(tails?.upper).toBeCloseTo(
          share((sum) => sum >= rankSum),
          12,
        );
        const mean = (a.length * (ranks.length + 1)) / 2;
        const further = share((sum) => Math.abs(sum - mean) >= Math.abs(rankSum - mean) - 1e-9);
        expect(computeDistanceP(question)).toBeCloseTo(further, 12);
      }),
    );
  });

  it.each(pairs)('agrees with the reference on $name', ({ a, b, mannWhitney }) => {
    const { ranks } = computeMidranks([...a, ...b]);
    const rankSum = ranks.subarray(0, a.length).reduce((sum, rank) => sum + rank, 0);
    const question = { ranks, chosen: a.length, rankSum };
    const twice = computeTwiceSmallerTail(question) ?? NaN;
    expect(relativeError(twice, mannWhitney.p_exact_permutation_2xmin)).toBeLessThan(1e-9);
    expect(relativeError(computeDistanceP(question) ?? NaN, mannWhitney.p_exact_permutation_absdev)).toBeLessThan(1e-9);
  });

  it('equals the distribution without ties where there are none', () => {
    const ranks = Array.from({ length: 90 }, (_, index) => index + 1);
    for (const u of [0, 300, 700, 1012]) {
      const found = computeTwiceSmallerTail({ ranks, chosen: 45, rankSum: u + (45 * 46) / 2 }) ?? NaN;
      expect(relativeError(found, computeExactMannWhitneyP(u, 45, 45))).toBeLessThan(1e-11);
    }
  });

  it('refuses a side that does not fit', () => {
    expect(() => computeRankSumTails({ ranks: [1, 2], chosen: 3, rankSum: 3 })).toThrow('1 to 2 values, found 3');
  });
});

describe('compareRanks', () => {
  it.each(pairs)('agrees with the reference on $name', ({ a, b, mannWhitney }) => {
    const found = compareRanks(a, b);
    expect(found.candidateWins).toBe(mannWhitney.U_b);
    expect(found.method).toBe('exact-mann-whitney');
    expect(relativeError(found.p, mannWhitney.p_exact_permutation_2xmin)).toBeLessThan(1e-9);
    const { tieSizes } = computeMidranks([...a, ...b]);
    const moments = { candidateWins: mannWhitney.U_b, baselineSize: a.length, candidateSize: b.length, tieSizes };
    expect(relativeError(approximateP(moments), mannWhitney.p_asymptotic_tiecorr_cc)).toBeLessThan(1e-9);
    expect(relativeError(approximateP(moments, 0), mannWhitney.p_asymptotic_tiecorr_nocc)).toBeLessThan(1e-9);
  });

  it('answers 200 against 200, with and without ties', () => {
    const random = createRandom(1);
    for (const [step, shift] of [
      [1e-9, 0],
      [0.01, 0],
      [0.1, 0],
      [0.01, 0.1],
    ] as const) {
      const draw = (add: number) =>
        Array.from({ length: 200 }, () => Math.round((random.nextUint32() / 2 ** 32 + add) / step));
      const [a, b] = [draw(0), draw(shift)];
      const found = compareRanks(a, b);
      expect(found.p).toBeGreaterThan(0);
      const { tieSizes } = computeMidranks([...a, ...b]);
      const near = approximateP({ ...found, baselineSize: 200, candidateSize: 200, tieSizes });
      expect(relativeError(found.p, near)).toBeLessThan(0.05);
    }
  });

  it('is exact for 200 against 200 without ties', () => {
    const [a, b] = [0, 1].map((side) =>
      Array.from({ length: 200 }, (_, index) => index * 2.1 + side * 0.37 * index + side),
    );
    const found = compareRanks(a ?? [], b ?? []);
    expect(found.method).toBe('exact-mann-whitney');
    expect(found.p).toBe(computeExactMannWhitneyP(found.candidateWins, 200, 200));
  });

  it('names the normal approximation where exact is infeasible', () => {
    const values = Array.from({ length: 1000 }, (_, index) => index % 500);
    expect(compareRanks(values, values)).toEqual({ candidateWins: 500_000, p: 1, method: 'normal-mann-whitney' });
  });

  it('finds nothing in constant data and in one value a side, and refuses an empty side', () => {
    expect(compareRanks([3, 3, 3], [3, 3])).toEqual({ candidateWins: 3, p: 1, method: 'exact-mann-whitney' });
    expect(compareRanks([1], [2])).toEqual({ candidateWins: 1, p: 1, method: 'exact-mann-whitney' });
    expect(() => compareRanks([], [1])).toThrow('expected at least one value a side, found 0 and 1');
    expect(() => compareRanks([1], [Infinity])).toThrow('expected finite numbers, found Infinity');
  });

  it('is symmetric, independent of scale and order, never 0, and changes no input', () => {
    fc.assert(
      fc.property(fc.oneof(side, tied), fc.oneof(side, tied), (a, b) => {
        const [left, right] = [Object.freeze(a), Object.freeze(b)];
        const found = compareRanks(left, right);
        const swapped = compareRanks(right, left);
        expect(found.p).toBeGreaterThan(0);
        expect(found.p).toBeLessThanOrEqual(1);
        expect(swapped.p).toBe(found.p);
        expect(swapped.candidateWins).toBe(a.length * b.length - found.candidateWins);
        expect(compareRanks(left.toReversed(), right)).toEqual(found);
        const halve = (values: readonly number[]) => values.map((value) => value * 2 ** 10);
        fc.pre([...halve(left), ...halve(right)].every(Number.isFinite));
        expect(compareRanks(halve(left), halve(right))).toEqual(found);
      }),
    );
  });
});
