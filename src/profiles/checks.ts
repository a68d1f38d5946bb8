import { ConfigurationError } from '../errors.ts';
import type { Check } from '../results/journal.schema.ts';
import type { Attachment, Layer } from '../vocabulary.ts';
import { type Catalogue, catalogue } from './catalogue.ts';
import type { ContainerCommand, DockerReadings, MachineLimits, Parameter, RunningContainer } from './parameter.ts';
import { formatParameterValue } from './parameter-value.ts';
import type { ParameterValue, Profile } from './profile.schema.ts';

type Parameters = Profile['parameters'];

interface Setting {
  readonly parameter: Parameter;
  readonly value: ParameterValue;
}

/**
 * What the probes of a running container say to each parameter of the given layers.
 * Parameters of other layers are left out, since this run does not apply them; those of other guest kinds, since they
 * have nothing to reach here.
 */
export function checkDockerParameters(
  parameters: Parameters,
  layers: readonly Layer[],
  readings: DockerReadings,
  known: Catalogue = catalogue,
): Check[] {
  return listDockerSettings(parameters, layers, known).map(({ parameter, value }) => {
    const { found, inForce } = parameter.read(value, readings);
    return { ...buildCheck({ parameter, value }), found, result: inForce ? 'verified' : 'mismatch' };
  });
}

/** Arguments of `docker run` for the parameters of the given layers, in the order of their names. */
export function buildDockerParameterArguments(
  parameters: Parameters,
  layers: readonly Layer[],
  attachment: Attachment,
  known: Catalogue = catalogue,
): string[] {
  return listDockerSettings(parameters, layers, known).flatMap(({ parameter, value }) =>
    parameter.dockerArguments(value, attachment),
  );
}

/** What sets the parameters of the given layers on a running container, in the order of their names. */
export function buildContainerCommands(
  parameters: Parameters,
  layers: readonly Layer[],
  container: RunningContainer,
  known: Catalogue = catalogue,
): ContainerCommand[] {
  return listDockerSettings(parameters, layers, known).flatMap(({ parameter, value }) => [
    ...(parameter.dockerCommands?.(value, container) ?? []),
  ]);
}

/** Throws `ConfigurationError` when the machine cannot give what a profile asks for; nothing must be started then. */
export function refuseMisfits(
  profile: Pick<Profile, 'name' | 'parameters'>,
  layers: readonly Layer[],
  limits: MachineLimits,
  known: Catalogue = catalogue,
): void {
  const misfits = listSettings(profile.parameters, layers, known).flatMap(({ parameter, value }) => {
    const reason = parameter.misfit(value, limits);
    return reason === null ? [] : [`${parameter.name} is ${formatParameterValue(value)}, but ${reason}`];
  });
  if (misfits.length > 0) throw new ConfigurationError(`profile ${profile.name}: ${misfits.join('; ')}`);
}

function listDockerSettings(parameters: Parameters, layers: readonly Layer[], known: Catalogue): readonly Setting[] {
  return listSettings(parameters, layers, known).filter(({ parameter }) => parameter.guests.includes('docker'));
}

function listSettings(parameters: Parameters, layers: readonly Layer[], known: Catalogue): readonly Setting[] {
  return Object.entries(parameters).flatMap(([name, value]) => {
    const parameter = known.get(name);
    if (parameter === undefined) {
      throw new ConfigurationError(`unknown parameter "${name}", accepted are ${[...known.keys()].join(', ')}`);
    }
    return layers.includes(parameter.layer) ? [{ parameter, value }] : [];
  });
}

function buildCheck({ parameter, value }: Setting) {
  return {
    parameter: parameter.name,
    layer: parameter.layer,
    requested: formatParameterValue(value),
    probe: parameter.probe,
  };
}
