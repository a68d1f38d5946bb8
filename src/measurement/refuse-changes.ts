import { isDeepStrictEqual } from 'node:util';
import { ConfigurationError } from '../errors.ts';
import type { ResolvedPlan } from '../plans/plan.schema.ts';
import type { Run } from '../results/journal.schema.ts';
import { type Side, sides } from '../vocabulary.ts';

/** What a run that goes on would be measured with. */
export interface Continuation {
  readonly plan: ResolvedPlan;
  readonly profiles: Readonly<Record<Side, { readonly name: string; readonly sha256: string }>>;
  readonly seed: number;
  /** Tool name to version. */
  readonly versions: Readonly<Record<string, string>>;
  /** Of the host as it is now; counts where the run does not boot it. */
  readonly bootId: string;
  /** The host of an inventory; absent: this machine, which is known by its boot. */
  readonly host?: HostIdentity;
}

/** By what a host is known again after it was booted. */
export interface HostIdentity {
  readonly name: string;
  /** Digest of its machine id; null: it has none. */
  readonly machineId: string | null;
}

/**
 * What a run measured before and after it was resumed must be the same thing. What this machine cannot do is no part
 * of that: the caller sees to it that everything planned can still run.
 *
 * @throws ConfigurationError that names everything that differs
 */
export function refuseChanges(folder: string, recorded: Run, now: Continuation): void {
  const changes = [
    ...describePlan(recorded.header.plan, now.plan),
    ...sides.flatMap((side) => describeProfile(side, recorded.header[side], now.profiles[side])),
    ...describe('the seed', recorded.header.seed, now.seed),
    ...Object.entries(recorded.header.versions).flatMap(([tool, version]) =>
      describe(`the version of ${tool}`, version, now.versions[tool]),
    ),
    ...describeHost(recorded, now),
    ...describeBoots(recorded, now),
  ];
  if (changes.length === 0) return;
  throw new ConfigurationError(
    `the run in ${folder} cannot be resumed: ${changes.join('; ')}; accepted is what the run began with, or another --out for a new run`,
  );
}

function describeHost({ header, deployments }: Run, { host }: Continuation): readonly string[] {
  if (host === undefined) return [];
  return [
    ...[...new Set(deployments.map((deployment) => deployment.host))].flatMap((name) =>
      describe('the host', name, host.name),
    ),
    ...(header.machineId === undefined
      ? []
      : describe(`the machine that answers as ${host.name}`, header.machineId, host.machineId)),
  ];
}

/** Where the run itself boots the host, every boot is another one. */
function describeBoots({ deployments }: Run, { plan, bootId }: Continuation): readonly string[] {
  if (plan.layers.includes('host-boot')) return [];
  return [...new Set(deployments.map((deployment) => deployment.bootId))].flatMap((recorded) =>
    describe('the boot id of the machine', recorded, bootId),
  );
}

function describePlan(recorded: ResolvedPlan, now: ResolvedPlan): readonly string[] {
  const keys = Object.keys(recorded) as (keyof ResolvedPlan)[];
  return keys
    .filter((key) => key !== 'unsupported')
    .flatMap((key) => describe(`${key} of the plan`, recorded[key], now[key]));
}

/** By content: a profile that was renamed or moved is the same treatment. */
function describeProfile(side: Side, recorded: Run['header'][Side], now: Continuation['profiles'][Side]) {
  if (recorded.sha256 === now.sha256) return [];
  const show = (name: string, sha256: string) => `${name} with sha256 ${sha256.slice(0, 12)}`;
  return [
    `the profile of the ${side} is ${show(now.name, now.sha256)}, but was ${show(recorded.profile, recorded.sha256)}`,
  ];
}

function describe(what: string, recorded: unknown, now: unknown): readonly string[] {
  const show = (value: unknown) => (value === undefined ? 'not to be found' : JSON.stringify(value));
  return isDeepStrictEqual(recorded, now) ? [] : [`${what} is ${show(now)}, but was ${show(recorded)}`];
}
