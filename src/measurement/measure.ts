import { InterruptionError, messageOf } from '../errors.ts';
import type { ScheduledDeployment } from '../plans/schedule.ts';
import type { RunEndLine } from '../results/journal.schema.ts';
import { type RunContext, runDeployment } from './run-deployment.ts';

/**
 * Runs the schedule to its end and writes the last line of the journal.
 * A failed start is tried once more; an interruption or a fault ends the run early, with what was measured kept.
 */
export async function measureSchedule(
  context: RunContext,
  schedule: readonly ScheduledDeployment[],
): Promise<RunEndLine['status']> {
  const problems: string[] = [];
  try {
    for (const scheduled of schedule) {
      const reason = await runWithRetry(context, scheduled);
      if (reason !== null) problems.push(reason);
    }
  } catch (thrown) {
    const interrupted = thrown instanceof InterruptionError;
    const status = interrupted ? 'interrupted' : 'partial';
    await context.journal.write({ kind: 'run-end', status, reason: messageOf(thrown) });
    if (interrupted) return status;
    throw thrown;
  }
  const status = problems.length === 0 ? 'complete' : 'partial';
  await context.journal.write({ kind: 'run-end', status, reason: describe(problems) });
  return status;
}

async function runWithRetry(context: RunContext, scheduled: ScheduledDeployment): Promise<string | null> {
  context.watch({ kind: 'deployment', deployment: scheduled, attempt: 1 });
  const first = await runDeployment(context, scheduled);
  if (first.started) return first.reason;
  context.watch({ kind: 'deployment', deployment: scheduled, attempt: 2 });
  return (await runDeployment(context, scheduled)).reason;
}

function describe(problems: readonly string[]): string | null {
  if (problems.length === 0) return null;
  const rest = problems.length === 1 ? '' : ` (and ${problems.length - 1} more)`;
  return `${problems.length === 1 ? '1 deployment' : `${problems.length} deployments`} incomplete: ${problems[0]}${rest}`;
}
