import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { adjustHolm } from '../../src/statistics/holm.ts';
import { holm } from './reference-values.ts';

const pValue = fc.double({ min: 0, max: 1, noNaN: true });

describe('adjustHolm', () => {
  it('agrees with the reference', () => {
    expect(adjustHolm(holm.p)).toEqual(holm.adjusted.map((p) => expect.closeTo(p, 12)));
  });

  it('works on an example by hand: 0.01 x 3, 0.03 x 2, and 0.04 not below its forerunner', () => {
    expect(adjustHolm([0.01, 0.04, 0.03])).toEqual([0.03, 0.06, 0.06]);
  });

  it('counts the questions without an answer', () => {
    expect(adjustHolm([0.01, 0.02], 5)).toEqual([0.05, 0.08]);
    expect(adjustHolm([], 3)).toEqual([]);
  });

  it('refuses what is no p value and a family smaller than its answers', () => {
    expect(() => adjustHolm([0.5, NaN])).toThrow('expected p values from 0 to 1, found NaN');
    expect(() => adjustHolm([1.1])).toThrow(RangeError);
    expect(() => adjustHolm([0.1, 0.2], 1)).toThrow('expected a family of at least 2, found 1');
  });

  it('follows the order of the input, never lowers a p, keeps ties and ranks, and changes no input', () => {
    fc.assert(
      fc.property(fc.array(pValue), (values) => {
        const adjusted = adjustHolm(Object.freeze(values));
        expect(adjustHolm(values.toReversed()).toReversed()).toEqual(adjusted);
        for (const [i, p] of values.entries()) {
          expect(adjusted[i]).toBeGreaterThanOrEqual(p);
          expect(adjusted[i]).toBeLessThanOrEqual(1);
          for (const [j, other] of values.entries()) {
            if (p <= other) expect(adjusted[i]).toBeLessThanOrEqual(adjusted[j] ?? NaN);
          }
        }
      }),
    );
  });
});
