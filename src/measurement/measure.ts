import { InterruptionError, messageOf } from '../errors.ts';
import type { ScheduledDeployment } from '../plans/schedule.ts';
import type { RunEndLine } from '../results/journal.schema.ts';
import type { RunContext } from './run-context.ts';
import { type DeploymentResult, runDeployment } from './run-deployment.ts';

/**
 * Runs the schedule to its end and writes the last line of the journal.
 * A failed start is tried once more; an interruption or a fault ends the run early, with what was measured kept.
 */
export async function measureSchedule(
  context: RunContext,
  schedule: readonly ScheduledDeployment[],
): Promise<RunEndLine['status']> {
  const problems: string[] = [];
  let lost: string | null = null;
  try {
    for (const scheduled of schedule) {
      const result = await runWithRetry(context, scheduled);
      if (result.reason !== null) problems.push(result.reason);
      lost = result.lost ?? null;
      if (lost !== null) break;
    }
  } catch (thrown) {
    const interrupted = thrown instanceof InterruptionError;
    const status = interrupted ? 'interrupted' : 'partial';
    await context.journal.write({ kind: 'run-end', status, reason: messageOf(thrown) });
    if (interrupted) return status;
    throw thrown;
  }
  const status = problems.length === 0 ? 'complete' : 'partial';
  await context.journal.write({ kind: 'run-end', status, reason: describe(problems, lost) });
  return status;
}

async function runWithRetry(context: RunContext, scheduled: ScheduledDeployment): Promise<DeploymentResult> {
  context.watch({ kind: 'deployment', deployment: scheduled, attempt: 1 });
  const first = await runDeployment(context, scheduled);
  if (first.started || typeof first.lost === 'string') return first;
  context.watch({ kind: 'deployment', deployment: scheduled, attempt: 2 });
  return runDeployment(context, scheduled);
}

function describe(problems: readonly string[], lost: string | null): string | null {
  if (problems.length === 0) return null;
  const rest = problems.length === 1 ? '' : ` (and ${problems.length - 1} more)`;
  return `${problems.length === 1 ? '1 deployment' : `${problems.length} deployments`} incomplete: ${problems[0]}${rest}${lost === null ? '' : `; the run could not go on: ${lost}`}`;
}
