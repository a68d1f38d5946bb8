import { type Layer, type Regime, regimes } from '../vocabulary.ts';
import { type Catalogue, catalogue } from './catalogue.ts';
import { formatParameterValue } from './parameter-value.ts';
import type { Profile } from './profile.schema.ts';

/** A parameter that differs between the sides; null: not set on that side. */
export interface ProfileDifference {
  readonly parameter: string;
  readonly layer: Layer;
  /** At which level the sides must alternate because of it. */
  readonly switching: Regime;
  readonly baseline: string | null;
  readonly candidate: string | null;
}

/** What the two profiles set differently, by name of the parameter. */
export function diffProfiles(
  baseline: Pick<Profile, 'parameters'>,
  candidate: Pick<Profile, 'parameters'>,
  parameters: Catalogue = catalogue,
): readonly ProfileDifference[] {
  return [...parameters.values()]
    .map(({ name, layer, switching }) => ({
      parameter: name,
      layer,
      switching,
      baseline: formatSetting(baseline, name),
      candidate: formatSetting(candidate, name),
    }))
    .filter((difference) => difference.baseline !== difference.candidate)
    .sort((left, right) => (left.parameter < right.parameter ? -1 : 1));
}

/**
 * The level at which the sides must alternate: that of the parameter which is most expensive to switch.
 * Sides that do not differ (A/A) alternate by deployment, as those of an ordinary comparison do.
 */
export function regimeOf(differences: readonly Pick<ProfileDifference, 'switching'>[]): Regime {
  const levels = differences.map(({ switching }) => regimes.indexOf(switching));
  return levels.length === 0 ? 'deployment' : (regimes[Math.max(...levels)] ?? 'deployment');
}

function formatSetting(profile: Pick<Profile, 'parameters'>, name: string): string | null {
  const value = profile.parameters[name];
  return value === undefined ? null : formatParameterValue(value);
}
