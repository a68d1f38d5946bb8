import { describe, expect, it } from 'vitest';
import { computeEquivalenceP, isEquivalent } from '../../src/statistics/equivalence.ts';
import { compareWithHistory, computeEmpiricalP } from '../../src/statistics/plug-in-test.ts';
import { createRandom } from '../../src/statistics/random.ts';
import { computeVarianceComponents } from '../../src/statistics/variance-components.ts';
import { computeWelchInterval } from '../../src/statistics/welch.ts';
import { extra } from './rank-reference.ts';
import { relativeError } from './reference-values.ts';

describe('equivalence', () => {
  const { mean, sd, d_logratio, tost_p, tost_p_1pct } = extra.pairedBlocks;
  const test = { difference: mean, standardError: sd / Math.sqrt(d_logratio.length), degreesOfFreedom: 9 };

  it('agrees with the reference', () => {
    expect(relativeError(computeEquivalenceP(test, Math.log(1.02)), tost_p)).toBeLessThan(1e-9);
    expect(relativeError(computeEquivalenceP(test, Math.log(1.01)), tost_p_1pct)).toBeLessThan(1e-9);
  });

  it('has p of at most 0.05 exactly when the 90 % interval is inside', () => {
    for (let margin = 0; margin < 0.02; margin += 0.0001) {
      const interval = computeWelchInterval({ kind: 'tested', p: 1, ...test }, 0.9);
      expect(isEquivalent(interval, margin)).toBe(computeEquivalenceP(test, margin) <= 0.05);
    }
  });

  it('does not count touching, and refuses a margin below 0', () => {
    expect(isEquivalent([-0.01, 0.01], 0.01)).toBe(false);
    expect(isEquivalent([0, 0], 0)).toBe(false);
    expect(() => isEquivalent([0, 0], -1)).toThrow('expected a margin from 0, found -1');
    expect(() => isEquivalent([NaN, 0], 1)).toThrow('expected an interval');
    expect(() => computeEquivalenceP(test, NaN)).toThrow('expected a margin from 0');
  });
});

describe('computeVarianceComponents', () => {
  it('agrees with the reference', () => {
    const { y_boots_runs_samples, S1_sq, S2_sq, S3_sq, T1_sq, T2_sq, T3_sq } = extra.varianceComponents;
    const found = computeVarianceComponents(y_boots_runs_samples);
    for (const [level, [observed, component]] of [
      [S1_sq, T1_sq],
      [S2_sq, T2_sq],
      [S3_sq, T3_sq],
    ].entries()) {
      expect(relativeError(found[level]?.observed ?? NaN, observed ?? NaN)).toBeLessThan(1e-9);
      expect(relativeError(found[level]?.component ?? NaN, component ?? NaN)).toBeLessThan(1e-9);
    }
  });

  it('has the worked example, takes constant data, and refuses what is not balanced', () => {
    expect(
      computeVarianceComponents([
        [1, 3],
        [5, 7],
      ]),
    ).toEqual([
      { observed: 2, component: 2 },
      { observed: 8, component: 7 },
    ]);
    expect(
      computeVarianceComponents([
        [1, 3],
        [3, 1],
      ])[1],
    ).toEqual({ observed: 0, component: 0 });
    expect(() =>
      computeVarianceComponents([
        [1, 2],
        [1, 2, 3],
      ]),
    ).toThrow('found sizes 2, 3');
    expect(() => computeVarianceComponents([1])).toThrow('found sizes 1');
    expect(() => computeVarianceComponents([])).toThrow('found sizes 0');
    expect(() => computeVarianceComponents([1, NaN])).toThrow('expected finite numbers, found NaN');
  });
});

describe('tests with a history', () => {
  it('has the worked example, and no chance for a constant history', () => {
    const question = { baseline: [1, 1], candidate: [3, 3], history: [0, 2] };
    const found = compareWithHistory(question);
    if (found.kind !== 'tested') throw new Error('expected a test');
    expect(found).toMatchObject({ difference: 2, degreesOfFreedom: 1 });
    expect(found.standardError).toBeCloseTo(Math.SQRT2, 12);
    // With one degree of freedom t is Cauchy.
    expect(found.p).toBeCloseTo(1 - (2 / Math.PI) * Math.atan(Math.SQRT2), 12);
    expect(compareWithHistory({ ...question, history: [0.1, 0.1, 0.1] })).toEqual({ kind: 'constant', difference: 2 });
    expect(() => compareWithHistory({ ...question, history: [1] })).toThrow('a history of at least 2 values, found 1');
    expect(() => compareWithHistory({ ...question, baseline: [] })).toThrow('expected at least one value a side');
  });

  it('counts what the history produces by itself', () => {
    const options = () => ({ random: createRandom(1) });
    const history = [0, 1];
    // Of four draws of 0 or 1, two have sides that differ by 1.
    const p = computeEmpiricalP({ baseline: [0], candidate: [1], history }, options());
    expect(p).toBeCloseTo(0.5, 1);
    expect(computeEmpiricalP({ baseline: [1], candidate: [0], history }, options())).toBe(p);
    expect(computeEmpiricalP({ baseline: [0], candidate: [5], history }, options())).toBe(0.0001);
    expect(computeEmpiricalP({ baseline: [2], candidate: [2], history: [2, 2] }, options())).toBe(1);
    expect(() => computeEmpiricalP({ baseline: [NaN], candidate: [1], history }, options())).toThrow('found NaN');
  });
});
