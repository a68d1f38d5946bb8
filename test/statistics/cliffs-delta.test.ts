import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { computeCliffsDelta } from '../../src/statistics/cliffs-delta.ts';
import { pairs } from './rank-reference.ts';

const side = fc.array(fc.integer({ min: -5, max: 5 }), { minLength: 1, maxLength: 10 });

describe('computeCliffsDelta', () => {
  it.each(pairs)('agrees with the wins of the reference on $name', ({ a, b, mannWhitney }) => {
    const wanted = (mannWhitney.U_b - mannWhitney.U_a) / (a.length * b.length);
    expect(computeCliffsDelta(a, b)).toBeCloseTo(wanted, 12);
  });

  it('has the worked example, and 0 for constant data', () => {
    expect(computeCliffsDelta([1, 2], [2, 3])).toBe(0.75);
    expect(computeCliffsDelta([7, 7], [7])).toBe(0);
    expect(computeCliffsDelta([1], [1e308])).toBe(1);
    expect(() => computeCliffsDelta([], [1])).toThrow('expected at least one value a side, found 0 and 1');
    expect(() => computeCliffsDelta([NaN], [1])).toThrow('found NaN');
  });

  it('counts pairs', () => {
    fc.assert(
      fc.property(side, side, (a, b) => {
        const signs = Object.freeze(a).flatMap((left) => Object.freeze(b).map((right) => Math.sign(right - left)));
        const wanted = signs.reduce((sum: number, sign) => sum + sign, 0) / signs.length;
        expect(computeCliffsDelta(a, b)).toBeCloseTo(wanted, 12);
        expect(computeCliffsDelta(b, a)).toBeCloseTo(-wanted, 12);
      }),
    );
  });
});
