import { readFileSync } from 'node:fs';
import { InterruptionError, messageOf } from '../errors.ts';
import { probeDeployment } from '../guests/probe-deployment.ts';
import { parseProcessStat } from '../hosts/processes.ts';
import type { RunEndLine } from '../results/journal.schema.ts';
import { collectEnvironment } from './collect-facts.ts';
import { describeSide } from './describe-side.ts';
import type { HeldGuest } from './held-guest.schema.ts';
import { type MeasuredGuest, measureTests } from './measure-tests.ts';
import type { RunContext } from './run-context.ts';
import { describeMismatch } from './run-deployment.ts';

/** One block of one deployment on the side `baseline`: there is no other side. */
const scheduled = { order: 1, block: 1, boot: null, side: 'baseline' as const };

/**
 * Measures a guest that another process holds, and writes a journal of one deployment. Both sides of its first line
 * name the guest's profile. The settings are read back anew, since the guest may run for long.
 */
export async function measureHeldGuest(
  context: RunContext,
  held: HeldGuest,
  run: { readonly id: string; readonly seed: number },
): Promise<RunEndLine['status']> {
  const { journal, plan, profiles, topology, versions } = context;
  const side = describeSide(profiles.baseline);
  await journal.write({
    ...{ kind: 'run', schema: 'tunegate.run/1', ...run, plan, topology: topology.name, versions: { ...versions } },
    ...{ baseline: side, candidate: side },
  });
  let reason: string | null;
  try {
    reason = await measureDeployment(context, held);
  } catch (thrown) {
    reason = messageOf(thrown);
  }
  const interrupted = context.signal.aborted && context.signal.reason instanceof InterruptionError;
  const status = reason === null ? 'complete' : interrupted ? 'interrupted' : 'partial';
  await journal.write({ kind: 'run-end', status, reason });
  return status;
}

/** Returns why something is missing, or null. */
async function measureDeployment(context: RunContext, held: HeldGuest): Promise<string | null> {
  const { machine, journal, plan, placement, signal } = context;
  const { attachment, guest, bootId } = held.deployment;
  const id = 'd001';
  const parameters = context.profiles.baseline.parameters;
  const checks = await probeDeployment(machine, held.deployment, parameters, signal);
  const environment = await collectEnvironment(context, context.topology, attachment, placement);
  await journal.write({
    ...{ kind: 'deployment', id, order: context.nextOrder.deployment(), block: 1, side: scheduled.side },
    ...{ host: machine.name, guest: guest.kind, attachment, bootId },
    ...{ accelerator: held.accelerator, readySeconds: held.readySeconds },
    facts: { ...environment, guest: held.facts },
    checks,
  });
  const place = { ...scheduled, guest: guest.kind, attachment, tests: plan.tests };
  let reason: string | null;
  try {
    reason = describeMismatch(checks) ?? (await measureTests(context, place, id, asMeasured(held)));
  } catch (thrown) {
    reason = messageOf(thrown);
  }
  await journal.write({ kind: 'deployment-end', id, status: reason === null ? 'ok' : 'failed', reason });
  return reason;
}

function asMeasured({ deployment, dataPort, watched }: HeldGuest): MeasuredGuest {
  return {
    address: deployment.address,
    ...(dataPort === undefined ? {} : { dataPort }),
    ...(watched === null ? {} : { watched }),
    hasEnded: () => !isRunning(deployment.guest.pid, deployment.startTicks),
  };
}

/** Asked between two samples, where nothing may take long. */
function isRunning(pid: number, startTicks: number): boolean {
  try {
    const { state, startTicks: found } = parseProcessStat(readFileSync(`/proc/${pid}/stat`, 'utf8'));
    return found === startTicks && state !== 'Z';
  } catch {
    return false;
  }
}
