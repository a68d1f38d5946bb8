import { MeasurementError } from '../../errors.ts';
import type { Machine } from '../../machines/machine.ts';
import { type Catalogue, catalogue } from '../../profiles/catalogue.ts';
import type { HostAction, HostReadings } from '../../profiles/host-part.ts';
import type { Setting } from '../../profiles/list-settings.ts';
import { readBootId } from '../run-state.ts';
import { collectHostReadings } from './collect-readings.ts';
import { listWrittenPaths } from './plan-changes.ts';
import { type ProbeNow, planRestoration } from './plan-restoration.ts';
import { awaitActions, tryActions } from './run-actions.ts';
import type { TreatmentChange, TreatmentState } from './treatment-state.schema.ts';
import { forgetTreatment, readTreatment, saveTreatment } from './treatment-state.ts';
import { checkSetting, listHostReads } from './verify-treatment.ts';

export interface Restoration {
  /** The profile that was applied; null: none was, and nothing was done. */
  readonly profile: TreatmentState['profile'] | null;
  /** true: the machine has booted since, so its run-time settings were gone by themselves. */
  readonly rebooted: boolean;
  /** Parameters that were put back, in that order: the last one applied comes first. */
  readonly restored: readonly string[];
  /** What was left as it is because somebody has changed it since; a clause each. */
  readonly left: readonly string[];
}

/**
 * Puts exactly that back which was found before a treatment was applied, the last change first; what somebody has
 * changed since stays. Idempotent, and may be called whenever the program or the machine died. Ends with a
 * `MeasurementError` when something resists: the rest is put back, and the next call tries that again.
 */
export async function restoreTreatment(
  machine: Machine,
  folder: string,
  { known = catalogue }: { readonly known?: Catalogue } = {},
): Promise<Restoration> {
  const state = await readTreatment(machine, folder);
  if (state === null) return { profile: null, rebooted: false, restored: [], left: [] };
  const rebooted = state.bootId !== (await readBootId(machine));
  const { restored, left, failed } = rebooted
    ? { restored: [], left: [], failed: [] }
    : await putBack(machine, folder, state, known);
  if (failed.length > 0) {
    await saveTreatment(machine, folder, keepOnly(state, failed));
    const sentences = failed.map(({ change, reason }) => `${change.parameter} on ${machine.name}: ${reason}`);
    throw new MeasurementError(
      `could not put back ${sentences.join('; ')}; try again, or boot the machine, which puts every run-time setting back`,
    );
  }
  await forgetTreatment(machine, folder);
  return { profile: state.profile, rebooted, restored, left };
}

interface Failed {
  readonly change: TreatmentChange;
  readonly reason: string;
}

async function putBack(machine: Machine, folder: string, state: TreatmentState, known: Catalogue) {
  await awaitActions(machine, folder);
  const readings = await readNow(machine, state, known);
  const steps = state.changes
    .toReversed()
    .map((change) => ({ change, ...planRestoration(change, readings, probeNow(change, readings, state, known)) }));
  const todo = steps.filter(({ actions }) => actions.length > 0);
  const failed = await runSteps(machine, folder, todo);
  const resisting = new Set(failed.map(({ change }) => change));
  return {
    restored: todo.filter(({ change }) => !resisting.has(change)).map(({ change }) => change.parameter),
    left: steps.flatMap((step) => step.left),
    failed,
  };
}

interface Step {
  readonly change: TreatmentChange;
  readonly actions: readonly HostAction[];
}

/** All in one call, unless one fails: then the others go on behind it. */
async function runSteps(machine: Machine, folder: string, steps: readonly Step[]): Promise<Failed[]> {
  const { done, reason } = await tryActions(
    machine,
    folder,
    steps.flatMap(({ actions }) => actions),
  );
  if (reason === null) return [];
  const owners = steps.flatMap((step) => step.actions.map(() => step));
  const step = owners[done];
  if (step === undefined) throw new MeasurementError(reason);
  return [{ change: step.change, reason }, ...(await runSteps(machine, folder, steps.slice(steps.indexOf(step) + 1)))];
}

function readNow(machine: Machine, { changes, place }: TreatmentState, known: Catalogue): Promise<HostReadings> {
  const settings = changes.flatMap((change) => findSetting(change, known) ?? []);
  const files = changes.flatMap(({ restore }) => listWrittenPaths(restore));
  return collectHostReadings(machine, [{ files }, ...listHostReads(settings, place)]);
}

function probeNow(
  change: TreatmentChange,
  readings: HostReadings,
  { place }: TreatmentState,
  known: Catalogue,
): ProbeNow | null {
  const setting = findSetting(change, known);
  if (setting === null) return null;
  const { found, result } = checkSetting(setting, readings, place);
  return result === 'unprobed' ? null : { found, verified: result === 'verified' };
}

/** null for a parameter that this version does not know any more, or not with that value. */
function findSetting({ parameter: name, value }: TreatmentChange, known: Catalogue): Setting | null {
  const parameter = known.get(name);
  return parameter?.schema.safeParse(value).success ? { parameter, value } : null;
}

function keepOnly(state: TreatmentState, failed: readonly Failed[]): TreatmentState {
  const kept = new Set(failed.map(({ change }) => change));
  return { ...state, changes: state.changes.filter((change) => kept.has(change)) };
}
