import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Block, compareAlignedRanks } from '../../src/statistics/aligned-rank-test.ts';
import { computeAlignedShift, computeAlignedShifts } from '../../src/statistics/aligned-shift.ts';
import { computeShift } from '../../src/statistics/hodges-lehmann.ts';
import { createRandom, type Random } from '../../src/statistics/random.ts';
import { drawExponential, drawNormal } from '../evaluation/simulation/draws.ts';

/** Blocks of so many values a side around a place of their own, the candidate's values larger by `shift`. */
function drawBlocks(sizes: readonly (readonly [number, number])[], shift: number, random: Random): Block[] {
  return sizes.map(([baseline, candidate]) => {
    const place = 10 * drawNormal(random);
    const draw = (count: number, more: number) =>
      Array.from({ length: count }, () => place + more - drawExponential(random));
    return { baseline: draw(baseline, 0), candidate: draw(candidate, shift) };
  });
}

const fiveOfFour = Array.from({ length: 5 }, () => [4, 4] as const);
const uneven = [3, 5, 4, 2, 5, 4].map((size, index) => [size, index % 2 === 0 ? 5 : 2] as const);
const isInside = (value: number, interval: readonly [number, number] | null) =>
  interval === null || (interval[0] <= value && value <= interval[1]);

describe('computeAlignedShift', () => {
  it.each([
    ['five blocks of four a side', fiveOfFour, 0],
    ['the same after a large change', fiveOfFour, 8],
    ['blocks of uneven sides', uneven, 0],
    ['the same after a large change', uneven, 8],
    ['blocks of one against six and six against one', [1, 6, 1, 6].map((size) => [size, 7 - size] as const), 0],
    ['blocks of three, of which one value is always the median', Array.from({ length: 10 }, () => [2, 1] as const), 1],
    ['twelve pairs', Array.from({ length: 12 }, () => [1, 1] as const), 0],
    ['fifty blocks of two a side, in the normal limit', Array.from({ length: 50 }, () => [2, 2] as const), 2],
  ])('holds the truth as often as it says: %s', (_, sizes, shift) => {
    const random = createRandom('coverage');
    const runs = 600;
    const held = { wide: 0, narrow: 0 };
    for (let run = 0; run < runs; run += 1) {
      const [wide, narrow] = computeAlignedShifts(drawBlocks(sizes, shift, random), [0.95, 0.9]);
      if (isInside(shift, wide?.interval ?? null)) held.wide += 1;
      if (isInside(shift, narrow?.interval ?? null)) held.narrow += 1;
    }
    // Three standard errors below; above, what the discreteness of a few blocks adds.
    expect(held.wide / runs).toBeGreaterThan(0.95 - 3 * Math.sqrt((0.95 * 0.05) / runs));
    expect(held.wide / runs).toBeLessThan(0.985);
    expect(held.narrow / runs).toBeGreaterThan(0.9 - 3 * Math.sqrt((0.9 * 0.1) / runs));
    expect(held.narrow / runs).toBeLessThan(0.95);
  });

  it('leaves 0 out where p is below 0.05, and nowhere else', () => {
    const random = createRandom('agreement');
    const countDisagreements = (sizes: readonly (readonly [number, number])[]) =>
      Array.from({ length: 400 }, (_, run) => {
        const blocks = drawBlocks(sizes, (run % 4) / 4, random);
        const { p } = compareAlignedRanks(blocks, { random });
        return isInside(0, computeAlignedShift(blocks).interval) !== p > 0.05;
      }).filter(Boolean).length;
    expect(countDisagreements(fiveOfFour)).toBeLessThanOrEqual(4);
    // Where blocks are uneven, what chance gives depends on the shift that is tried.
    expect(countDisagreements(uneven)).toBeLessThanOrEqual(16);
  });

  it('changes its sign with the sides, and nothing else', () => {
    const values = fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 1, maxLength: 4 });
    const blocks = fc.array(fc.record({ baseline: values, candidate: values }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(blocks, (given) => {
        const { estimate, interval, achieved } = computeAlignedShift(given);
        const swapped = computeAlignedShift(
          given.map((block) => ({ baseline: block.candidate, candidate: block.baseline })),
        );
        expect(swapped.estimate + estimate).toBe(0);
        expect(swapped.achieved).toBe(achieved);
        expect(swapped.interval === null).toBe(interval === null);
        if (interval === null || swapped.interval === null) return;
        expect(swapped.interval[0] + interval[1]).toBe(0);
        expect(swapped.interval[1] + interval[0]).toBe(0);
        expect(isInside(estimate, interval)).toBe(true);
      }),
    );
  });

  it('has no interval where p cannot reach the level, and the widest where it just can', () => {
    const pairs = [1, 5, 2, 4, 3, 9].map((difference, index) => ({
      baseline: [10 * index],
      candidate: [10 * index + difference],
    }));
    // 2 of 32 and 2 of 64 allocations.
    expect(computeAlignedShift(pairs.slice(1))).toMatchObject({ interval: null, achieved: null });
    const { interval, achieved } = computeAlignedShift(pairs);
    expect(achieved).toBe(1 - 2 / 64);
    expect(interval).toEqual([1, 9]);
  });

  it('is the plain shift where there is one block, and exact where nothing varies', () => {
    const block = { baseline: [1, 2, 4, 7], candidate: [3, 6, 8, 9] };
    expect(computeAlignedShift([block])).toEqual(computeShift(block.baseline, block.candidate));
    const constant = { baseline: [5, 5, 5], candidate: [7, 7, 7] };
    expect(computeAlignedShift([constant, constant, constant])).toMatchObject({ estimate: 2, interval: [2, 2] });
  });
});
