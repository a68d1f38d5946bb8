import { describe, expect, it } from 'vitest';
import { computeDetectableShift, computeKnownErrorShift } from '../../src/statistics/detectable-shift.ts';
import { findDetectionFactor } from '../../src/statistics/detection-factors.ts';
import { normalQuantile } from '../../src/statistics/normal.ts';
import { createRandom, type Random } from '../../src/statistics/random.ts';
import { compareMeans } from '../../src/statistics/welch.ts';
import { drawExponential, drawNormal } from '../evaluation/simulation/draws.ts';
import { relativeError } from './reference-values.ts';

/** Degrees of freedom, level, and the noncentrality found with power 0.8: scipy 1.17.1, `nct.sf` and `brentq`. */
const references = [
  [3, 0.05, 4.2558988207400095],
  [3, 0.05 / 48, 15.937966804906477],
  [4.2, 0.05 / 7, 6.2048597836470645],
  [6, 0.05, 3.3668968129505816],
  [8, 0.05, 3.2009222385156404],
  [18, 0.05 / 7, 3.9326890912718566],
  [38, 0.05, 2.8749218927808586],
  [38, 0.05 / 48, 4.43608002012733],
] as const;

/** Share of simulated experiments in which the shift is found, upwards and at the level. */
function simulatePower(shift: number, sizes: readonly [number, number], level: number, seed: string): number {
  const random = createRandom(seed);
  const draw = (size: number, mean: number) =>
    Array.from({ length: size }, () => mean + normalQuantile((random.nextUint32() + 0.5) / 2 ** 32));
  const runs = 4000;
  let found = 0;
  for (let run = 0; run < runs; run += 1) {
    const outcome = compareMeans(draw(sizes[0], 0), draw(sizes[1], shift));
    if (outcome.kind === 'tested' && outcome.p <= level && outcome.difference > 0) found += 1;
  }
  return found / runs;
}

describe('computeKnownErrorShift', () => {
  it.each(references)('agrees with scipy for %d degrees of freedom at level %d', (degreesOfFreedom, level, wanted) => {
    const question = { degreesOfFreedom, level, power: 0.8 };
    expect(relativeError(computeKnownErrorShift({ ...question, standardError: 1 }), wanted)).toBeLessThan(1e-8);
    expect(relativeError(computeKnownErrorShift({ ...question, standardError: 0.25 }), wanted / 4)).toBeLessThan(1e-8);
  });

  // The degrees of freedom are the mean of those that Welch's formula finds in such data.
  it.each([
    { size: 4, degreesOfFreedom: 4.98, level: 0.05 },
    { size: 5, degreesOfFreedom: 6.83, level: 0.05 / 7 },
    { size: 10, degreesOfFreedom: 16.5, level: 0.05 / 14 },
    { size: 20, degreesOfFreedom: 36.3, level: 0.05 / 48 },
  ])('names a shift that $size deployments a side find with power 0.8 at level $level', (design) => {
    const { size, degreesOfFreedom, level } = design;
    const standardError = Math.sqrt(2 / size);
    const shift = computeKnownErrorShift({ standardError, degreesOfFreedom, level, power: 0.8 });
    const power = simulatePower(shift, [size, size], level, `detectable shift ${size}`);
    expect(power).toBeGreaterThan(0.77);
    expect(power).toBeLessThan(0.83);
  });

  it('does not count findings in the wrong direction', () => {
    // At this power most findings of a two-sided test would be wrong ones.
    const shift = computeKnownErrorShift({ standardError: 1, degreesOfFreedom: 8, level: 0.5, power: 0.26 });
    expect(shift).toBeGreaterThan(0);
    expect(shift).toBeLessThan(0.05);
  });

  it('refuses a standard error that is none', () => {
    for (const standardError of [0, -1, NaN, Infinity]) {
      const question = { standardError, degreesOfFreedom: 8, level: 0.05, power: 0.8 };
      expect(() => computeKnownErrorShift(question)).toThrow(RangeError);
    }
  });
});

describe('findDetectionFactor', () => {
  const find = (size: number, cells: number) =>
    findDetectionFactor('welch', { baselineSize: size, candidateSize: size, level: 0.05 / cells });

  it('has the worked example, lies between its neighbours, and is held at the ends', () => {
    expect(find(5, 1)).toBeCloseTo(1.176, 12);
    expect(find(5, 2)).toBeGreaterThan(find(5, 1));
    expect(find(5, 2)).toBeLessThan(find(5, 3));
    expect(find(6, 1)).toBeGreaterThan(find(7, 1));
    expect(find(6, 1)).toBeLessThan(find(5, 1));
    expect(find(2, 1)).toBe(find(4, 1));
    expect(find(5, 1e6)).toBeCloseTo(find(5, 200), 12);
    expect(find(5, 0.1)).toBeCloseTo(find(5, 1), 12);
    expect(find(1e6, 1)).toBeCloseTo(1, 4);
    const unequal = findDetectionFactor('rank', { baselineSize: 4, candidateSize: 40, level: 0.05 });
    expect(unequal).toBe(findDetectionFactor('rank', { baselineSize: 40, candidateSize: 4, level: 0.05 }));
  });
});

describe('computeDetectableShift', () => {
  /** How often the shift named for one experiment without a difference is found in a new one. */
  function simulateNewRuns(size: number, level: number, draw: (random: Random) => number): number {
    const random = createRandom(`new runs of ${size}`);
    const side = (shift: number) => Array.from({ length: size }, () => shift + draw(random));
    const runs = 1500;
    let found = 0;
    for (let run = 0; run < runs; run += 1) {
      const first = compareMeans(side(0), side(0));
      if (first.kind === 'constant') continue;
      const shift = computeDetectableShift({ ...first, baselineSize: size, candidateSize: size, level, power: 0.8 });
      const second = compareMeans(side(0), side(shift));
      if (second.kind === 'tested' && second.p <= level && second.difference > 0) found += 1;
    }
    return found / runs;
  }

  it.each([
    { size: 4, level: 0.05, noise: 'normal', draw: drawNormal },
    { size: 5, level: 0.05 / 48, noise: 'normal', draw: drawNormal },
    { size: 5, level: 0.05, noise: 'exponential', draw: drawExponential },
    { size: 4, level: 0.05 / 7, noise: 'exponential', draw: drawExponential },
  ])('is found by $size deployments a side in four of five new runs at level $level, $noise', (design) => {
    const power = simulateNewRuns(design.size, design.level, design.draw);
    // 0.8 is the mean over normal and exponential noise, which differ by a tenth.
    expect(power).toBeGreaterThan(0.72);
    expect(power).toBeLessThan(0.88);
  });

  it('has the worked example', () => {
    const design = { baselineSize: 5, candidateSize: 5, level: 0.05 };
    const shift = computeDetectableShift({ ...design, standardError: 1, degreesOfFreedom: 8, power: 0.8 });
    expect(shift).toBeCloseTo(3.2009222385 * 1.176, 8);
  });
});
