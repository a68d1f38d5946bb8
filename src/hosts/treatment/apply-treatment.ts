import { isDeepStrictEqual } from 'node:util';
import { ConfigurationError, MeasurementError, messageOf } from '../../errors.ts';
import type { Machine } from '../../machines/machine.ts';
import { type Catalogue, catalogue } from '../../profiles/catalogue.ts';
import { refuseMisfits } from '../../profiles/checks.ts';
import type { HostPlace } from '../../profiles/host-part.ts';
import type { Setting } from '../../profiles/list-settings.ts';
import type { MachineLimits } from '../../profiles/parameter.ts';
import type { Profile } from '../../profiles/profile.schema.ts';
import type { Check } from '../../results/journal.schema.ts';
import type { Layer } from '../../vocabulary.ts';
import { readHostLimits } from '../read-host-limits.ts';
import { readBootId } from '../run-state.ts';
import { collectHostReadings } from './collect-readings.ts';
import { hasPrograms, listWrittenPaths, type PlannedChange, pickFiles, planChanges } from './plan-changes.ts';
import { restoreTreatment } from './restore-treatment.ts';
import { runActions } from './run-actions.ts';
import type { TreatmentState } from './treatment-state.schema.ts';
import { forgetTreatment, readTreatment, saveTreatment } from './treatment-state.ts';
import { checkSetting, listHostReads, listHostSettings } from './verify-treatment.ts';

export interface TreatmentRequest {
  readonly profile: Pick<Profile, 'name' | 'sha256' | 'parameters'>;
  /** Only `host` is applied here; a boot and a dockerd of its own bring the others. */
  readonly layers: readonly Layer[];
  readonly place: HostPlace;
  readonly now: Date;
  /** Id of the run that applies it; absent: a person does. */
  readonly run?: string;
  /** What the machine has to offer, where that has been read already. */
  readonly limits?: MachineLimits;
}

export interface TreatmentOptions {
  /** An abort in the middle puts everything back before it is thrown. */
  readonly signal?: AbortSignal | undefined;
  readonly known?: Catalogue;
}

/**
 * Sets the parameters of the layer `host` on a running host whose lock the caller holds, and says what their probes
 * find then. What leads back is on the host's disk before the first change. Throws a `ConfigurationError`, with nothing
 * changed, on a host where another treatment is still applied, and on values that do not fit it. When a step fails
 * everything is put back at once.
 */
export async function applyTreatment(
  machine: Machine,
  folder: string,
  request: TreatmentRequest,
  options: TreatmentOptions = {},
): Promise<Check[]> {
  const { known = catalogue, signal } = options;
  const { profile, layers, place } = request;
  const applied = layers.filter((layer) => layer === 'host');
  const settings = listHostSettings(profile.parameters, applied, known);
  await refuseUnrestored(machine, folder);
  refuseMisfits(profile, applied, request.limits ?? (await readHostLimits(machine)), known);
  const changes = await planChanges(machine, settings, place, signal);
  signal?.throwIfAborted();
  const work = { machine, folder, settings, signal };
  const state = await describeTreatment(machine, request, changes);
  await saveTreatment(machine, folder, state);
  try {
    return await settle(work, await carryOut(work, state, changes));
  } catch (thrown) {
    await rollBack(machine, folder, known, thrown);
    if (signal?.aborted) throw thrown;
    throw new MeasurementError(
      `profile ${profile.name} could not be applied: ${messageOf(thrown)}; what had been changed has been put back`,
      { cause: thrown },
    );
  }
}

interface Work {
  readonly machine: Machine;
  readonly folder: string;
  readonly settings: readonly Setting[];
  readonly signal: AbortSignal | undefined;
}

/**
 * Does one change after the other. One may make others possible or make things anew that others are about, as a driver
 * its interrupts: after each call what was not changed yet is looked at again. Returns what was done, as the state has it.
 */
async function carryOut(
  work: Work,
  planned: TreatmentState,
  changes: readonly PlannedChange[],
): Promise<TreatmentState> {
  const { machine, folder, settings, signal } = work;
  const done: PlannedChange[] = [];
  let state = planned;
  let next = changes;
  while (next.length > 0) {
    const batch = takeBatch(next);
    await runActions(
      machine,
      folder,
      batch.flatMap(({ apply }) => apply),
      signal,
    );
    signal?.throwIfAborted();
    done.push(...batch);
    const others = settings.filter((setting) => done.every((change) => change.setting !== setting));
    next = await planChanges(machine, others, state.place, signal);
    state = await saveIfOther(
      work,
      state,
      [...done, ...next].map(({ noted }) => noted),
    );
  }
  return state;
}

/** What can be done in one call: everything up to a change that runs programs, or that one alone. */
function takeBatch(changes: readonly PlannedChange[]): readonly PlannedChange[] {
  const index = changes.findIndex(({ apply }) => hasPrograms(apply));
  return index === -1 ? changes : changes.slice(0, Math.max(1, index));
}

async function saveIfOther({ machine, folder }: Work, state: TreatmentState, changes: TreatmentState['changes']) {
  if (isDeepStrictEqual(changes, state.changes)) return state;
  const other = { ...state, changes };
  await saveTreatment(machine, folder, other);
  return other;
}

/**
 * Throws a `ConfigurationError` while another treatment is applied. After another boot nothing of one is left, so nothing
 * has to be restored.
 */
export async function refuseUnrestored(machine: Machine, folder: string): Promise<void> {
  const state = await readTreatment(machine, folder);
  if (state === null) return;
  if (state.bootId !== (await readBootId(machine))) return forgetTreatment(machine, folder);
  const who = state.run === null ? '' : ` by run ${state.run}`;
  throw new ConfigurationError(
    `profile ${state.profile.name} has been applied to ${machine.name}${who} since ${state.appliedAt} and not been restored, one treatment at a time is accepted; \`tunegate profile restore${machine.name === 'local' ? '' : ` --machine ${machine.name}`}\` puts back what was there before`,
  );
}

async function describeTreatment(
  machine: Machine,
  { profile, place, run, now }: TreatmentRequest,
  changes: readonly PlannedChange[],
): Promise<TreatmentState> {
  return {
    schema: 'tunegate.treatment/1',
    profile: { name: profile.name, sha256: profile.sha256 },
    run: run ?? null,
    appliedAt: now.toISOString(),
    bootId: await readBootId(machine),
    place,
    changes: changes.map(({ noted }) => noted),
  };
}

/** Reads back what is in force, and notes what the files hold: by that a later change of somebody else is recognised. */
async function settle({ machine, folder, settings, signal }: Work, state: TreatmentState): Promise<Check[]> {
  const files = state.changes.flatMap(({ restore }) => listWrittenPaths(restore));
  const reads = [{ files }, ...listHostReads(settings, state.place)];
  const readings = await collectHostReadings(machine, reads, signal);
  const checks = settings.map((setting) => checkSetting(setting, readings, state.place));
  const verified = new Set(checks.flatMap(({ result, parameter }) => (result === 'verified' ? [parameter] : [])));
  await saveTreatment(machine, folder, {
    ...state,
    changes: state.changes.map((change) => ({
      ...change,
      after: pickFiles(readings.files, listWrittenPaths(change.restore)),
      probe: { ...change.probe, verified: verified.has(change.parameter) },
    })),
  });
  signal?.throwIfAborted();
  return checks;
}

/** Goes through in spite of an abort. */
async function rollBack(machine: Machine, folder: string, known: Catalogue, cause: unknown): Promise<void> {
  try {
    await restoreTreatment(machine, folder, { known });
  } catch (thrown) {
    throw new MeasurementError(
      `applying ended before it was done (${messageOf(cause)}), and going back did too: ${messageOf(thrown)}`,
      { cause: thrown },
    );
  }
}
