import { describe, expect, it } from 'vitest';
import { type Block, compareAlignedRanks } from '../../src/statistics/aligned-rank-test.ts';
import { computeDetectableAlignedShift } from '../../src/statistics/detectable-aligned-shift.ts';
import { createRandom, type Random } from '../../src/statistics/random.ts';
import { drawExponential, drawNormal } from '../evaluation/simulation/draws.ts';

const noises = { normal: drawNormal, skewed: drawExponential } as const;

function drawBlocks(count: number, size: number, shift: number, draw: () => number): Block[] {
  return Array.from({ length: count }, () => {
    // What drifts between the blocks.
    const level = 10 * draw();
    const side = (more: number) => Array.from({ length: size }, () => level + more + draw());
    return { baseline: side(0), candidate: side(shift) };
  });
}

/** How often the change printed for one experiment is found in a new one. */
function simulatePower(count: number, size: number, level: number, draw: (random: Random) => number): number {
  const random = createRandom(`${count} x ${size} ${level}`);
  const next = () => draw(random);
  const runs = 250;
  let found = 0;
  for (let run = 0; run < runs; run += 1) {
    const blocks = drawBlocks(count, size, 0, next);
    const shift = computeDetectableAlignedShift({ blocks, level, power: 0.8, random }) ?? NaN;
    const test = compareAlignedRanks(drawBlocks(count, size, shift, next), { random });
    if (test.p <= level && test.candidateRankSum > test.expectedRankSum) found += 1;
  }
  return found / runs;
}

describe('computeDetectableAlignedShift', () => {
  it.each([
    [5, 4, 0.05, 'normal'],
    [5, 4, 0.05 / 48, 'skewed'],
    [2, 10, 0.05, 'skewed'],
    [10, 2, 0.05 / 7, 'normal'],
  ] as const)('of %i blocks of %i at level %d is found in four of five new experiments, %s', (...design) => {
    const [count, size, level, noise] = design;
    const power = simulatePower(count, size, level, noises[noise]);
    // The band asked for, 0.75 to 0.85, and two standard errors.
    expect(power).toBeGreaterThan(0.7);
    expect(power).toBeLessThan(0.9);
  });

  it('is null where no allocation reaches the level, 0 for constant data, the same for the same seed', () => {
    const compute = (blocks: readonly Block[], level = 0.05) =>
      computeDetectableAlignedShift({ blocks, level, power: 0.8, random: createRandom(1) });
    const pair = (value: number): Block => ({ baseline: [value], candidate: [value + 1] });
    // 2 of 16 and 2 of 64 allocations.
    expect(compute([1, 2, 3, 4].map(pair))).toBeNull();
    expect(compute([1, 2, 3, 4, 5, 6].map(pair))).not.toBeNull();
    expect(compute([{ baseline: [1, 1, 1, 1], candidate: [1, 1, 1, 1] }])).toBe(0);
    const random = createRandom(2);
    const blocks = drawBlocks(5, 4, 0, () => drawNormal(random));
    expect(compute(blocks)).toBe(compute(blocks));
    expect(compute(blocks)).toBeGreaterThan(0.6);
    expect(compute(blocks)).toBeLessThan(1.5);
    expect(compute(blocks, 0.001)).toBeGreaterThan(compute(blocks) ?? NaN);
    expect(compute([...blocks, { baseline: [1], candidate: [] }])).toBe(compute(blocks));
    expect(() => compute([])).toThrow('expected at least one block with both sides, found none');
  });
});
