import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { adjustBenjaminiHochberg } from '../../src/statistics/benjamini-hochberg.ts';
import { compareSpread, computeFTail } from '../../src/statistics/brown-forsythe.ts';
import { compareDistributions } from '../../src/statistics/kolmogorov-smirnov.ts';
import { extra, pairs } from './rank-reference.ts';
import { relativeError } from './reference-values.ts';

const side = fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 1, maxLength: 10 });

describe('compareSpread', () => {
  it.each(pairs)('agrees with the reference on $name', ({ a, b, dispersion }) => {
    const found = compareSpread(a, b);
    if (found.kind !== 'tested') throw new Error('expected a side that varies');
    expect(Math.abs(found.statistic - dispersion.brownForsythe_W)).toBeLessThan(
      1e-9 * (1 + dispersion.brownForsythe_W),
    );
    expect(relativeError(found.p, dispersion.brownForsythe_p)).toBeLessThan(1e-9);
  });

  it('has the worked examples, and no answer for constant distances', () => {
    expect(compareSpread([1, 2, 3, 4], [2, 4, 6, 8])).toMatchObject({ statistic: expect.closeTo(2.4, 12) });
    expect(computeFTail(4, 1, 6)).toBeCloseTo(0.0924, 4);
    expect(computeFTail(0, 2, 3)).toBe(1);
    expect(compareSpread([3, 3, 3], [5, 5])).toEqual({ kind: 'constant' });
    expect(compareSpread([3], [5])).toEqual({ kind: 'constant' });
    expect(() => compareSpread([], [1])).toThrow('found none');
    expect(() => computeFTail(-1, 1, 1)).toThrow('expected a number from 0, found -1');
  });

  it('is symmetric, does not care about scale and changes no input', () => {
    fc.assert(
      fc.property(side, side, (a, b) => {
        const found = compareSpread(Object.freeze(a), Object.freeze(b));
        const swapped = compareSpread(b, a);
        expect(swapped.kind).toBe(found.kind);
        if (found.kind !== 'tested' || swapped.kind !== 'tested') return;
        expect(swapped.p).toBeCloseTo(found.p, 12);
        const scaled = compareSpread(
          a.map((value) => value * 2 ** 900),
          b.map((value) => value * 2 ** 900),
        );
        expect(scaled).toEqual(found);
      }),
    );
  });
});

describe('compareDistributions', () => {
  it.each(pairs)('agrees with the reference on $name', ({ a, b, kolmogorovSmirnov }) => {
    const { distance, p } = compareDistributions(a, b);
    expect(relativeError(distance, kolmogorovSmirnov.D)).toBeLessThan(1e-9);
    expect(relativeError(p, kolmogorovSmirnov.p_exact_permutation)).toBeLessThan(1e-9);
  });

  it('finds nothing in constant data and one value a side, refuses an empty side', () => {
    expect(compareDistributions([2, 2], [2, 2, 2])).toEqual({ distance: 0, p: 1 });
    expect(compareDistributions([1], [2])).toEqual({ distance: 1, p: 1 });
    expect(() => compareDistributions([], [2])).toThrow('found none');
  });

  it('is symmetric, never 0 and changes no input', () => {
    fc.assert(
      fc.property(side, side, (a, b) => {
        const { distance, p } = compareDistributions(Object.freeze(a), Object.freeze(b));
        expect(p).toBeGreaterThan(0);
        expect(p).toBeLessThanOrEqual(1 + 1e-12);
        expect(compareDistributions(b, a).p).toBeCloseTo(p, 12);
        expect(compareDistributions(b, a).distance).toBe(distance);
      }),
    );
  });
});

describe('adjustBenjaminiHochberg', () => {
  it('agrees with the reference', () => {
    const { p, bh } = extra.pAdjust;
    for (const [index, found] of adjustBenjaminiHochberg(p).entries()) {
      expect(relativeError(found, bh[index] ?? NaN)).toBeLessThan(1e-9);
    }
  });

  it('takes none, one, ties and a larger family, and refuses what is no p', () => {
    expect(adjustBenjaminiHochberg([])).toEqual([]);
    expect(adjustBenjaminiHochberg([0.2])).toEqual([0.2]);
    expect(adjustBenjaminiHochberg([0.01, 0.04, 0.03])).toEqual([0.03, 0.04, 0.04]);
    expect(adjustBenjaminiHochberg([0.02, 0.02])).toEqual([0.02, 0.02]);
    expect(adjustBenjaminiHochberg([0.01], 4)).toEqual([0.04]);
    expect(() => adjustBenjaminiHochberg([1.5])).toThrow('expected p values from 0 to 1, found 1.5');
    expect(() => adjustBenjaminiHochberg([0.5, 0.5], 1)).toThrow('expected a family of at least 2, found 1');
  });
});
