import { ConfigurationError } from '../errors.ts';
import type { Check } from '../results/journal.schema.ts';
import type { Layer } from '../vocabulary.ts';
import type { Catalogue } from './catalogue.ts';
import type { Parameter } from './parameter.ts';
import { formatParameterValue } from './parameter-value.ts';
import type { ParameterValue, Profile } from './profile.schema.ts';
import type { Reading } from './reading.ts';
import { describeUnknownParameter } from './unknown-parameter.ts';

export type Parameters = Profile['parameters'];

export interface Setting {
  readonly parameter: Parameter;
  readonly value: ParameterValue;
}

/** The parameters of the given layers with their values; throws `ConfigurationError` on one that the catalogue lacks. */
export function listSettings(parameters: Parameters, layers: readonly Layer[], known: Catalogue): readonly Setting[] {
  return Object.entries(parameters).flatMap(([name, value]) => {
    const parameter = known.get(name);
    if (parameter === undefined) {
      throw new ConfigurationError(describeUnknownParameter(name, known));
    }
    return layers.includes(parameter.layer) ? [{ parameter, value }] : [];
  });
}

/** The same in the order of the names, whatever the order of the profile. */
export function listSettingsByName(
  parameters: Parameters,
  layers: readonly Layer[],
  known: Catalogue,
): readonly Setting[] {
  return listSettings(parameters, layers, known).toSorted((left, right) =>
    left.parameter.name < right.parameter.name ? -1 : 1,
  );
}

export function buildCheck({ parameter, value }: Setting, { found, inForce }: Reading): Check {
  return {
    parameter: parameter.name,
    layer: parameter.layer,
    requested: formatParameterValue(value),
    found,
    probe: parameter.probe,
    result: inForce === null ? 'not-applicable' : inForce ? 'verified' : 'mismatch',
  };
}
