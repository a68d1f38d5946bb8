import { InterruptionError, messageOf } from '../errors.ts';
import type { ScheduledDeployment } from '../plans/schedule.ts';
import type { RunEndLine } from '../results/journal.schema.ts';
import type { HostSession } from './host-session.ts';
import type { RunBase } from './host-steps.ts';
import { noteFailedEntry } from './note-failed-entry.ts';
import { runDeployment } from './run-deployment.ts';

/** What brings the host into the state of each side; see `HostSession`. */
export type Entrance = Pick<HostSession, 'enter' | 'recovers'>;

interface Attempt {
  /** null when everything planned was measured. */
  readonly reason: string | null;
  /** Whether one more try is worth it. */
  readonly again: boolean;
  /** Why no other deployment can follow; null: one can. */
  readonly lost: string | null;
}

/**
 * Runs the schedule to its end and writes the last line of the journal.
 * A failed start is tried once more; an interruption or a fault ends the run early, with what was measured kept.
 */
export async function measureSchedule(
  run: RunBase,
  schedule: readonly ScheduledDeployment[],
  session: Entrance,
): Promise<RunEndLine['status']> {
  const problems: string[] = [];
  let lost: string | null = null;
  try {
    for (const scheduled of schedule) {
      const attempt = await runWithRetry(run, scheduled, session);
      if (attempt.reason !== null) problems.push(attempt.reason);
      lost = attempt.lost;
      if (lost !== null) break;
    }
  } catch (thrown) {
    const interrupted = thrown instanceof InterruptionError;
    const status = interrupted ? 'interrupted' : 'partial';
    await run.journal.write({ kind: 'run-end', status, reason: messageOf(thrown) });
    if (interrupted) return status;
    throw thrown;
  }
  const status = problems.length === 0 ? 'complete' : 'partial';
  await run.journal.write({ kind: 'run-end', status, reason: describe(problems, lost) });
  return status;
}

async function runWithRetry(run: RunBase, scheduled: ScheduledDeployment, session: Entrance): Promise<Attempt> {
  run.watch({ kind: 'deployment', deployment: scheduled, attempt: 1 });
  const first = await runOnce(run, scheduled, session);
  if (!first.again || first.lost !== null) return first;
  run.watch({ kind: 'deployment', deployment: scheduled, attempt: 2 });
  return runOnce(run, scheduled, session);
}

async function runOnce(run: RunBase, scheduled: ScheduledDeployment, session: Entrance): Promise<Attempt> {
  const entered = await session.enter(scheduled);
  if (entered.kind === 'failed') {
    await noteFailedEntry(run, scheduled, entered);
    return entered;
  }
  // The run's own come last: who prepared the stage knows versions too, and fewer.
  const context = { ...entered.stage, ...run, proveHost: entered.prove };
  const { started, reason, lost = null } = await runDeployment(context, scheduled);
  return { reason, again: !started, lost: session.recovers ? null : lost };
}

function describe(problems: readonly string[], lost: string | null): string | null {
  if (problems.length === 0) return null;
  const rest = problems.length === 1 ? '' : ` (and ${problems.length - 1} more)`;
  return `${problems.length === 1 ? '1 deployment' : `${problems.length} deployments`} incomplete: ${problems[0]}${rest}${lost === null ? '' : `; the run could not go on: ${lost}`}`;
}
