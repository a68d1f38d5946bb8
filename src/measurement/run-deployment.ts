import { isConnectionLost, MeasurementError, messageOf } from '../errors.ts';
import type { RunningGuest } from '../guests/guest.ts';
import { readBootId } from '../hosts/run-state.ts';
import type { ScheduledDeployment } from '../plans/schedule.ts';
import type { Check } from '../results/journal.schema.ts';
import { isUnproven } from '../results/unproven.ts';
import { awaitMachines } from './await-machines.ts';
import { collectEnvironment } from './collect-facts.ts';
import { withDeploymentFile } from './deployment-file.ts';
import { measureTests } from './measure-tests.ts';
import { nameDeployment } from './name-deployment.ts';
import type { RunContext } from './run-context.ts';

/** How long a guest may take to answer, seconds. */
export const readyDeadlineSeconds = 30;

export interface DeploymentResult {
  /** `started` is false when the guest never became ready: worth one more try. */
  readonly started: boolean;
  /** null when everything planned in this deployment was measured. */
  readonly reason: string | null;
  /** Why no other deployment can follow; absent: one can. */
  readonly lost?: string | null;
}

/** One fresh start of a guest: launch, prove, measure, remove. Whatever happens, the journal says so and the guest is gone. */
export async function runDeployment(context: RunContext, scheduled: ScheduledDeployment): Promise<DeploymentResult> {
  const { bootId, lost: gone } = await findBoot(context);
  if (gone !== null) return { started: false, reason: gone, lost: gone };
  const order = context.nextOrder.deployment();
  const id = nameDeployment(order);
  const line = {
    kind: 'deployment' as const,
    id,
    order,
    block: scheduled.block,
    side: scheduled.side,
    host: context.machine.name,
    guest: scheduled.guest,
    attachment: scheduled.attachment,
    bootId,
  };
  /** What was lost must be back before anything can be cleaned up or started. */
  const awaitThem = async (thrown: unknown) =>
    isConnectionLost(thrown) ? awaitMachines(context, bootId, context) : null;
  const end = async (reason: string | null) => {
    await fetchLogs(context);
    await context.journal.write({ kind: 'deployment-end', id, status: reason === null ? 'ok' : 'failed', reason });
    context.watch({ kind: 'deployment-ended', deployment: scheduled, reason });
  };

  let guest: RunningGuest;
  let hostChecks: readonly Check[];
  try {
    // Before the guest is there, to which an attachment may hand the network interface over.
    hostChecks = (await context.proveHost?.()) ?? [];
    guest = await launch(context, scheduled, id);
  } catch (thrown) {
    const reason = messageOf(thrown);
    const lost = await awaitThem(thrown);
    await context.journal.write({ ...line, accelerator: null, readySeconds: null, facts: null, checks: [] });
    await end(reason);
    context.signal.throwIfAborted();
    return { started: false, reason, lost };
  }

  let reason: string | null = null;
  let lost: string | null = null;
  let isNoted = false;
  try {
    const [environment, guestFacts, guestChecks] = await Promise.all([
      collectEnvironment(context, context.topology, scheduled.attachment, context.placement),
      guest.collectFacts(),
      guest.probe(context.profiles[scheduled.side].parameters, context.plan.layers),
    ]);
    const facts = { ...environment, guest: guestFacts };
    const checks = [...hostChecks, ...guestChecks];
    const { accelerator, readySeconds } = guest;
    await context.journal.write({ ...line, accelerator, readySeconds, facts, checks });
    isNoted = true;
    const running = {
      ...{ machine: context.machine, folder: context.folder, id, bootId: line.bootId, guest },
      ...{ attachment: scheduled.attachment, profile: context.profiles[scheduled.side], layers: context.plan.layers },
    };
    const measureAll = () => measureTests(context, scheduled, id, guest);
    reason = describeMismatch(checks) ?? (await withDeploymentFile(running, measureAll));
  } catch (thrown) {
    reason = messageOf(thrown);
    lost = await awaitThem(thrown);
  }
  // Its end would name a deployment that the journal does not have, which nobody could read any more.
  if (!isNoted) {
    const { accelerator, readySeconds } = guest;
    await context.journal.write({ ...line, accelerator, readySeconds, facts: null, checks: [...hostChecks] });
  }
  reason = await stopGuest(guest, reason);
  await end(reason);
  context.signal.throwIfAborted();
  return { started: true, reason, lost };
}

/** Also when the host happens not to answer at this moment. */
async function findBoot(context: RunContext): Promise<{ readonly bootId: string; readonly lost: string | null }> {
  try {
    return { bootId: await readBootId(context.machine), lost: null };
  } catch (thrown) {
    context.signal.throwIfAborted();
    if (!isConnectionLost(thrown)) throw thrown;
    const lost = await awaitMachines(context, null, context);
    return { bootId: lost === null ? await readBootId(context.machine) : '', lost };
  }
}

async function launch(context: RunContext, scheduled: ScheduledDeployment, id: string): Promise<RunningGuest> {
  const driver = context.drivers.get(scheduled.guest);
  if (driver === undefined) throw new MeasurementError(`no driver for guest kind ${scheduled.guest}`);
  return driver.launch({
    id,
    attachment: scheduled.attachment,
    profile: context.profiles[scheduled.side],
    layers: context.plan.layers,
    logFile: `${context.logs?.folder ?? `${context.folder}/logs`}/${id}-${scheduled.guest}.log`,
    deadlineSeconds: readyDeadlineSeconds,
    signal: context.signal,
  });
}

/** A log that stays behind is no reason to lose a measurement. */
async function fetchLogs({ logs, watch, signal }: RunContext): Promise<void> {
  try {
    await logs?.fetch();
  } catch (thrown) {
    signal.throwIfAborted();
    watch({ kind: 'step', text: `warning: what the guest said could not be fetched: ${messageOf(thrown)}` });
  }
}

/** A guest that could not be removed makes even a well-measured deployment a failed one. */
async function stopGuest(guest: RunningGuest, reason: string | null): Promise<string | null> {
  try {
    await guest.stop();
    return reason;
  } catch (thrown) {
    return [reason, messageOf(thrown)].filter((text) => text !== null).join('; ');
  }
}

/** No sample counts until the treatment is proven: request and reading of whatever is not, or null. */
export function describeMismatch(checks: readonly Check[]): string | null {
  const wrong = checks.filter(isUnproven);
  if (wrong.length === 0) return null;
  const pairs = wrong.map(({ parameter, requested, found }) => `${parameter} asked for ${requested}, found ${found}`);
  return `treatment not in force: ${pairs.join('; ')}`;
}
