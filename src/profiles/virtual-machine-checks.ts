import type { Check } from '../results/journal.schema.ts';
import type { Layer } from '../vocabulary.ts';
import { type Catalogue, catalogue } from './catalogue.ts';
import { buildCheck, listSettings, type Parameters } from './list-settings.ts';
import { nameCommand } from './name-command.ts';
import type { ParameterCommand } from './parameter-command.ts';
import type { InsideVirtualMachine, QemuReadings, RunningVirtualMachine } from './qemu-part.ts';
import { type MergedSettings, mergeSettings } from './virtual-machine-settings.ts';

/** What the parameters of the given layers ask of a virtual machine before it is started. */
export function buildVirtualMachineSettings(
  parameters: Parameters,
  layers: readonly Layer[],
  known: Catalogue = catalogue,
): MergedSettings {
  return mergeSettings(
    listSettings(parameters, layers, known).map(({ parameter, value }) => parameter.qemu?.settings?.(value) ?? {}),
  );
}

/** What sets them on the host once the guest answers, in the order of their names. */
export function buildVirtualMachineCommands(
  parameters: Parameters,
  layers: readonly Layer[],
  running: RunningVirtualMachine,
  known: Catalogue = catalogue,
): ParameterCommand[] {
  return listSettings(parameters, layers, known).flatMap(({ parameter, value }) => [
    ...(parameter.qemu?.commands?.(value, running) ?? []),
  ]);
}

/** What sets them inside the guest then, in the order of their names. */
export function buildGuestCommands(
  parameters: Parameters,
  layers: readonly Layer[],
  inside: InsideVirtualMachine,
  known: Catalogue = catalogue,
): ParameterCommand[] {
  return listSettings(parameters, layers, known).flatMap(({ parameter, value }) => [
    ...(parameter.qemu?.guestCommands?.(value, inside) ?? []),
  ]);
}

export interface GuestReads {
  /** Paths, each once. */
  readonly files: readonly string[];
  readonly commands: readonly ParameterCommand[];
}

/** What the probes of the parameters must read inside the guest. */
export function listGuestReads(
  parameters: Parameters,
  layers: readonly Layer[],
  known: Catalogue = catalogue,
): GuestReads {
  const reads = listSettings(parameters, layers, known).map(({ parameter }) => parameter.qemu?.guestReads);
  const commands = reads.flatMap((read) => read?.commands ?? []);
  return {
    files: [...new Set(reads.flatMap((read) => read?.files ?? []))],
    commands: [...new Map(commands.map((command) => [nameCommand(command), command])).values()],
  };
}

/** What the probes of a running virtual machine say to each parameter of the given layers that concerns such guests. */
export function checkQemuParameters(
  parameters: Parameters,
  layers: readonly Layer[],
  readings: QemuReadings,
  known: Catalogue = catalogue,
): Check[] {
  return listSettings(parameters, layers, known).flatMap(({ parameter, value }) =>
    parameter.qemu === undefined ? [] : [buildCheck({ parameter, value }, parameter.qemu.read(value, readings))],
  );
}
