import type { HostAction, HostReadings } from '../../profiles/host-part.ts';
import { hasPrograms, listWrittenPaths } from './plan-changes.ts';
import type { TreatmentChange } from './treatment-state.schema.ts';

/** What a parameter's probe says now. */
export interface ProbeNow {
  readonly found: string;
  readonly verified: boolean;
}

export interface RestorationStep {
  readonly actions: readonly HostAction[];
  /** What is left as it is, since somebody has changed it: a clause each. */
  readonly left: readonly string[];
}

/**
 * What puts one change back, judged by what is found now. A file that holds what it held before needs nothing; one that
 * holds neither that nor what it held once everything was applied belongs to whoever changed it. Where the application
 * was cut short nobody saw what it led to, so everything that is not as before is put back.
 *
 * @param probe null: the probe cannot be asked any more
 */
export function planRestoration(
  change: TreatmentChange,
  readings: HostReadings,
  probe: ProbeNow | null,
): RestorationStep {
  const files = listWrittenPaths(change.restore).map((path) => judgeFile(path, change, readings));
  const programs = judgePrograms(change, probe);
  const kept = new Set(files.filter(({ undo }) => !undo).map(({ path }) => path));
  return {
    actions: change.restore.filter((action) => (action.kind === 'write' ? !kept.has(action.path) : programs.undo)),
    left: [...files, programs].flatMap(({ left }) => left ?? []),
  };
}

interface Judgement {
  readonly undo: boolean;
  readonly left?: string;
}

function judgeFile(path: string, change: TreatmentChange, { files }: HostReadings): Judgement & { path: string } {
  const now = files[path] ?? null;
  const former = change.before[path] ?? null;
  // Also one that was made here and is gone, or never was made.
  if (now === former) return { path, undo: false };
  if (now === null) return { path, undo: false, left: `${path} is not there any more` };
  const applied = change.after?.[path] ?? null;
  if (applied === null || now === applied || isPartial(path, change.restore)) return { path, undo: true };
  return { path, undo: false, left: `${path} was set to "${applied}" and is "${now}" now` };
}

/** `-cpuset` takes its own away and nothing of others: what else they have put there does not matter. */
function isPartial(path: string, restore: readonly HostAction[]): boolean {
  return restore.every((action) => action.kind === 'run' || action.path !== path || /^[+-][a-z]/.test(action.text));
}

/**
 * Only a probe can say what programs would undo, and some call it a failure when there is nothing to undo. What did not
 * exist before was made here and goes, whatever has become of it.
 */
function judgePrograms(change: TreatmentChange, probe: ProbeNow | null): Judgement {
  if (!hasPrograms(change.restore)) return { undo: false };
  if (probe === null || Object.values(change.before).includes(null)) return { undo: true };
  if (probe.found === change.probe.before) return { undo: false };
  if (probe.verified || change.after === null || !change.probe.verified) return { undo: true };
  return { undo: false, left: `${change.parameter} was set and is ${probe.found} now` };
}
