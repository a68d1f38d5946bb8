import { describe, expect, it } from 'vitest';
import published from '../../fixtures/evaluation/otava.json' with { type: 'json' };
import { bencherSeries } from './bencher-series.ts';
import { findOtavaChanges } from './otava.ts';
import { computeWeightedT, findPerfherderChanges, weigh } from './perfherder.ts';
import { computeStepLimit, rustcPerf } from './rustc-perf.ts';
import { watchAnew } from './series-rule.ts';
import { watchSeries } from './tunegate-series.ts';

describe('Otava', () => {
  const runs = published.runs.map((run, index) => ({
    ...run,
    name: `${run.name} at p ${run.p}`,
    // A row without values goes on with the series before it.
    values: published.runs.slice(0, index + 1).findLast(({ values }) => values.length > 0)?.values ?? [],
  }));

  it.each(runs)('finds what Otava itself finds: $name', ({ values, window, p, magnitude, changes }) => {
    expect(findOtavaChanges(values, { window, p, magnitude })).toEqual(changes);
  });
});

describe('Perfherder', () => {
  // The expectations of its own tests/perfalert/test_analyze.py.
  it('weighs means and computes t as its tests want', () => {
    expect(weigh([1, 2, 3, 4])).toEqual({ mean: 2, variance: 2 });
    expect(computeWeightedT([0, 0], [0, 0])).toBe(0);
    expect(computeWeightedT([0, 0], [1, 1])).toBe(Infinity);
  });

  it('finds the step of its own test at the ninth value', () => {
    const series = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1];
    const options = { leastBack: 5, mostBack: 5, forward: 5, threshold: 2 };
    expect(findPerfherderChanges(series, options)).toEqual([8]);
  });
});

describe('rustc-perf and Bencher', () => {
  it('limits steps to Q3 + 3 IQR of the earlier ones', () => {
    expect(computeStepLimit([1, 2, 3, 4, 5, 6, 7])).toBe(6 + 3 * (6 - 2));
    expect(computeStepLimit([1, 2, 3, 4, 5, 6, 7, 8])).toBe(7 + 3 * (7 - 2));
  });

  it('reports a large step, and only that', () => {
    const series = Array.from({ length: 40 }, (_, night) => 100 + Math.sin(night * 1.7) + (night >= 30 ? 9 : 0));
    expect(rustcPerf.watch(series, 20)).toEqual([{ raised: 30, place: 30 }]);
    expect(bencherSeries.watch(series, 20)[0]).toEqual({ raised: 30, place: 30 });
  });
});

it('a place that wanders, vanishes and comes back is one alarm', () => {
  const answers = [[], [5], [6], [], [4], [5, 20]];
  let night = 0;
  expect(watchAnew(() => answers[night++] ?? [], new Array<number>(6).fill(1), 0)).toEqual([
    { raised: 1, place: 5 },
    { raised: 5, place: 20 },
  ]);
});

describe('Tunegate', () => {
  const quiet = Array.from({ length: 30 }, (_, night) => 100 + ((night * 7) % 10) / 10);
  const lower = (nights: number) => quiet.slice(0, nights).map((value) => value - 5);

  it('is silent on equal nights', () => {
    expect(watchSeries([...quiet, ...quiet], 20)).toEqual([]);
  });

  it('reports a step once, at its place, a few nights later, and goes on from there', () => {
    const alarms = watchSeries([...quiet, ...lower(30), ...quiet], 20);
    expect(alarms.map(({ place }) => place)).toEqual([30, 60]);
    expect(alarms.every(({ raised, place }) => raised > place && raised <= place + 8)).toBe(true);
  });

  it('raises nothing before the nights that are history', () => {
    expect(watchSeries([...quiet, ...lower(30)], 40)[0]?.raised).toBeGreaterThanOrEqual(40);
  });

  it('looks for place, unless told to look for spread', () => {
    const wide = quiet.map((value) => 100 + (value - 100.45) * 8);
    expect(watchSeries([...quiet, ...wide], 20)).toEqual([]);
    expect(watchSeries([...quiet, ...wide], 20, { kind: 'lepage', runLength: 5000 })).toHaveLength(1);
  });
});
