import type { GuestKind, TestName } from '../vocabulary.ts';
import type { ResolvedPlan } from './plan.schema.ts';
import { listSamples, type ScheduledDeployment } from './schedule.ts';

/** What a run takes besides the durations that the plan asks for, seconds. */
export interface Costs {
  /** Networks and the private dockerd, up and down again, once per run. */
  readonly setUp: number;
  /** Start, probes and removal of one guest. */
  readonly start: Readonly<Record<GuestKind, number>>;
  /** What a measuring tool takes beyond its duration: start, control connection, result. */
  readonly sample: number;
}

/**
 * Upper ends of what was seen on a busy machine with two CPUs: `docker run` 0.3-0.6 s and removal 0.2 s,
 * dockerd 0.3-1.5 s up and 1.7-3 s down, a QEMU guest without KVM 2-5 s.
 */
export const usualCosts: Costs = { setUp: 8, start: { docker: 1.5, qemu: 8, bare: 0.7 }, sample: 0.25 };

/** How long the schedule will take, seconds: an estimate to wait by, not a promise. */
export function estimateSeconds(
  plan: Pick<ResolvedPlan, 'samples' | 'seconds' | 'ping'>,
  schedule: readonly Pick<ScheduledDeployment, 'guest' | 'tests'>[],
  costs: Costs = usualCosts,
): number {
  return schedule.reduce(
    (total, { guest, tests }) => total + estimateDeploymentSeconds(plan, guest, tests, costs),
    costs.setUp,
  );
}

function estimateDeploymentSeconds(
  plan: Pick<ResolvedPlan, 'samples' | 'seconds' | 'ping'>,
  guest: GuestKind,
  tests: readonly TestName[],
  costs: Costs,
): number {
  return listSamples(tests, plan.samples).reduce(
    (total, { test }) => total + requestedSeconds(plan, test) + costs.sample,
    costs.start[guest],
  );
}

/** Duration that one invocation is asked to take, seconds. */
function requestedSeconds(plan: Pick<ResolvedPlan, 'seconds' | 'ping'>, test: TestName): number {
  return test === 'ping' ? plan.ping.count * plan.ping.intervalSeconds : plan.seconds;
}
