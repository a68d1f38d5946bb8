import { writeFile } from 'node:fs/promises';
import type { ScheduledDeployment } from '../plans/schedule.ts';
import type { EntryFailure } from './host-session.ts';
import type { RunBase } from './host-steps.ts';
import { nameDeployment } from './name-deployment.ts';

/** A deployment whose host was not in the state of its side: failed before its guest could start, with what the boot said kept. */
export async function noteFailedEntry(
  run: RunBase,
  scheduled: ScheduledDeployment,
  { reason, log, bootId }: EntryFailure,
): Promise<void> {
  const { block, side, guest, attachment } = scheduled;
  const order = run.nextOrder.deployment();
  const id = nameDeployment(order);
  if (log !== null) await writeFile(`${run.folder}/logs/${id}-boot.log`, log);
  await run.journal.write({
    ...{ kind: 'deployment', id, order, block, side, host: run.machine.name, guest, attachment },
    ...{ accelerator: null, bootId: bootId ?? 'unknown', readySeconds: null, facts: null, checks: [] },
  });
  await run.journal.write({ kind: 'deployment-end', id, status: 'failed', reason });
  run.watch({ kind: 'deployment-ended', deployment: scheduled, reason });
}
