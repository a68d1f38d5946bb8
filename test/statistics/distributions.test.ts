import { describe, expect, it } from 'vitest';
import { computeIncompleteBeta } from '../../src/statistics/incomplete-beta.ts';
import { logBeta, logGamma } from '../../src/statistics/log-gamma.ts';
import { computeNoncentralUpperTail } from '../../src/statistics/noncentral-t.ts';
import { normalCdf, normalQuantile } from '../../src/statistics/normal.ts';
import {
  computeTwoSidedTail,
  computeUpperQuantile,
  studentTCdf,
  studentTQuantile,
} from '../../src/statistics/student-t.ts';
import { referenceRows, relativeError } from './reference-values.ts';

const functions = {
  normalCdf: ([z = NaN]) => normalCdf(z),
  normalQuantile: ([p = NaN]) => normalQuantile(p),
  twoSidedTail: ([t = NaN, v = NaN]) => computeTwoSidedTail(t, v),
  studentTQuantile: ([p = NaN, v = NaN]) => studentTQuantile(p, v),
  incompleteBeta: ([a = NaN, b = NaN, x = NaN]) => computeIncompleteBeta(a, b, x),
  logGamma: ([x = NaN]) => logGamma(x),
  logBeta: ([a = NaN, b = NaN]) => logBeta(a, b),
  noncentralUpperTail: ([t = NaN, v = NaN, d = NaN]) =>
    computeNoncentralUpperTail(t, { degreesOfFreedom: v, noncentrality: d }),
} satisfies Record<string, (args: readonly number[]) => number>;

describe('distribution functions agree with 40-digit reference values to 1e-10', () => {
  for (const name of Object.keys(functions) as (keyof typeof functions)[]) {
    it(name, () => {
      const rows = referenceRows(name);
      expect(rows.length).toBeGreaterThan(5);
      for (const { args, value } of rows) {
        // Below the smallest normal double there are no ten digits to compare.
        if (Math.abs(value) < 1e-300 && value !== 0) continue;
        expect(relativeError(functions[name](args), value), `${name}(${args.join(', ')})`).toBeLessThan(1e-10);
      }
    });
  }
});

describe('the normal distribution', () => {
  it('is exact at zero, at the ends, and symmetric', () => {
    expect(normalCdf(0)).toBe(0.5);
    expect(normalCdf(Infinity)).toBe(1);
    expect(normalCdf(-Infinity)).toBe(0);
    expect(normalCdf(1.3) + normalCdf(-1.3)).toBeCloseTo(1, 15);
  });

  it('joins series and fraction without a step', () => {
    expect(relativeError(normalCdf(-3 - 1e-9), normalCdf(-3))).toBeLessThan(1e-8);
  });

  it('refuses what is no probability or number', () => {
    expect(() => normalQuantile(0)).toThrow(RangeError);
    expect(() => normalQuantile(1)).toThrow(RangeError);
    expect(() => normalQuantile(NaN)).toThrow(RangeError);
    expect(() => normalCdf(NaN)).toThrow(RangeError);
  });
});

describe("Student's t distribution", () => {
  it('is the Cauchy distribution at one degree of freedom', () => {
    for (const t of [-20, -1, 0, 0.4, 3]) expect(studentTCdf(t, 1)).toBeCloseTo(0.5 + Math.atan(t) / Math.PI, 13);
  });

  it('has quantiles that undo the distribution function on both sides of zero', () => {
    for (const p of [0.001, 0.2, 0.5, 0.77, 0.9999])
      expect(studentTCdf(studentTQuantile(p, 4.4), 4.4)).toBeCloseTo(p, 12);
    expect(studentTQuantile(0.5, 7)).toBe(0);
    expect(computeUpperQuantile(1, 7)).toBe(0);
  });

  it('has no tail beyond infinity and all of it at zero', () => {
    expect(computeTwoSidedTail(Infinity, 5)).toBe(0);
    expect(computeTwoSidedTail(0, 5)).toBe(1);
  });

  it('refuses impossible degrees of freedom and probabilities', () => {
    for (const v of [0, -1, NaN, Infinity]) expect(() => studentTCdf(1, v)).toThrow(RangeError);
    for (const p of [0, 1, -0.1, NaN]) expect(() => studentTQuantile(p, 3)).toThrow(RangeError);
    expect(() => studentTCdf(NaN, 3)).toThrow(RangeError);
  });
});

describe('the noncentral t distribution', () => {
  it("is Student's t without noncentrality", () => {
    for (const t of [-2, 0, 1.5, 6]) {
      const tail = computeNoncentralUpperTail(t, { degreesOfFreedom: 5.5, noncentrality: 0 });
      expect(tail).toBeCloseTo(1 - studentTCdf(t, 5.5), 12);
    }
  });

  it('refuses what is not finite', () => {
    expect(() => computeNoncentralUpperTail(NaN, { degreesOfFreedom: 5, noncentrality: 0 })).toThrow(RangeError);
    expect(() => computeNoncentralUpperTail(1, { degreesOfFreedom: 0, noncentrality: 0 })).toThrow(RangeError);
    expect(() => computeNoncentralUpperTail(1, { degreesOfFreedom: 5, noncentrality: Infinity })).toThrow(RangeError);
  });
});

describe('gamma and beta functions', () => {
  it('refuse arguments outside their range', () => {
    expect(() => logGamma(0)).toThrow(RangeError);
    expect(() => logGamma(NaN)).toThrow(RangeError);
    expect(() => computeIncompleteBeta(0, 1, 0.5)).toThrow(RangeError);
    expect(() => computeIncompleteBeta(1, 1, 1.5)).toThrow(RangeError);
  });

  it('run from 0 to 1', () => {
    expect(computeIncompleteBeta(2, 3, 0)).toBe(0);
    expect(computeIncompleteBeta(2, 3, 1)).toBe(1);
    expect(computeIncompleteBeta(1, 1, 0.3)).toBeCloseTo(0.3, 15);
  });
});
