import { ConfigurationError } from '../errors.ts';
import type { Check } from '../results/journal.schema.ts';
import type { Attachment, Layer } from '../vocabulary.ts';
import { type Catalogue, catalogue } from './catalogue.ts';
import type { DockerReadings, RunningContainer } from './docker-part.ts';
import { buildCheck, listSettings, type Parameters } from './list-settings.ts';
import type { MachineLimits } from './parameter.ts';
import type { ParameterCommand } from './parameter-command.ts';
import { formatParameterValue } from './parameter-value.ts';
import type { Profile } from './profile.schema.ts';
import { buildVirtualMachineSettings } from './virtual-machine-checks.ts';
import { findVirtualMachineMisfits } from './virtual-machine-misfits.ts';

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
  return listSettings(parameters, layers, known).flatMap(({ parameter, value }) =>
    parameter.docker === undefined ? [] : [buildCheck({ parameter, value }, parameter.docker.read(value, readings))],
  );
}

/** Arguments of `docker run` for the parameters of the given layers, in the order of their names. */
export function buildDockerParameterArguments(
  parameters: Parameters,
  layers: readonly Layer[],
  attachment: Attachment,
  known: Catalogue = catalogue,
): string[] {
  return listSettings(parameters, layers, known).flatMap(({ parameter, value }) => [
    ...(parameter.docker?.arguments?.(value, attachment) ?? []),
  ]);
}

/** What sets the parameters of the given layers on a running container, in the order of their names. */
export function buildContainerCommands(
  parameters: Parameters,
  layers: readonly Layer[],
  container: RunningContainer,
  known: Catalogue = catalogue,
): ParameterCommand[] {
  return listSettings(parameters, layers, known).flatMap(({ parameter, value }) => [
    ...(parameter.docker?.commands?.(value, container) ?? []),
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
  if (listSettings(profile.parameters, layers, known).some(({ parameter }) => parameter.qemu !== undefined)) {
    const virtualMachine = buildVirtualMachineSettings(profile.parameters, layers, known);
    misfits.push(...findVirtualMachineMisfits(virtualMachine, limits));
  }
  if (misfits.length > 0) throw new ConfigurationError(`profile ${profile.name}: ${misfits.join('; ')}`);
}
