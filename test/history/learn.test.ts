import { describe, expect, it } from 'vitest';
import { compareWithCatalogue } from '../../src/comparison/compare-with-catalogue.ts';
import { policySchema } from '../../src/comparison/policy.schema.ts';
import { expectDetectableChange, learnHistory, listDetectableChanges } from '../../src/history/learn.ts';
import { expectFromNights, noteStalls } from '../../src/history/plan-knowledge.ts';
import { createRandom } from '../../src/statistics/random.ts';
import { buildRun } from '../comparison/build-run.ts';
import { createNight, createNightCell, drawNormal } from './night-factory.ts';

const id = 'docker/bridge/tcp_rr/latency';

/** Nights far apart in level, whose fresh starts differ by sigma. */
function createNights(count: number, sigma: number, same = false) {
  const random = createRandom('learn');
  const side = (level: number) => ({
    medians: Array.from({ length: 4 }, () => 5e-5 * Math.exp(level + sigma * drawNormal(random))),
    samples: [1, 1, 1, 1],
    spreads: [null, null, null, null],
  });
  return Array.from({ length: count }, (_, day) => {
    const level = 0.2 * drawNormal(random);
    const cells = [createNightCell({ baseline: side(level), candidate: side(level - 0.1), ratio: 0.9 + day / 1000 })];
    const sha256 = (same ? 'a' : 'b').repeat(64);
    return createNight({ day, cells, overrides: { candidate: { profile: 'tuned', sha256, revision: null } } });
  });
}

const deviationOf = (values: readonly number[]) => {
  const logs = values.map(Math.log);
  const mean = logs.reduce((sum, value) => sum + value, 0) / logs.length;
  return Math.sqrt(logs.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (logs.length - 1));
};

describe('what nights teach', () => {
  it('is the variance between fresh starts of a night, without that between nights and sides', () => {
    const learned = learnHistory(createNights(60, 0.01))[id];
    expect(learned?.deployments).toHaveLength(480);
    expect(deviationOf(learned?.deployments ?? [])).toBeCloseTo(0.01, 3);
    expect(learned?.ratios).toEqual([]);
  });

  it('is the ratios of nights in which both sides were the same, oldest first', () => {
    expect(learnHistory(createNights(3, 0.01, true))[id]?.ratios).toEqual([0.9, 0.901, 0.902]);
  });

  it('is how much samples scatter inside of fresh starts that had more than one', () => {
    expect(learnHistory([createNight(), createNight({ day: 1 })])[id]?.spreads).toHaveLength(16);
    expect(learnHistory(createNights(3, 0.01))[id]?.spreads).toEqual([]);
  });

  it('is taken by the comparison engine as the history of a policy', () => {
    const policy = policySchema.parse({ history: learnHistory(createNights(10, 0.004, true)) });
    const cell = compareWithCatalogue([buildRun({ plan: { deployments: 2 } })], policy).cells[0];
    expect(cell?.id).toBe(id);
    expect(cell?.pMethod).toBe('plugin-deployments');
    expect(cell?.margin?.source).toBe('provisional');
  });

  it('leaves out what was invalid', () => {
    const nights = createNights(5, 0.01).map((night) => ({
      ...night,
      cells: night.cells.map((cell) => ({ ...cell, verdict: 'invalid' as const })),
    }));
    expect(learnHistory(nights)).toEqual({});
  });
});

describe('the change that is expected to be found', () => {
  it('is that of a test with the variance between fresh starts', () => {
    const nights = createNights(40, 0.01);
    // 8 degrees of freedom, level 0.05, power 0.8: 3.20 standard errors (see computeKnownErrorShift).
    const expected = Math.expm1(3.2 * 0.01 * Math.sqrt(2 / 5));
    expect(expectDetectableChange(nights, [id], 5)).toBeCloseTo(expected, 3);
    expect(expectDetectableChange(nights, [id, 'other'], 5)).toBeGreaterThan(expected);
    expect(expectDetectableChange(nights, [id], 20)).toBeLessThan(expected / 2);
    expect([...listDetectableChanges(nights, [id, 'other'], 5).keys()]).toEqual([id]);
  });

  it('is not known without enough nights, with one fresh start a side, or for other cells', () => {
    expect(expectDetectableChange([], [id], 5)).toBeNull();
    expect(expectDetectableChange(createNights(1, 0.01), [id], 5)).toBeNull();
    expect(expectDetectableChange(createNights(2, 0.01), [id], 5)).not.toBeNull();
    expect(expectDetectableChange(createNights(40, 0.01), [id], 1)).toBeNull();
    expect(expectDetectableChange(createNights(40, 0.01), ['other'], 5)).toBeNull();
    expect(expectDetectableChange(createNights(40, 0.01), [], 5)).toBeNull();
  });
});

describe('what a plan learns from the nights', () => {
  const planned = { hosts: ['tuned', 'stock'], comparison: 'tuned', cellIds: [id], deployments: 5 };
  const asOther = (nights: ReturnType<typeof createNights>) => nights.map((night) => ({ ...night, host: 'stock' }));

  it('is the change that is found on every host that has nights of it', () => {
    const [quiet, loud] = [createNights(20, 0.01), asOther(createNights(20, 0.03))];
    const recorded = { nights: [...quiet, ...loud], places: [], warnings: [] };
    expect(expectFromNights(recorded, planned)).toBe(expectDetectableChange(loud, [id], 5));
    expect(expectFromNights(recorded, { ...planned, hosts: ['tuned'] })).toBe(expectDetectableChange(quiet, [id], 5));
    expect(expectFromNights(recorded, { ...planned, hosts: ['other'] })).toBeNull();
    expect(expectFromNights(recorded, { ...planned, comparison: 'other' })).toBeNull();
  });

  it('is that a night has not come', () => {
    const places = [{ path: '', host: 'tuned', comparison: 'tuned', time: '2026-03-01T02:00:00Z' }];
    expect(noteStalls({ places }, { now: new Date('2026-03-01T12:00:00Z') })).toEqual([]);
    expect(noteStalls({ places }, { now: new Date('2026-03-04T12:00:00Z') })).toHaveLength(1);
  });
});
