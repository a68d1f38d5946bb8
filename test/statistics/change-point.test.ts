import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findChangePoint } from '../../src/statistics/change-point.ts';
import { extra } from './rank-reference.ts';
import { relativeError } from './reference-values.ts';

describe('findChangePoint', () => {
  it('agrees with the reference', () => {
    const { x, D_MW, k_MW, D_Lepage, k_Lepage } = extra.changePointModel;
    const [place, both] = [findChangePoint(x, 'mann-whitney'), findChangePoint(x, 'lepage')];
    expect(relativeError(place.statistic, D_MW)).toBeLessThan(1e-9);
    expect(relativeError(both.statistic, D_Lepage)).toBeLessThan(1e-9);
    expect([place.before, both.before]).toEqual([k_MW, k_Lepage]);
  });

  it('has the worked example, finds nothing in constant data, refuses short series', () => {
    expect(findChangePoint([1, 2, 3, 11, 12, 13], 'mann-whitney')).toEqual({
      statistic: expect.closeTo(1.96, 2),
      before: 3,
    });
    expect(findChangePoint([5, 5, 5, 5], 'lepage')).toEqual({ statistic: 0, before: 2 });
    expect(() => findChangePoint([1, 2, 3], 'lepage')).toThrow('expected at least 4 values, found 3');
    expect(() => findChangePoint([1, 2, 3, NaN], 'lepage')).toThrow('expected finite numbers, found NaN');
  });

  it('does not care about scale and sign, and changes no input', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 4, maxLength: 20 }), (series) => {
        for (const kind of ['mann-whitney', 'lepage'] as const) {
          const found = findChangePoint(Object.freeze(series), kind);
          const turned = series.map((value) => -3 * value);
          expect(findChangePoint(turned, kind).statistic).toBeCloseTo(found.statistic, 10);
        }
      }),
    );
  });
});
