import { messageOf } from '../../errors.ts';
import type { Machine } from '../../machines/machine.ts';
import { type Catalogue, catalogue } from '../../profiles/catalogue.ts';
import type { HostPlace, HostReadings, HostReads } from '../../profiles/host-part.ts';
import { buildCheck, listSettings, type Parameters, type Setting } from '../../profiles/list-settings.ts';
import type { Check } from '../../results/journal.schema.ts';
import type { Layer } from '../../vocabulary.ts';
import { collectHostReadings } from './collect-readings.ts';

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
  layers: readonly Layer[],
  place: HostPlace,
  { signal, known = catalogue }: VerifyOptions = {},
): Promise<Check[]> {
  const settings = listHostSettings(parameters, layers, known);
  const readings = await collectHostReadings(machine, listHostReads(settings, place), signal);
  return settings.map((setting) => checkSetting(setting, readings, place));
}

/** Those of the layer `guest` are left out: a guest has probes of its own. */
export function listHostSettings(parameters: Parameters, layers: readonly Layer[], known: Catalogue): Setting[] {
  return [...listSettings(parameters, layers, known)].filter(({ parameter }) => parameter.layer !== 'guest');
}

export function listHostReads(settings: readonly Setting[], place: HostPlace): HostReads[] {
  return settings.flatMap(({ parameter, value }) => parameter.host?.reads(value, place) ?? []);
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
