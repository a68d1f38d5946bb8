import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/statistics/random.ts';
import published from '../../fixtures/evaluation/benchstat.json' with { type: 'json' };
import { bencher, computeBencherLimits } from './bencher.ts';
import { benchstat, computeBenchstatP } from './benchstat.ts';
import { computeFirecrackerP, firecracker, firecrackerWithoutFloor } from './firecracker.ts';
import { githubActionBenchmark } from './github-action-benchmark.ts';
import { lkp } from './lkp.ts';
import { nodeWelch } from './node-welch.ts';
import { computePinpointRankP, computePinpointShapeP, pinpoint } from './pinpoint.ts';

const range = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => from + index);
const fill = (count: number, value: number) => new Array<number>(count).fill(value);

describe('benchstat', () => {
  it.each(published.rows)(
    'prints the same p and mark as we compute: $name',
    ({ baseline, candidate, p, significant }) => {
      expect(Math.abs(computeBenchstatP({ baseline, candidate }) - p)).toBeLessThan(0.000501);
      expect(benchstat.decide({ baseline, candidate }, createRandom(1)).found !== null).toBe(significant);
    },
  );

  it('counts without ties up to 50 values a side and approximates from 51 on', () => {
    // Real benchstat's limits; the exact p of two shifted runs of 51 differs from the approximation in the third digit.
    const [baseline, candidate] = [range(0, 51).map((value) => value * 2), range(0, 51).map((value) => value * 2 + 21)];
    const exact = computeBenchstatP({ baseline: baseline.slice(0, 50), candidate: candidate.slice(0, 50) });
    expect(exact).not.toBeCloseTo(computeBenchstatP({ baseline, candidate }), 4);
  });
});

describe('Pinpoint', () => {
  // The expectations of its own tests: compare_test.py, mann_whitney_u_test.py, kolmogorov_smirnov_test.py.
  it.each([
    [range(0, 10), range(20, 30), 0.00018267179110955002],
    [range(0, 5), range(0, 10), 0.13986357686781267],
    [fill(5, 0), fill(5, 1), 0.0039767517097886512],
    [[0], [1], 1],
    [fill(5, 0), fill(5, 0), 1],
  ])('gives its p of the rank test for %j against %j', (baseline, candidate, p) => {
    expect(computePinpointRankP({ baseline, candidate })).toBeCloseTo(p, 7);
  });

  it.each([
    [range(0, 10), range(20, 30), 1.8879793657162556e-5],
    [range(0, 5), range(0, 10), 0.26680230985258474],
    [fill(5, 0), fill(5, 1), 0.0037813540593701006],
    [[0], [1], 0.2890414283708268],
    [fill(5, 0), fill(5, 0), 1],
  ])('gives its p of the shape test for %j against %j', (baseline, candidate, p) => {
    expect(computePinpointShapeP({ baseline, candidate })).toBeCloseTo(p, 7);
  });

  it.each([
    [range(7, 17), 'up', false],
    [range(3, 13), null, false],
    [range(0, 10), null, true],
  ])('tells different, unknown and same apart: %j', (candidate, found, same) => {
    expect(pinpoint.decide({ baseline: range(0, 10), candidate }, createRandom(1))).toMatchObject({ found, same });
  });
});

describe('Firecracker', () => {
  const baseline = [101, 99, 100, 102, 98, 100.5, 99.5, 101.5, 98.5, 100.2];

  it('counts the permutations of the difference of means', () => {
    // scipy 1.17, permutation_test of all 20 allocations: 2 of 20.
    expect(computeFirecrackerP({ baseline: [1, 2, 3], candidate: [4, 5, 6] }, createRandom(1))).toBeCloseTo(0.1, 12);
  });

  it('sees a clear change of 3 % only without the floor of 5 %', () => {
    const candidate = baseline.map((value) => value * 1.03);
    expect(firecrackerWithoutFloor.decide({ baseline, candidate }, createRandom(1)).found).toBe('up');
    expect(firecracker.decide({ baseline, candidate }, createRandom(1)).found).toBeNull();
    expect(
      firecracker.decide({ baseline: candidate, candidate: baseline.map((value) => value * 0.95) }, createRandom(1))
        .found,
    ).toBe('down');
  });
});

describe('the other peers', () => {
  it('lkp wants the gap between the ranges to be more than half the distance of the middles', () => {
    const decide = (candidate: readonly number[]) =>
      lkp.decide({ baseline: [1, 2, 3], candidate }, createRandom(1)).found;
    expect(decide([5, 6, 7])).toBeNull();
    expect(decide([7, 8, 9])).toBe('up');
    expect(decide([-5, -4, -3])).toBe('down');
    expect(decide([2.5, 8, 9])).toBeNull();
  });

  it('github-action-benchmark alerts beyond a factor of 2', () => {
    const decide = (value: number) =>
      githubActionBenchmark.decide({ baseline: [100], candidate: [value] }, createRandom(1)).found;
    expect([decide(199), decide(201), decide(51), decide(49)]).toEqual([null, 'up', null, 'down']);
  });

  it('Bencher draws its limits with the population deviation', () => {
    // Its own tests: the values 1 to 5 have the variance 2; mean 0, deviation 1 and 5 degrees of freedom put 0.85 at 1.15577.
    const history = [-1, 1, -1, 1, -1, 1];
    expect(computeBencherLimits(history, 0.85)?.[1]).toBeCloseTo(1.1557673428942912, 9);
    const spread = computeBencherLimits([1, 2, 3, 4, 5], 0.85);
    expect(((spread?.[1] ?? 0) - 3) / Math.SQRT2).toBeCloseTo(1.1895672, 3);
    expect(bencher.decide({ baseline: history, candidate: [5] }, createRandom(1)).found).toBe('up');
    expect(bencher.decide({ baseline: history, candidate: [2] }, createRandom(1)).found).toBeNull();
  });

  it('node stars what has a p below 0.05', () => {
    const sides = { baseline: [1.1, 2.2, 3.3, 4.4], candidate: [5.5, 6.6, 7.7, 8.8] };
    expect(nodeWelch.decide(sides, createRandom(1)).score).toBeCloseTo(0.00465921494399, 12);
    expect(nodeWelch.decide(sides, createRandom(1)).found).toBe('up');
  });
});
