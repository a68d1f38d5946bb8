import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addSubsetSums, addTableEntries } from '../../src/statistics/add-random-sums.ts';
import { alignBlocks, type Block, compareAlignedRanks } from '../../src/statistics/aligned-rank-test.ts';
import { computeAlignedShift } from '../../src/statistics/aligned-shift.ts';
import { computeAllocationP } from '../../src/statistics/allocations.ts';
import { computeMidranks } from '../../src/statistics/midranks.ts';
import { createRandom } from '../../src/statistics/random.ts';
import { computeDistanceP } from '../../src/statistics/rank-sum-distribution.ts';
import { extra } from './rank-reference.ts';
import { relativeError } from './reference-values.ts';

const reference = extra.alignedRankTest;
const referenceBlocks: Block[] = reference.blocks.map(({ order, x }) => ({
  baseline: x.filter((_, index) => order[index] === 'A').map(Math.log),
  candidate: x.filter((_, index) => order[index] === 'B').map(Math.log),
}));

const random = () => createRandom(1);
const someValues = fc.array(fc.double({ min: 1, max: 1000, noNaN: true }), { minLength: 1, maxLength: 4 });
const someBlocks = fc.array(fc.record({ baseline: someValues, candidate: someValues }), { minLength: 1, maxLength: 5 });
const swap = (blocks: readonly Block[]) =>
  blocks.map(({ baseline, candidate }) => ({ baseline: candidate, candidate: baseline }));

describe('random sums', () => {
  it('takes every table entry equally often', () => {
    const sums = new Float64Array(70_000);
    addTableEntries(sums, Float64Array.of(0, 1, 2, 3, 4, 5, 6), random());
    const counts = [0, 1, 2, 3, 4, 5, 6].map((entry) => sums.filter((sum) => sum === entry).length);
    // 99.99 % quantile of chi square with 6 degrees of freedom: 27.9.
    expect(counts.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0)).toBeLessThan(27.9);
  });

  it.each([2, 3])('takes every subset of %i of 5 equally often', (chosen) => {
    const sums = new Float64Array(100_000);
    addSubsetSums(sums, { values: Float64Array.of(1, 2, 4, 8, 16), chosen }, random());
    const counts = new Map<number, number>();
    for (const sum of sums) counts.set(sum, (counts.get(sum) ?? 0) + 1);
    expect(counts.size).toBe(10);
    // 99.99 % quantile of chi square with 9 degrees of freedom: 33.7.
    const chiSquare = [...counts.values()].reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0);
    expect(chiSquare).toBeLessThan(33.7);
  });
});

describe('random sums of groups', () => {
  it('takes every subset of 2 of 14 equally often, from two groups of 7', () => {
    const sums = new Float64Array(91_000);
    addSubsetSums(sums, { values: Float64Array.from({ length: 14 }, (_, index) => 2 ** index), chosen: 2 }, random());
    const counts = new Map<number, number>();
    for (const sum of sums) counts.set(sum, (counts.get(sum) ?? 0) + 1);
    expect(counts.size).toBe(91);
    // 99.99 % quantile of chi square with 90 degrees of freedom: 146.
    const chiSquare = [...counts.values()].reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0);
    expect(chiSquare).toBeLessThan(146);
  });

  it('takes all values but one equally often, from four groups', () => {
    const sums = new Float64Array(40_000);
    addSubsetSums(sums, { values: Float64Array.from({ length: 40 }, (_, index) => index), chosen: 39 }, random());
    const leftOut = Array.from({ length: 40 }, (_, value) => sums.filter((sum) => 780 - sum === value).length);
    // 99.99 % quantile of chi square with 39 degrees of freedom: 78.
    expect(leftOut.reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0)).toBeLessThan(78);
  });
});

describe('computeAllocationP', () => {
  it('counts all of a few allocations, and draws of many to the same end', () => {
    const ranks = Float64Array.from({ length: 24 }, (_, index) => 2 * index + 2);
    const exact = computeDistanceP({ ranks: ranks.map((rank) => rank / 2), chosen: 12, rankSum: 120 }) ?? NaN;
    const drawn = computeAllocationP({
      strata: [{ values: ranks, chosen: 12 }],
      low: 240,
      high: 360,
      resamples: 99_999,
      random: random(),
    });
    expect(drawn.exhaustive).toBe(false);
    // Four standard errors.
    expect(Math.abs(drawn.p - exact)).toBeLessThan(4 * Math.sqrt(exact / 100_000));
    const few = { strata: [{ values: Float64Array.of(1, 2, 3, 4), chosen: 2 }], resamples: 9, random: random() };
    expect(computeAllocationP({ ...few, low: 3, high: 7 })).toEqual({ p: 2 / 6, exhaustive: true });
  });

  it('never says 0', () => {
    const stratum = { values: Float64Array.from({ length: 40 }, (_, index) => index), chosen: 20 };
    const question = { strata: [stratum], low: -1, high: 1e9, resamples: 99, random: random() };
    expect(computeAllocationP(question).p).toBe(0.01);
  });
});

describe('compareAlignedRanks', () => {
  it('agrees with the exhaustive reference', () => {
    const found = compareAlignedRanks(referenceBlocks, { random: random() });
    expect(found).toEqual({
      p: reference.p_exact_within_block,
      exhaustive: true,
      candidateRankSum: reference.S_B,
      expectedRankSum: reference.E_S,
    });
    expect(relativeError(computeAlignedShift(referenceBlocks).estimate, reference.hl_log_aligned)).toBeLessThan(1e-9);
    expect(
      relativeError(Math.exp(computeAlignedShift(referenceBlocks).estimate), reference.hl_ratio_aligned),
    ).toBeLessThan(1e-9);
  });

  it('aligns as the reference does', () => {
    const wanted = reference.blocks.flatMap(({ order }) => [...order]);
    const { baseline, candidate } = alignBlocks(referenceBlocks);
    const places = { A: baseline.values(), B: candidate.values() };
    for (const [index, side] of wanted.entries()) {
      const found = places[side === 'A' ? 'A' : 'B'].next().value ?? NaN;
      expect(Math.abs(found - (reference.aligned_log[index] ?? NaN))).toBeLessThan(1e-14);
    }
  });

  it('removes what drifts between blocks', () => {
    const drifting = [0, 100, 200, 300].map((level) => ({
      baseline: [level, level + 1, level + 2],
      candidate: [level + 3, level + 4, level + 5],
    }));
    expect(compareAlignedRanks(drifting, { random: random() }).p).toBeLessThan(0.0001);
    expect(computeAlignedShift(drifting)).toMatchObject({ estimate: 3 });
  });

  it('draws where there are too many allocations, the same for the same seed, close to exact', () => {
    const generator = createRandom(7);
    const draw = () => Array.from({ length: 60 }, () => generator.nextUint32());
    const blocks = Array.from({ length: 2 }, () => ({ baseline: draw(), candidate: draw() }));
    const compare = (data: readonly Block[], seed: string) =>
      compareAlignedRanks(data, { random: createRandom(seed), resamples: 9999 });
    const first = compare(blocks, 'cell');
    expect(first.exhaustive).toBe(false);
    expect(compare(blocks, 'cell')).toEqual(first);
    // Five standard errors.
    expect(Math.abs(compare(blocks, 'other').p - first.p)).toBeLessThan(5 * Math.sqrt(0.5 / 10_000));
    expect(compare(swap(blocks), 'cell').p).toBe(first.p);
  });

  it('is exact with one block: the rank test by distance', () => {
    const baseline = Array.from({ length: 20 }, (_, index) => 7 * index);
    const candidate = Array.from({ length: 20 }, (_, index) => 7 * index + 24);
    const { ranks } = computeMidranks([...candidate, ...baseline]);
    const rankSum = ranks.subarray(0, 20).reduce((sum, rank) => sum + rank, 0);
    const found = compareAlignedRanks([{ baseline, candidate }], { random: random() });
    expect(found.exhaustive).toBe(true);
    expect(found.p).toBe(computeDistanceP({ ranks, chosen: 20, rankSum }));
  });

  it('finds nothing in constant data, leaves out half blocks, refuses no data', () => {
    const constant = [{ baseline: [3, 3], candidate: [3, 3] }];
    expect(compareAlignedRanks(constant, { random: random() }).p).toBe(1);
    const half = { baseline: [1, 2], candidate: [] };
    expect(compareAlignedRanks([...referenceBlocks, half], { random: random() }).p).toBe(0.005);
    expect(() => compareAlignedRanks([half], { random: random() })).toThrow(
      'expected at least one block with both sides',
    );
    expect(() => compareAlignedRanks([], { random: random() })).toThrow('expected at least one block with both sides');
    expect(() => compareAlignedRanks([{ baseline: [NaN], candidate: [1] }], { random: random() })).toThrow('found NaN');
  });

  it('is symmetric, does not care about order, scale or level, is never 0 and changes no input', () => {
    const options = () => ({ random: random(), resamples: 999 });
    fc.assert(
      fc.property(someBlocks, fc.integer({ min: -20, max: 20 }), (blocks, power) => {
        for (const block of blocks) Object.freeze(Object.freeze(block).baseline);
        const found = compareAlignedRanks(Object.freeze(blocks), options());
        expect(found.p).toBeGreaterThan(0);
        expect(found.p).toBeLessThanOrEqual(1);
        expect(compareAlignedRanks(swap(blocks), options()).p).toBe(found.p);
        const change = (by: (value: number) => number) =>
          blocks.map(({ baseline, candidate }) => ({ baseline: baseline.map(by), candidate: candidate.map(by) }));
        expect(
          compareAlignedRanks(
            change((value) => value * 2 ** power),
            options(),
          ),
        ).toEqual(found);
        const turned = blocks.map(({ baseline, candidate }) => ({ baseline: baseline.toReversed(), candidate }));
        expect(compareAlignedRanks(turned, options())).toEqual(found);
      }),
      { numRuns: 50 },
    );
  });
});
