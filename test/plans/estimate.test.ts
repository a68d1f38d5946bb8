import { describe, expect, it } from 'vitest';
import { estimateSeconds, usualCosts } from '../../src/plans/estimate.ts';
import { buildSchedule } from '../../src/plans/schedule.ts';
import { createPlan } from './create-plan.ts';

describe('estimateSeconds', () => {
  it('adds up set-up, starts, requested durations with warm-ups, and what each tool takes besides', () => {
    const plan = createPlan({ seconds: 10, samples: 3, ping: { count: 100, intervalSeconds: 1 } });
    const schedule = [
      { guest: 'docker', tests: ['tcp_rr', 'ping'] },
      { guest: 'bare', tests: ['tcp_rr'] },
    ] as const;
    const costs = { setUp: 1000, start: { docker: 20, qemu: 0, bare: 5 }, sample: 0.5 };
    // 1000 + docker 20 + 4 x 10.5 + 4 x 100.5 + bare 5 + 4 x 10.5
    expect(estimateSeconds(plan, schedule, costs)).toBeCloseTo(1511, 9);
  });

  it('is the set-up alone when nothing is scheduled', () => {
    expect(estimateSeconds(createPlan(), [])).toBe(usualCosts.setUp);
  });

  it('is at least what is requested', () => {
    const plan = createPlan({ tests: ['tcp_rr'], guests: ['docker'], deployments: 5, samples: 4, seconds: 10 });
    expect(estimateSeconds(plan, buildSchedule(plan, 1))).toBeGreaterThan(10 * 5 * 10);
  });
});
