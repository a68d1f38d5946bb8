import { describe, expect, it } from 'vitest';
import { listDisturbances } from '../../src/comparison/sample-disturbance.ts';

const samples = (steal: readonly (number | null)[], harness = 0.004) =>
  steal.map((value) => ({ seconds: 1, diagnostics: { 'steal.percent': value, 'harness.cpuSeconds': harness } }));
const times = (count: number, value: number | null) => Array.from({ length: count }, () => value);

describe('listDisturbances', () => {
  it.each([
    ['a machine without steal', times(20, 0), times(20, 0)],
    ['a kernel that does not tell', times(20, null), times(20, null)],
    ['both sides disturbed alike', times(20, 6), times(20, 7)],
    ['a few disturbed samples more', [...times(14, 0), ...times(6, 5)], times(20, 0)],
    ['too few samples to tell', times(3, 5), times(3, 0)],
    ['one sample of many that was stolen whole', [...times(19, 0), 60], times(20, 0)],
    ['no samples', [], []],
  ])('finds nothing for %s', (_, baseline, candidate) => {
    expect(listDisturbances({ baseline: samples(baseline), candidate: samples(candidate) })).toEqual([]);
  });

  it('is silent about a busy machine: pressure, switches and drops may be the effect itself', () => {
    const busy = (pressure: number) =>
      samples(times(20, 0)).map(({ seconds, diagnostics }) => ({
        seconds,
        diagnostics: {
          ...diagnostics,
          'pressure.cpuSome.percent': pressure,
          'guest.contextSwitches.involuntary': pressure * 1000,
          'guest.udp.receiveBufferErrors': pressure * 10,
          'load.1m': pressure / 10,
        },
      }));
    expect(listDisturbances({ baseline: busy(100), candidate: busy(5) })).toEqual([]);
  });

  it('names a side that was disturbed far more often', () => {
    const candidate = [...times(14, 3), ...times(6, 0.5)];
    const found = ['steal above 1 % in 0 of 20 samples of the baseline and 14 of 20 of the candidate'];
    expect(listDisturbances({ baseline: samples(times(20, 0)), candidate: samples(candidate) })).toEqual(found);
    // 10 of 20 against none is far enough, 9 of 20 is not.
    const some = (count: number) => samples([...times(count, 3), ...times(20 - count, 0)]);
    expect(listDisturbances({ baseline: some(0), candidate: some(10) })).toHaveLength(1);
    expect(listDisturbances({ baseline: some(0), candidate: some(9) })).toEqual([]);
  });

  it('names sides of which a fifth of the time was taken, also when both were', () => {
    const heavy = [...times(10, 25), ...times(10, 10)];
    expect(listDisturbances({ baseline: samples(heavy), candidate: samples(heavy) })).toEqual([
      'steal above 20 % in 10 of 20 samples of the baseline',
      'steal above 20 % in 10 of 20 samples of the candidate',
    ]);
    const less = [...times(9, 25), ...times(11, 10)];
    expect(listDisturbances({ baseline: samples(less), candidate: samples(less) })).toEqual([]);
  });

  it('names a measuring program that took part of the machine', () => {
    const eager = samples(times(20, 0), 0.06);
    expect(listDisturbances({ baseline: eager, candidate: samples(times(20, 0), 0.05) })).toEqual([
      'the measuring program itself used 6.00 % of a CPU during samples of the baseline',
    ]);
  });
});
