import { describe, expect, it } from 'vitest';
import { countBoots, estimateSeconds, usualCosts } from '../../src/plans/estimate.ts';
import { buildSchedule } from '../../src/plans/schedule.ts';
import { createPlan } from './create-plan.ts';

describe('estimateSeconds', () => {
  it('adds up set-up, starts, requested durations with warm-ups, and what each tool takes besides', () => {
    const plan = createPlan({ seconds: 10, samples: 3, ping: { count: 100, intervalSeconds: 1 } });
    const schedule = [
      { guest: 'docker', tests: ['tcp_rr', 'ping'], boot: null, side: 'baseline' },
      { guest: 'bare', tests: ['tcp_rr'], boot: null, side: 'candidate' },
    ] as const;
    const costs = { setUp: 1000, start: { docker: 20, qemu: 0, bare: 5 }, sample: 0.5, boot: 1e5, switch: 1e4 };
    // 1000 + docker 20 + 4 x 10.5 + 4 x 100.5 + bare 5 + 4 x 10.5
    expect(estimateSeconds(plan, schedule, costs)).toBeCloseTo(1511, 9);
  });

  // A sample of 1 s costs nothing here.
  const free = { setUp: 0, start: { docker: 0, qemu: 0, bare: 0 }, sample: -1, boot: 100, switch: 7 };

  it('counts every boot once, however many guests it serves, and the one back', () => {
    const plan = createPlan({ regime: 'boot', layers: ['host-boot', 'host'], deployments: 3 });
    const schedule = buildSchedule(plan, 1);
    expect(schedule).toHaveLength(12);
    expect(countBoots(plan, schedule)).toBe(7);
    expect(estimateSeconds(plan, schedule, free)).toBeCloseTo(700, 6);
  });

  it('counts one boot for both sides, and the one back, where they boot alike', () => {
    const plan = createPlan({ layers: ['host-boot', 'guest'] });
    expect(countBoots(plan, buildSchedule(plan, 1))).toBe(2);
    expect(countBoots(plan, [])).toBe(0);
    expect(countBoots(createPlan(), buildSchedule(createPlan(), 1))).toBe(0);
  });

  it('counts a switch of the host wherever the side changes', () => {
    const plan = createPlan({ layers: ['host'], guests: ['docker'], deployments: 2 });
    const schedule = buildSchedule(plan, 1);
    // ABBA or BAAB: into the first, to the other, and back.
    expect(estimateSeconds(plan, schedule, free)).toBeCloseTo(21, 6);
  });

  it('is the set-up alone when nothing is scheduled', () => {
    expect(estimateSeconds(createPlan(), [])).toBe(usualCosts.setUp);
  });

  it('is at least what is requested', () => {
    const plan = createPlan({ tests: ['tcp_rr'], guests: ['docker'], deployments: 5, samples: 4, seconds: 10 });
    expect(estimateSeconds(plan, buildSchedule(plan, 1))).toBeGreaterThan(10 * 5 * 10);
  });
});
