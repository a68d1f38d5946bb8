import { describe, expect, it } from 'vitest';
import { computeMedian } from '../../../src/statistics/quantile.ts';
import { createRandom } from '../../../src/statistics/random.ts';
import { drawDependent } from './dependence.ts';
import { drawNormal } from './draws.ts';
import { drawCell, flatten, injectChange, type Scenario } from './scenario.ts';
import { drawShape, shapes } from './shapes.ts';

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const deviation = (values: readonly number[]) => {
  const centre = mean(values);
  return Math.sqrt(mean(values.map((value) => (value - centre) ** 2)));
};

const quiet: Scenario = {
  id: 'quiet',
  title: 'quiet',
  shape: 'normal',
  scale: 0.01,
  dependence: { kind: 'independent' },
  design: { kind: 'deployments', deployments: 4, samples: 3 },
  start: { kind: 'normal', size: 0 },
};

describe('noise', () => {
  it.each([
    ['normal', 0, 1],
    ['lower-tail', -1, 1],
    ['upper-tail', 0, 1],
    ['spikes', 0.6, 3.32],
    ['two-modes', -0.75, 1.39],
    ['quantised', 0, 1],
  ] as const)('%s has the mean %d and the deviation %d', (shape, centre, spread) => {
    const random = createRandom(3);
    const draws = Array.from({ length: 40_000 }, () => drawShape(shape, random));
    expect(Math.abs(mean(draws) - centre)).toBeLessThan(0.04);
    expect(Math.abs(deviation(draws) - spread)).toBeLessThan(0.12);
  });

  it('is correlated from one value to the next as asked, with the same deviation', () => {
    const series = drawDependent(40_000, { kind: 'autocorrelated', correlation: 0.7 }, drawNormal, createRandom(4));
    const products = series.slice(1).map((value, index) => value * (series[index] as number));
    expect(mean(products) / deviation(series) ** 2).toBeCloseTo(0.7, 1);
    expect(deviation(series)).toBeCloseTo(1, 1);
  });

  it('rises along a ramp and walks to an end of the size asked for', () => {
    const flat = () => 0;
    expect(drawDependent(5, { kind: 'ramp', size: 4 }, flat, createRandom(1))).toEqual([0, 1, 2, 3, 4]);
    const random = createRandom(5);
    const ends = Array.from(
      { length: 2000 },
      () => drawDependent(40, { kind: 'walk', size: 3 }, flat, random).at(-1) ?? 0,
    );
    expect(Math.abs(deviation(ends) - 3)).toBeLessThan(0.2);
  });
});

describe('cells', () => {
  it('have the deployments, blocks and samples of their design', () => {
    const cell = drawCell(quiet, createRandom(1));
    expect(cell.baseline.map(({ deployment, block, values }) => [deployment, block, values.length])).toEqual([
      ['b1', 1, 3],
      ['b2', 2, 3],
      ['b3', 3, 3],
      ['b4', 4, 3],
    ]);
    const blocks = drawCell({ ...quiet, design: { kind: 'blocks', blocks: 5 } }, createRandom(1));
    expect(blocks.candidate.map(({ block, values }) => [block, values.length])).toEqual(
      [1, 2, 3, 4, 5].map((block) => [block, 4]),
    );
  });

  it('of deployments share what a fresh start leaves different', () => {
    const cell = drawCell({ ...quiet, scale: 1e-3, start: { kind: 'normal', size: 50 } }, createRandom(2));
    const within = cell.baseline.map(({ values }) => deviation(values));
    expect(Math.max(...within)).toBeLessThan(0.01);
    expect(deviation(cell.baseline.map(({ values }) => mean(values)))).toBeGreaterThan(0.01);
  });

  it.each(shapes)('lies around 1, and where it is moved to: %s', (shape) => {
    const cell = drawCell({ ...quiet, shape, design: { kind: 'one-after-the-other', samples: 500 } }, createRandom(6));
    const moved = injectChange(cell, 0.25);
    expect(Math.abs(computeMedian(flatten(cell.baseline)) - 1)).toBeLessThan(0.02);
    expect(flatten(moved.candidate)).toEqual(
      flatten(cell.candidate).map((value) =>
        shape === 'quantised' ? Math.round((value * 1.25) / quiet.scale) * quiet.scale : value * 1.25,
      ),
    );
    expect(moved.baseline).toBe(cell.baseline);
  });

  it('is the same for the same seed and another for another', () => {
    expect(drawCell(quiet, createRandom(9))).toEqual(drawCell(quiet, createRandom(9)));
    expect(drawCell(quiet, createRandom(9))).not.toEqual(drawCell(quiet, createRandom(10)));
  });
});
