import { appliesParameter } from '../src/plans/applies-parameter.ts';
import type { Plan } from '../src/plans/plan.schema.ts';
import { diffProfiles, type ProfileDifference, regimeOf } from '../src/profiles/diff-profiles.ts';
import type { Profile } from '../src/profiles/profile.schema.ts';
import type { Regime } from '../src/vocabulary.ts';
import { loadPlan, loadProfile } from './load-files.ts';
import { overridePlan, type PlanOptions } from './plan-options.ts';

/** Everything a person asks for when planning or measuring, read and checked. */
export interface MeasurementRequest {
  readonly plan: Plan;
  readonly baseline: Profile;
  readonly candidate: Profile;
  /** What the profiles set differently; `applied`: where the plan reaches it. */
  readonly differences: readonly (ProfileDifference & { readonly applied: boolean })[];
  /** Follows from the applied differences. */
  readonly regime: Regime;
}

export interface RequestSources {
  /** Names or paths. */
  readonly plan: string;
  readonly baseline: string;
  readonly candidate: string;
  /** Flags that take the place of what the plan says. */
  readonly overrides: Partial<PlanOptions>;
}

/** Reads plan and profiles; `home` holds the shipped ones. Throws `ConfigurationError` before anything is started. */
export async function loadRequest(sources: RequestSources, home: string): Promise<MeasurementRequest> {
  const plan = overridePlan(await loadPlan(sources.plan, home), sources.overrides);
  const baseline = await loadProfile(sources.baseline, home);
  const candidate = await loadProfile(sources.candidate, home);
  const differences = diffProfiles(baseline, candidate).map((difference) => ({
    ...difference,
    applied: appliesParameter(plan, difference.parameter),
  }));
  return { plan, baseline, candidate, differences, regime: regimeOf(differences.filter(({ applied }) => applied)) };
}
