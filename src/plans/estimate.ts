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
  /** From the last sample before a boot of the host to the first after it. */
  readonly boot: number;
  /** Networks and dockerd down, settings of the running host changed and read back, everything up again. */
  readonly switch: number;
}

/**
 * Seen on a machine with two CPUs: topology and dockerd up 1 s and down 1-3 s, a container with its probes 0.7 s, the
 * servers of a bare guest 0.3 s, netperf 8 ms beyond its duration. A QEMU guest without KVM takes 2-5 s to boot.
 * Nobody has seen the host that is to be booted: three minutes are what the firmware of a server and its memory test
 * take. What earlier runs showed of a host takes the place of it.
 */
export const usualCosts: Costs = {
  setUp: 4,
  start: { docker: 1, qemu: 8, bare: 0.5 },
  sample: 0.05,
  boot: 180,
  switch: 6,
};

type Timed = Pick<ScheduledDeployment, 'guest' | 'tests' | 'boot' | 'side'>;

/** How long the schedule will take, seconds: an estimate to wait by, not a promise. */
export function estimateSeconds(
  plan: Pick<ResolvedPlan, 'samples' | 'seconds' | 'ping' | 'layers'>,
  schedule: readonly Timed[],
  costs: Costs = usualCosts,
): number {
  return schedule.reduce(
    (total, { guest, tests }) => total + estimateDeploymentSeconds(plan, guest, tests, costs),
    costs.setUp + countBoots(plan, schedule) * costs.boot + countSwitches(plan, schedule) * costs.switch,
  );
}

/**
 * Boots of the host: one for each that the schedule numbers and the one back into its usual state. Where the layer
 * `host-boot` is treated but the same on both sides, one boot serves them all.
 */
export function countBoots(plan: Pick<ResolvedPlan, 'layers'>, schedule: readonly Pick<Timed, 'boot'>[]): number {
  if (!plan.layers.includes('host-boot') || schedule.length === 0) return 0;
  return new Set(schedule.map(({ boot }) => boot)).size + 1;
}

/** A boot switches everything; between two of them the settings of the running host follow the side. */
function countSwitches(plan: Pick<ResolvedPlan, 'layers'>, schedule: readonly Timed[]): number {
  if (!plan.layers.some((layer) => layer === 'host' || layer === 'daemon')) return 0;
  return schedule.filter((now, index) => now.boot === null && schedule[index - 1]?.side !== now.side).length;
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
