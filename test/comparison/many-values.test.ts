import { describe, expect, it } from 'vitest';
import { compareBlocks } from '../../src/comparison/block-rule.ts';
import type { CellData } from '../../src/comparison/cell-data.ts';
import { compareCells } from '../../src/comparison/compare-cells.ts';
import { defaultPolicy } from '../../src/comparison/policy.schema.ts';
import { approximateAlignedP, type Block, compareAlignedRanks } from '../../src/statistics/aligned-rank-test.ts';
import { createRandom, type Random } from '../../src/statistics/random.ts';
import { drawNoise, simulateCell } from './simulate-cells.ts';

/** Blocks of so many values a side, around a place of their own; rounded where there is a step. */
function drawBlocks(random: Random, shape: { count: number; size: number; step: number; shift: number }): Block[] {
  const round = (value: number) => (shape.step === 0 ? value : Math.round(value / shape.step) * shape.step);
  return Array.from({ length: shape.count }, () => {
    const place = drawNoise(random, 'normal');
    const draw = (shift: number) => () => round(place + shift + drawNoise(random, 'skewed'));
    return {
      baseline: Array.from({ length: shape.size }, draw(0)),
      candidate: Array.from({ length: shape.size }, draw(shape.shift)),
    };
  });
}

describe('the normal limit of the aligned rank test', () => {
  it.each([
    [1, 100, 0.5],
    [5, 20, 0.5],
    [25, 4, 1],
    [50, 2, 0],
  ])('is that of many draws: %d blocks of %d a side in steps of %d', (count, size, step) => {
    for (const [seed, shift] of [0, 0.1, 0.2, 0.3].entries()) {
      const blocks = drawBlocks(createRandom(`${count} ${seed}`), { count, size, step, shift });
      const drawn = compareAlignedRanks(blocks, { random: createRandom(seed), resamples: 20_000 }).p;
      expect(Math.abs(approximateAlignedP(blocks) - drawn)).toBeLessThan(0.012);
    }
  });

  it('is the same for swapped sides', () => {
    const blocks = drawBlocks(createRandom(1), { count: 30, size: 4, step: 0.5, shift: 0.3 });
    const swapped = blocks.map(({ baseline, candidate }) => ({ baseline: candidate, candidate: baseline }));
    expect(approximateAlignedP(swapped)).toBe(approximateAlignedP(blocks));
  });
});

describe('a cell of many values', () => {
  const judge = (observation: CellData['observation'], groups: number, perGroup: number) => {
    const cell = simulateCell('many', { observation, groups, perGroup, deviation: 0.01, shape: 'normal' });
    const { cells, headlines } = compareCells([cell], { seed: 1, policy: defaultPolicy });
    return { pMethod: cells[0]?.pMethod, spread: cells[0]?.spread.pMethod, headline: headlines[0]?.pMethod };
  };

  it('says which of its figures come from the normal limit', () => {
    const drawn = { pMethod: 'aligned-rank', spread: 'permutation', headline: 'aligned-rank' };
    const limit = { pMethod: 'normal-aligned-rank', spread: 'permutation', headline: 'normal-aligned-rank' };
    expect(judge('block', 5, 12)).toEqual(drawn);
    expect(judge('block', 5, 13)).toEqual(limit);
    expect(judge('block', 5, 101)).toEqual({ ...limit, spread: 'normal-permutation' });
    expect(judge('sample', 1, 400)).toMatchObject({ pMethod: 'normal-mann-whitney', spread: 'permutation' });
  });

  it.each([
    ['2', 100, 2],
    ['4', 30, 4],
    ['20', 5, 20],
  ])('prints the change that is found in four of five new runs, blocks of %s a side', (_, count, size) => {
    const random = createRandom(1);
    const compare = (shift: number) => {
      const drawn = drawBlocks(random, { count, size, step: 0, shift });
      const toValues = (values: readonly number[]) => values.map((value) => Math.exp(value / 100));
      const blocks = drawn.map((block) => ({
        baseline: toValues(block.baseline),
        candidate: toValues(block.candidate),
      }));
      return compareBlocks({ scale: 'ratio', blocks, level: 0.05, random });
    };
    const trials = Array.from({ length: 200 }, () => {
      const found = compare(100 * (compare(0).detectable ?? NaN));
      return (found.p ?? 1) <= 0.05 && found.estimate > 0;
    });
    const share = trials.filter(Boolean).length / trials.length;
    expect(share).toBeGreaterThan(0.72);
    expect(share).toBeLessThan(0.9);
  });
});
