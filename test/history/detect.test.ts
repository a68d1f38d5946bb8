import { describe, expect, it } from 'vitest';
import { detectRegressions, nightLevel } from '../../src/history/detect.ts';
import { compareNights, fewestNights } from '../../src/history/judge-point.ts';
import type { Night } from '../../src/history/night.schema.ts';
import { listRegressions } from '../../src/history/regressions.ts';
import { listPoints } from '../../src/history/series.ts';
import { buildTracks } from '../../src/history/stretches.ts';
import { createRandom } from '../../src/statistics/random.ts';
import { createNight, createNightCell, type SeriesShape, simulateNights } from './night-factory.ts';

const id = 'docker/bridge/tcp_rr/latency';
const detect = (nights: readonly Night[], isAccepted?: Parameters<typeof detectRegressions>[1]) => {
  const [track] = buildTracks(nights);
  if (track === undefined) throw new Error('no night');
  return detectRegressions(track, isAccepted);
};
const simulate = (shape: Partial<SeriesShape>, seed = 'nights') =>
  simulateNights({ nights: 40, sd: 0.005, ...shape }, createRandom(seed));
const regressed = (nights: readonly Night[]) => listRegressions(detect(nights));

describe('comparing nights', () => {
  it('gives the prediction interval of a night, worked by hand', () => {
    // Ten values with mean 0 and standard deviation 0.01: 0.01 sqrt(9 / 10) above and below it.
    const step = 0.01 * Math.sqrt(0.9);
    const effects = Array.from({ length: 10 }, (_, index) => (index % 2 === 0 ? step : -step));
    const points = [...effects, 0.05].map((effect, day) => createNight({ day, cells: [createNightCell({ effect })] }));
    const [...before] = listPoints(points, id, 'effect');
    const tonight = before.splice(-1);
    const shift = compareNights(before, tonight);
    const error = 0.01 * Math.sqrt(1.1);
    expect(shift?.estimate).toBeCloseTo(0.05, 12);
    // 2.262157: t of 9 degrees of freedom at 0.975 (tables).
    expect(shift?.interval95[0]).toBeCloseTo(0.05 - 2.262157 * error, 8);
    expect(shift?.interval95[1]).toBeCloseTo(0.05 + 2.262157 * error, 8);
    expect(shift?.p).toBeCloseTo(0.00050959, 8);
    expect(compareNights(before.slice(1), tonight)).toBeNull();
    const better = compareNights(
      before,
      listPoints([createNight({ cells: [createNightCell({ effect: -0.05 })] })], id, 'effect'),
    );
    expect(better?.p).toBeCloseTo(1 - 0.00050959, 8);
  });

  it('takes lower throughput for worse', () => {
    const metric = { name: 'throughput', unit: 'bit/s', better: 'higher' } as const;
    const nights = simulate({ effect: (day) => (day >= 30 ? -0.05 : 0), cell: { metric } });
    const [regression] = regressed(nights);
    expect(regression?.state).toBe('regressed');
    expect(regression?.series[0]?.shift?.estimate).toBeCloseTo(0.05, 2);
    expect(regressed(simulate({ effect: (day) => (day >= 30 ? 0.05 : 0), cell: { metric } }))).toEqual([]);
  });
});

describe('nightly regressions', () => {
  it('are suspected after one night and told after two', () => {
    const nights = simulate({ effect: (day) => (day >= 30 ? 0.05 : 0) });
    expect(regressed(nights.slice(0, 30))).toEqual([]);
    expect(regressed(nights.slice(0, 31))[0]?.state).toBe('suspected');
    const [told] = regressed(nights.slice(0, 32));
    expect(told).toMatchObject({
      state: 'regressed',
      first: { time: nights[30]?.time },
      lastGood: { time: nights[29]?.time },
    });
    expect(told?.series[0]).toMatchObject({ kind: 'effect', nightsBefore: 14, nightsSince: 2, outsideFrom: 14 });
  });

  it('are forgotten when the second night is as usual', () => {
    const nights = simulate({ effect: (day) => (day === 30 ? 0.05 : 0) });
    expect(regressed(nights.slice(0, 31))[0]?.state).toBe('suspected');
    expect(regressed(nights)).toEqual([]);
  });

  it('are found by the change point model where no single night is outside', () => {
    const nights = simulate({ nights: 55, effect: (day) => (day >= 30 ? 0.02 : 0), sd: 0.008, cell: { margin: 0.01 } });
    const [told] = regressed(nights);
    expect(told?.state).toBe('regressed');
    expect(told?.series.map(({ foundBy }) => foundBy)).toContain('change point model');
    expect(Math.abs(Date.parse(told?.first.time ?? '') - Date.parse(nights[30]?.time ?? ''))).toBeLessThan(
      4 * 86_400_000,
    );
  });

  it('below the margin are none', () => {
    expect(regressed(simulate({ nights: 60, effect: (day) => (day >= 30 ? 0.05 : 0), cell: { margin: 0.2 } }))).toEqual(
      [],
    );
  });

  it('of both sides alike show in the level, not in the effect', () => {
    const [told] = regressed(simulate({ level: (day) => (day >= 30 ? 0.08 : 0) }));
    expect(told?.state).toBe('regressed');
    expect(told?.series.map(({ kind }) => kind)).toEqual(['level']);
  });

  it('are over after five nights back, and are recovering before', () => {
    const nights = simulate({ effect: (day) => (day >= 30 && day < 34 ? 0.05 : 0) });
    const states = [32, 34, 36, 37, 38, 39].map((count) => regressed(nights.slice(0, count))[0]?.state);
    expect(states).toEqual(['regressed', 'regressed', 'regressed', 'recovering', 'recovering', 'recovered']);
    // The nights before are what later nights are held against, not the bad ones.
    const again = simulate({ nights: 50, effect: (day) => ((day >= 30 && day < 34) || day >= 45 ? 0.05 : 0) });
    expect(regressed(again)[0]).toMatchObject({ state: 'regressed', first: { time: again[45]?.time } });
  });

  it('that are accepted give the new level', () => {
    const nights = simulate({ nights: 60, effect: (day) => (day >= 30 ? 0.05 : 0) + (day >= 50 ? 0.05 : 0) });
    const first = nights[30]?.time;
    const accepted = detect(nights, (_, { night }) => night.time === first);
    const [told] = listRegressions(accepted);
    expect(told).toMatchObject({ state: 'regressed', first: { time: nights[50]?.time } });
    expect(told?.series[0]?.shift?.estimate).toBeCloseTo(0.05, 1);
  });

  it('end where the environment changes, and say so', () => {
    const night = (day: number) => ({ environment: { 'host.kernel.release': day < 36 ? '6.1.0' : '6.1.1' } });
    const nights = simulate({ effect: (day) => (day >= 30 ? 0.05 : 0), night });
    const detection = detect(nights);
    expect(listRegressions(detection)[0]?.state).toBe('unfollowed');
    expect(detection.stretch.nights).toHaveLength(4);
    expect(detection.notes[0]).toContain('host.kernel.release was 6.1.0 and is 6.1.1');
    expect(detection.notes[1]).toBe('Tonight cannot be judged yet: 3 comparable nights before it, 10 needed.');
  });

  it('need nights to be judged by', () => {
    const nights = simulate({ nights: 12, effect: (day) => (day >= 9 ? 0.2 : 0) });
    expect(fewestNights).toBe(10);
    expect(regressed(nights.slice(0, 10))).toEqual([]);
  });

  it('pass over nights without a valid value', () => {
    const broken = simulate({ effect: (day) => (day >= 30 ? 0.05 : 0) }).map((night, day) =>
      day === 31 ? { ...night, cells: night.cells.map((cell) => ({ ...cell, verdict: 'invalid' as const })) } : night,
    );
    expect(detect(broken.slice(0, 32)).notes.at(-1)).toBe(
      `Not judged tonight, for want of enough valid fresh starts: ${id}.`,
    );
    expect(regressed(broken.slice(0, 32))[0]?.state).toBe('suspected');
    expect(regressed(broken.slice(0, 33))[0]?.state).toBe('regressed');
  });
});

describe('nights without a change', () => {
  it('raise as many alarms as promised', () => {
    let suspected = 0;
    let told = 0;
    const repetitions = 12;
    for (let repetition = 0; repetition < repetitions; repetition += 1) {
      const nights = simulate({ nights: 60, cells: 10, sd: 0.007, cell: { margin: 0.007 } }, `quiet ${repetition}`);
      told += listRegressions(detect(nights)).filter(({ state }) => state !== 'suspected').length;
      for (let count = fewestNights + 1; count <= 60; count += 7) {
        suspected += listRegressions(detect(nights.slice(0, count))).filter(
          ({ state }) => state === 'suspected',
        ).length;
      }
    }
    // 600 judged nights of 10 cells: one regression is expected; eight would be a chance of 1 in 100,000.
    expect(told).toBeLessThan(8);
    // 96 looks at one night each, at level 0.01.
    expect(nightLevel).toBe(0.01);
    expect(suspected).toBeLessThan(7);
  });
});
