import { describe, expect, it } from 'vitest';
import { findChangeThreshold } from '../../src/statistics/change-point-thresholds.ts';
import { correctForDependence, type MonitorOptions, monitorSeries } from '../../src/statistics/monitor-series.ts';
import { createRandom } from '../../src/statistics/random.ts';
import { drawNights } from '../evaluation/simulation/nightly.ts';
import { extra } from './rank-reference.ts';

const options: MonitorOptions = { kind: 'lepage', runLength: 1000 };
const quiet = createRandom(2).shuffle(Array.from({ length: 20 }, (_, index) => 100 + index / 10));

describe('findChangeThreshold', () => {
  const { t, h_MW, h_Lepage } = extra.changePointModel.simulated_thresholds_ARL0_1000_window60;

  it.each(t.filter((length) => length < 60))('agrees with the rounded thresholds of the reference at %i', (length) => {
    // The reference has 20,000 streams; at 60 its window does not slide yet.
    const at = t.indexOf(length);
    expect(Math.abs(findChangeThreshold('mann-whitney', 1000, length) - (h_MW[at] ?? NaN))).toBeLessThan(0.03);
    expect(Math.abs(findChangeThreshold('lepage', 1000, length) - (h_Lepage[at] ?? NaN))).toBeLessThan(0.04);
  });

  it('has the worked example, is held from 60 values on, and refuses short windows', () => {
    expect(findChangeThreshold('lepage', 1000, 20)).toBe(3.82);
    expect(findChangeThreshold('lepage', 1000, 500)).toBe(findChangeThreshold('lepage', 1000, 60));
    expect(findChangeThreshold('lepage', 5000, 60)).toBeGreaterThan(findChangeThreshold('lepage', 500, 60));
    expect(() => findChangeThreshold('lepage', 1000, 11)).toThrow('expected a window of at least 12 values, found 11');
  });
});

describe('monitorSeries', () => {
  it('raises its first alarm soon after a large step, and says where and which way', () => {
    const after = Array.from({ length: 12 }, (_, index) => 90 + ((index * 7) % 10) / 10);
    for (const kind of ['mann-whitney', 'lepage'] as const) {
      const alarm = monitorSeries([...quiet, ...after], { ...options, kind });
      expect(alarm).toMatchObject({ before: 20, direction: 'down' });
      expect(alarm?.seen).toBe(kind === 'lepage' ? 24 : 25);
      expect(alarm?.statistic).toBeGreaterThan(alarm?.threshold ?? Infinity);
      const mirrored = monitorSeries(
        [...quiet, ...after].map((value) => -value),
        { ...options, kind },
      );
      expect(mirrored).toEqual({ ...alarm, direction: 'up' });
    }
  });

  it('counts from the start of the series when the window slides', () => {
    const random = createRandom(1);
    const long = Array.from({ length: 90 }, () => random.nextBelow(1000));
    const after = Array.from({ length: 12 }, () => 5000 + random.nextBelow(1000));
    expect(monitorSeries([...long, ...after], { ...options, runLength: 5000 })).toMatchObject({
      before: 90,
      direction: 'up',
    });
  });

  it('has false alarms as rarely as it says, and finds steps', () => {
    const random = createRandom(5);
    const watch = (noise: Parameters<typeof drawNights>[0], at: number | null, count: number) =>
      Array.from({ length: count }, () => {
        const change = at === null ? null : { at, shift: -0.02, spreadFactor: 1 };
        return monitorSeries(drawNights(noise, 80, change, random), options);
      }).filter((alarm) => alarm !== null);
    // 61 looks with a chance of 1 / 1000 each, less what the correction takes; four standard errors above 6 %.
    expect(watch('normal', null, 200).length).toBeLessThan(26);
    expect(watch('lower tail', null, 200).length).toBeLessThan(26);
    // Without the correction most of these would alarm.
    expect(watch('autocorrelated 0.4', null, 100).length).toBeLessThan(30);
    const found = watch('lower tail', 40, 50).filter(({ seen, direction }) => seen > 40 && direction === 'down');
    expect(found.length).toBeGreaterThan(44);
  });

  it('is quiet on constant and short series, takes a later start, refuses what is not finite', () => {
    expect(monitorSeries(new Array<number>(70).fill(3), options)).toBeNull();
    expect(monitorSeries([1, 2, 3], options)).toBeNull();
    expect(monitorSeries([], options)).toBeNull();
    expect(monitorSeries([...quiet, ...quiet.map((value) => value + 50)], { ...options, first: 41 })).toBeNull();
    expect(() => monitorSeries([1, NaN], options)).toThrow('found NaN');
    expect(() => monitorSeries(quiet, { ...options, first: 11 })).toThrow('found 11');
  });
});

describe('correctForDependence', () => {
  it('is 1 for what alternates or is constant, and about 0.65 for a correlation of 0.4', () => {
    const alternating = Array.from({ length: 40 }, (_, index) => (index % 2) + (index < 20 ? 0 : 9));
    expect(correctForDependence(alternating, { before: 20 })).toBe(1);
    expect(correctForDependence(new Array<number>(20).fill(1), { before: 10 })).toBeGreaterThan(0.8);
    const random = createRandom(6);
    const factors = Array.from({ length: 200 }, () =>
      correctForDependence(drawNights('autocorrelated 0.4', 60, null, random), { before: 30 }),
    );
    const mean = factors.reduce((sum, factor) => sum + factor, 0) / factors.length;
    expect(mean).toBeGreaterThan(0.6);
    expect(mean).toBeLessThan(0.72);
  });
});
