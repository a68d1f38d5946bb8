import { messageOf } from '../../errors.ts';
import type { Machine } from '../../machines/machine.ts';
import { type Catalogue, catalogue } from '../../profiles/catalogue.ts';
import type { HostPlace, HostReadings } from '../../profiles/host-part.ts';
import { buildCheck, listSettings, type Parameters, type Setting } from '../../profiles/list-settings.ts';
import type { Check } from '../../results/journal.schema.ts';
import type { Layer } from '../../vocabulary.ts';
import { collectHostReadings } from './collect-readings.ts';

/** Layers of the host itself. */
export type HostLayer = Exclude<Layer, 'guest'>;

export interface VerifyOptions {
  readonly signal?: AbortSignal | undefined;
  readonly known?: Catalogue;
}

/**
 * What the probes of a host say to each parameter of these layers: one check each, in the order of the profile.
 * A parameter that the catalogue cannot read back on a host is `unprobed`: it is asked for and nobody knows. Changes
 * nothing, and needs no applied state.
 */
export async function verifyTreatment(
  machine: Machine,
  parameters: Parameters,
  layers: readonly HostLayer[],
  place: HostPlace,
  { signal, known = catalogue }: VerifyOptions = {},
): Promise<Check[]> {
  const settings = listSettings(parameters, layers, known);
  const reads = settings.flatMap(({ parameter, value }) => parameter.host?.reads(value, place) ?? []);
  const readings = await collectHostReadings(machine, reads, signal);
  return settings.map((setting) => checkSetting(setting, readings, place));
}

/** A probe that stumbles over what it reads says nothing about the other parameters. */
export function checkSetting(setting: Setting, readings: HostReadings, place: HostPlace): Check {
  const { parameter, value } = setting;
  try {
    if (parameter.host !== undefined) return buildCheck(setting, parameter.host.read(value, readings, place));
    return unprobed(setting, 'this version of Tunegate cannot read it back from a host');
  } catch (thrown) {
    return unprobed(setting, `the probe failed: ${messageOf(thrown)}`);
  }
}

function unprobed(setting: Setting, reason: string): Check {
  return { ...buildCheck(setting, { found: reason, inForce: false }), result: 'unprobed' };
}
