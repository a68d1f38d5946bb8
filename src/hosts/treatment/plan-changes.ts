import { ConfigurationError, messageOf } from '../../errors.ts';
import type { Machine } from '../../machines/machine.ts';
import type { HostAction, HostChange, HostPlace, HostReadings } from '../../profiles/host-part.ts';
import type { Setting } from '../../profiles/list-settings.ts';
import { collectHostReadings } from './collect-readings.ts';
import type { TreatmentChange } from './treatment-state.schema.ts';
import { checkSetting, listHostReads } from './verify-treatment.ts';

export interface PlannedChange {
  readonly setting: Setting;
  readonly apply: readonly HostAction[];
  readonly noted: TreatmentChange;
}

/** What is to be changed on a host, and what leads back, from what is found there now. Changes nothing. */
export async function planChanges(
  machine: Machine,
  settings: readonly Setting[],
  place: HostPlace,
  signal: AbortSignal | undefined,
): Promise<PlannedChange[]> {
  const readings = await collectHostReadings(machine, listHostReads(settings, place), signal);
  const wanted = settings
    .map((setting) => ({ setting, change: buildChange(setting, readings, place) }))
    .filter(({ change }) => change.apply.length > 0);
  const paths = wanted.flatMap(({ change }) => listWrittenPaths([...change.apply, ...change.restore]));
  // What a change writes is usually what its probe reads, but nothing says so.
  const unread = paths.filter((path) => !Object.hasOwn(readings.files, path));
  const others = await collectHostReadings(machine, [{ files: unread }], signal);
  const files = { ...readings.files, ...others.files };
  return wanted.map(({ setting, change }) => ({
    setting,
    apply: change.apply,
    noted: {
      parameter: setting.parameter.name,
      value: setting.value,
      restore: change.restore,
      before: pickFiles(files, listWrittenPaths([...change.apply, ...change.restore])),
      after: null,
      probe: { before: checkSetting(setting, readings, place).found, verified: false },
    },
  }));
}

function buildChange({ parameter, value }: Setting, readings: HostReadings, place: HostPlace): HostChange {
  const change = parameter.host?.change;
  if (change === undefined) {
    throw new ConfigurationError(`${parameter.name} cannot be applied to a host by this version of Tunegate`);
  }
  try {
    const built = change(value, readings, place);
    if (built.apply.length > 0 && built.restore.length === 0) throw new Error('there is no way back from it');
    return built;
  } catch (thrown) {
    throw new ConfigurationError(`${parameter.name} cannot be applied: ${messageOf(thrown)}`, { cause: thrown });
  }
}

export function listWrittenPaths(actions: readonly HostAction[]): string[] {
  return [...new Set(actions.flatMap((action) => (action.kind === 'write' ? [action.path] : [])))];
}

/** null for a file that could not be read. */
export function pickFiles(files: HostReadings['files'], paths: readonly string[]): Record<string, string | null> {
  return Object.fromEntries(paths.map((path) => [path, files[path] ?? null]));
}

export function hasPrograms(actions: readonly HostAction[]): boolean {
  return actions.some(({ kind }) => kind === 'run');
}
