import { diffProfiles, type ProfileDifference, regimeOf } from '../profiles/diff-profiles.ts';
import type { Profile } from '../profiles/profile.schema.ts';
import type { Regime } from '../vocabulary.ts';
import { appliesParameter } from './applies-parameter.ts';
import type { Plan } from './plan.schema.ts';

/** Everything that is asked for when planning or measuring, read and checked. */
export interface MeasurementRequest {
  readonly plan: Plan;
  readonly baseline: Profile;
  readonly candidate: Profile;
  /** What the profiles set differently; `applied`: where the plan reaches it. */
  readonly differences: readonly (ProfileDifference & { readonly applied: boolean })[];
  /** Follows from the applied differences. */
  readonly regime: Regime;
}

export function buildMeasurementRequest(plan: Plan, baseline: Profile, candidate: Profile): MeasurementRequest {
  const differences = diffProfiles(baseline, candidate).map((difference) => ({
    ...difference,
    applied: appliesParameter(plan, difference.parameter),
  }));
  return { plan, baseline, candidate, differences, regime: regimeOf(differences.filter(({ applied }) => applied)) };
}
