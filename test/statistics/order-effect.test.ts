import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { testOrderEffect } from '../../src/statistics/order-effect.ts';

const differences = fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 1, maxLength: 6 });

describe('testOrderEffect', () => {
  it('has the worked example', () => {
    const found = testOrderEffect({ baselineFirst: [3, 4], candidateFirst: [1, 2] });
    expect(found).toEqual({ kind: 'tested', secondMinusFirst: 1, p: expect.closeTo(2 / 6, 12) });
  });

  it('says what coming second adds, whatever the sides differ by', () => {
    const [difference, second] = [100, 7];
    const baselineFirst = [0, 1, 2, 3, 4].map((noise) => difference + second + noise / 10);
    const candidateFirst = [0, 1, 2, 3, 4].map((noise) => difference - second + noise / 10);
    const found = testOrderEffect({ baselineFirst, candidateFirst });
    expect(found).toMatchObject({ secondMinusFirst: expect.closeTo(7, 12), p: expect.closeTo(2 / 252, 12) });
  });

  it('needs both orders, finds nothing in constant differences, refuses what is not finite', () => {
    expect(testOrderEffect({ baselineFirst: [1, 2], candidateFirst: [] })).toEqual({ kind: 'one-order' });
    expect(testOrderEffect({ baselineFirst: [], candidateFirst: [] })).toEqual({ kind: 'one-order' });
    const constant = testOrderEffect({ baselineFirst: [2, 2], candidateFirst: [2] });
    expect(constant).toEqual({ kind: 'tested', secondMinusFirst: 0, p: 1 });
    expect(() => testOrderEffect({ baselineFirst: [NaN], candidateFirst: [1] })).toThrow('found NaN');
  });

  it('does not care which side is called baseline', () => {
    fc.assert(
      fc.property(differences, differences, (baselineFirst, candidateFirst) => {
        const found = testOrderEffect({ baselineFirst, candidateFirst });
        const negate = (values: readonly number[]) => values.map((value) => -value);
        const swapped = testOrderEffect({
          baselineFirst: negate(candidateFirst),
          candidateFirst: negate(baselineFirst),
        });
        if (found.kind !== 'tested' || swapped.kind !== 'tested') throw new Error('expected both orders');
        expect(swapped.p).toBeCloseTo(found.p, 12);
        expect(swapped.secondMinusFirst).toBeCloseTo(found.secondMinusFirst, 12);
      }),
    );
  });
});
