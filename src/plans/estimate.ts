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
 * Seen on a machine with two CPUs: topology and dockerd up 1 s and down 1-3 s, a container with its probes 0.7 s, the
 * servers of a bare guest 0.3 s, netperf 8 ms beyond its duration. A QEMU guest without KVM takes 2-5 s to boot.
 */
export const usualCosts: Costs = { setUp: 4, start: { docker: 1, qemu: 8, bare: 0.5 }, sample: 0.05 };

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
  return listSamples(tests, plan).reduce(
    (total, { test }) => total + requestedSeconds(plan, test) + costs.sample,
    costs.start[guest],
  );
}

/** Duration that one invocation is asked to take, seconds. */
function requestedSeconds(plan: Pick<ResolvedPlan, 'seconds' | 'ping'>, test: TestName): number {
  return test === 'ping' ? plan.ping.count * plan.ping.intervalSeconds : plan.seconds;
}
