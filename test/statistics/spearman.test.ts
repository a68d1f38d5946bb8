import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/statistics/random.ts';
import { correlateRanks } from '../../src/statistics/spearman.ts';

const pairs = fc.array(fc.tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 5 })), {
  minLength: 3,
  maxLength: 6,
});

/** All orders of the values, equal ones too. */
function listOrders(values: readonly number[]): number[][] {
  if (values.length === 0) return [[]];
  return values.flatMap((value, index) => listOrders(values.toSpliced(index, 1)).map((rest) => [value, ...rest]));
}

function correlate(x: readonly number[], y: readonly number[]) {
  const found = correlateRanks(x, y);
  if (found.kind !== 'tested') throw new Error('expected both to vary');
  return found;
}

describe('correlateRanks', () => {
  it('has the worked example', () => {
    expect(correlateRanks([1, 2, 3, 4], [1, 3, 2, 4])).toEqual({
      kind: 'tested',
      coefficient: 0.8,
      p: expect.closeTo(1 / 3, 12),
      exact: true,
    });
  });

  it('has the published exact p of 7 and 9 pairs', () => {
    // Kendall and Gibbons, table of the sum S of squared differences: P(S <= 4) = 0.0034, P(S <= 6) = 0.0062 for 7 pairs.
    const [four, six] = [
      [2, 1, 4, 3, 5, 6, 7],
      [2, 1, 4, 3, 5, 7, 6],
    ].map((order) => correlate([1, 2, 3, 4, 5, 6, 7], order));
    expect(six?.coefficient).toBeCloseTo(1 - (6 * 6) / (7 * 48), 12);
    expect((four?.p ?? NaN) / 2).toBeCloseTo(0.0034, 4);
    expect((six?.p ?? NaN) / 2).toBeCloseTo(0.0062, 4);
    expect(correlate([1, 2, 3, 4, 5, 6, 7, 8, 9], [1, 2, 3, 4, 5, 6, 7, 8, 9]).p).toBeCloseTo(2 / 362_880, 12);
  });

  it('counts all orders, ties or not', () => {
    fc.assert(
      fc.property(pairs, (values) => {
        const [x, y] = [values.map(([left]) => left), values.map(([, right]) => right)];
        const found = correlateRanks(x, y);
        if (found.kind !== 'tested') return;
        const far = listOrders(y).filter(
          (order) => Math.abs(correlate(x, order).coefficient) >= Math.abs(found.coefficient) - 1e-12,
        );
        const factorial = [1, 1, 2, 6, 24, 120, 720][x.length] ?? NaN;
        expect(found.p).toBeCloseTo(far.length / factorial, 12);
      }),
      { numRuns: 15 },
    );
  });

  it('has about its nominal size where it is not counted', () => {
    const random = createRandom(3);
    const time = Array.from({ length: 10 }, (_, index) => index);
    const trials = Array.from({ length: 4000 }, () => correlate(time, random.shuffle(time)).p);
    const share = trials.filter((p) => p <= 0.05).length / trials.length;
    expect(share).toBeGreaterThan(0.038);
    expect(share).toBeLessThan(0.062);
  });

  it('is never 0, and has nothing to say of constants and two pairs', () => {
    const time = Array.from({ length: 12 }, (_, index) => index);
    expect(correlate(time, time)).toEqual({ kind: 'tested', coefficient: 1, p: 2 / 479_001_600, exact: false });
    expect(correlateRanks([1, 2, 3], [5, 5, 5])).toEqual({ kind: 'constant' });
    expect(correlateRanks([1, 2], [1, 2])).toEqual({ kind: 'constant' });
    expect(correlateRanks([], [])).toEqual({ kind: 'constant' });
    expect(() => correlateRanks([1], [1, 2])).toThrow('expected as many values of each, found 1 and 2');
    expect(() => correlateRanks([1, NaN, 3], [1, 2, 3])).toThrow('found NaN');
  });

  it('is symmetric, follows the sign, and changes no input', () => {
    fc.assert(
      fc.property(pairs, (values) => {
        const [x, y] = [Object.freeze(values.map(([left]) => left)), Object.freeze(values.map(([, right]) => right))];
        const found = correlateRanks(x, y);
        const negated = correlateRanks(
          x,
          y.map((value) => -(value ** 3)),
        );
        const swapped = correlateRanks(y, x);
        if (found.kind !== 'tested' || negated.kind !== 'tested' || swapped.kind !== 'tested') return;
        expect(negated.coefficient).toBeCloseTo(-found.coefficient, 12);
        expect([negated.p, swapped.p]).toEqual([expect.closeTo(found.p, 12), expect.closeTo(found.p, 12)]);
      }),
    );
  });
});
