import { writeFile } from 'node:fs/promises';
import { selectBenchmarks } from '../benchmarks/benchmarks.ts';
import { MeasurementError, messageOf } from '../errors.ts';
import type { GuestKindDriver, RunningGuest } from '../guests/guest.ts';
import { readBootId } from '../hosts/run-state.ts';
import type { Placement } from '../hosts/step-aside.ts';
import type { Machine, Outcome } from '../machines/machine.ts';
import { checkRoute } from '../networks/route.ts';
import { findClientPlace, type Topology } from '../networks/topology.ts';
import type { ResolvedPlan } from '../plans/plan.schema.ts';
import { countSamples, type ScheduledDeployment } from '../plans/schedule.ts';
import type { Profile } from '../profiles/profile.schema.ts';
import type { Check, SampleLine } from '../results/journal.schema.ts';
import type { JournalWriter } from '../results/write-journal.ts';
import type { Side, TestName } from '../vocabulary.ts';
import { collectEnvironment } from './collect-facts.ts';
import { withDeploymentFile } from './deployment-file.ts';
import type { Watch } from './events.ts';
import type { WatchedPlaces } from './sample-watch.ts';
import { takeSample } from './take-sample.ts';
import { findWatchedPlaces, type Windows } from './watched-places.ts';

/** How long a guest may take to answer, seconds. */
export const readyDeadlineSeconds = 30;

/** What every deployment of a run has in common. */
export interface RunContext {
  readonly machine: Machine;
  readonly topology: Topology;
  readonly plan: ResolvedPlan;
  readonly profiles: Readonly<Record<Side, Profile>>;
  readonly drivers: ReadonlyMap<string, GuestKindDriver>;
  /** null or absent: what measures runs on whatever CPU it likes. */
  readonly placement?: Placement | null;
  /** null or absent: the namespaces of client and host cannot be looked into. */
  readonly windows?: Windows | null;
  /** Tool name to version. */
  readonly versions: Readonly<Record<string, string>>;
  readonly journal: JournalWriter;
  /** Folder of the run. */
  readonly folder: string;
  readonly watch: Watch;
  readonly signal: AbortSignal;
  readonly now: () => Date;
  /** Next position in the run, from 1, of a deployment or a sample. */
  readonly nextOrder: { deployment(): number; sample(): number };
}

export interface DeploymentResult {
  /** `started` is false when the guest never became ready: worth one more try. */
  readonly started: boolean;
  /** null when everything planned in this deployment was measured. */
  readonly reason: string | null;
}

/** One fresh start of a guest: launch, prove, measure, remove. Whatever happens, the journal says so and the guest is gone. */
export async function runDeployment(context: RunContext, scheduled: ScheduledDeployment): Promise<DeploymentResult> {
  const order = context.nextOrder.deployment();
  const id = `d${String(order).padStart(3, '0')}`;
  const line = {
    kind: 'deployment' as const,
    id,
    order,
    block: scheduled.block,
    side: scheduled.side,
    host: context.machine.name,
    guest: scheduled.guest,
    attachment: scheduled.attachment,
    bootId: await readBootId(context.machine),
  };
  const end = async (reason: string | null) => {
    await context.journal.write({ kind: 'deployment-end', id, status: reason === null ? 'ok' : 'failed', reason });
    context.watch({ kind: 'deployment-ended', deployment: scheduled, reason });
  };

  let guest: RunningGuest;
  try {
    guest = await launch(context, scheduled, id);
  } catch (thrown) {
    const reason = messageOf(thrown);
    await context.journal.write({ ...line, accelerator: null, readySeconds: null, facts: null, checks: [] });
    await end(reason);
    context.signal.throwIfAborted();
    return { started: false, reason };
  }

  let reason: string | null = null;
  try {
    const [environment, guestFacts, checks] = await Promise.all([
      collectEnvironment(context.machine, context.topology, scheduled.attachment, context.placement),
      guest.collectFacts(),
      guest.probe(context.profiles[scheduled.side].parameters, context.plan.layers),
    ]);
    const facts = { ...environment, guest: guestFacts };
    const { accelerator, readySeconds } = guest;
    await context.journal.write({ ...line, accelerator, readySeconds, facts, checks });
    const running = {
      ...{ machine: context.machine, folder: context.folder, id, bootId: line.bootId, guest },
      ...{ attachment: scheduled.attachment, profile: context.profiles[scheduled.side], layers: context.plan.layers },
    };
    const measureAll = () => measureTests(context, scheduled, id, guest);
    reason = describeMismatch(checks) ?? (await withDeploymentFile(running, measureAll));
  } catch (thrown) {
    reason = messageOf(thrown);
  }
  reason = await stopGuest(guest, reason);
  await end(reason);
  context.signal.throwIfAborted();
  return { started: true, reason };
}

async function launch(context: RunContext, scheduled: ScheduledDeployment, id: string): Promise<RunningGuest> {
  const driver = context.drivers.get(scheduled.guest);
  if (driver === undefined) throw new MeasurementError(`no driver for guest kind ${scheduled.guest}`);
  return driver.launch({
    id,
    attachment: scheduled.attachment,
    profile: context.profiles[scheduled.side],
    layers: context.plan.layers,
    logFile: `${context.folder}/logs/${id}-${scheduled.guest}.log`,
    deadlineSeconds: readyDeadlineSeconds,
    signal: context.signal,
  });
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
  const wrong = checks.filter(({ result }) => result === 'mismatch' || result === 'unprobed');
  if (wrong.length === 0) return null;
  const pairs = wrong.map(({ parameter, requested, found }) => `${parameter} asked for ${requested}, found ${found}`);
  return `treatment not in force: ${pairs.join('; ')}`;
}

/**
 * All tests of one deployment: for each a warm-up, then its samples; failed ones once more at the end. Returns what is
 * missing, or null.
 */
export async function measureTests(
  context: RunContext,
  scheduled: ScheduledDeployment,
  id: string,
  guest: MeasuredGuest,
): Promise<string | null> {
  const client = findClientPlace(context.topology, scheduled.attachment);
  await checkRoute(context.machine, client, guest.address);
  const places = await findWatchedPlaces(context.machine, context.windows ?? null, client, guest);
  const measure = async (test: TestName, phase: SampleLine['phase'], index: number) => {
    // Every further sample would wait for its deadline, to say less.
    if (guest.hasEnded()) throw new MeasurementError('the guest ended by itself while it was measured');
    context.watch({ kind: 'sample', test, phase, index });
    return measureOnce(context, { scheduled, id, guest, places }, test, phase);
  };
  const again: { test: TestName; index: number }[] = [];
  for (const test of scheduled.tests) {
    await measure(test, 'warmup', 0);
    for (let index = 1; index <= countSamples(context.plan, test); index += 1) {
      if ((await measure(test, 'measure', index)) !== null) again.push({ test, index });
    }
  }
  const lost: string[] = [];
  for (const { test, index } of again) {
    const reason = await measure(test, 'measure', index);
    if (reason !== null) lost.push(`${test}: ${reason}`);
  }
  return lost.length === 0 ? null : `missing samples: ${lost.join('; ')}`;
}

/** What measuring needs of a guest that runs. */
export type MeasuredGuest = Pick<RunningGuest, 'address' | 'dataPort' | 'watched' | 'hasEnded'>;

interface MeasuredDeployment {
  readonly scheduled: ScheduledDeployment;
  readonly id: string;
  readonly guest: MeasuredGuest;
  readonly places: WatchedPlaces;
}

/** Takes and writes one sample; returns why it failed, or null. */
async function measureOnce(
  context: RunContext,
  { scheduled, id: deployment, guest: { address, dataPort }, places }: MeasuredDeployment,
  test: TestName,
  phase: SampleLine['phase'],
): Promise<string | null> {
  const { plan } = context;
  const benchmark = selectBenchmarks(plan)[test];
  const order = context.nextOrder.sample();
  const { sample, output } = await takeSample({
    machine: context.machine,
    clientNamespace: findClientPlace(context.topology, scheduled.attachment).clientNamespace,
    benchmark,
    places,
    target: {
      address,
      ...(dataPort === undefined ? {} : { dataPort }),
      seconds: plan.seconds,
      ping: plan.ping,
      iperfUdpBitsPerSecond: plan.iperfUdpBitsPerSecond,
    },
    tool: `${benchmark.tool} ${context.versions[benchmark.tool] ?? 'unknown'}`,
    signal: context.signal,
    now: context.now,
  });
  await context.journal.write({ kind: 'sample', deployment, test, phase, block: scheduled.block, order, ...sample });
  if (sample.reason !== null) {
    await writeFailedOutput(`${context.folder}/logs/${deployment}-${test}-${order}.log`, sample.argv, output);
    context.watch({ kind: 'sample-failed', test, reason: sample.reason });
  }
  return sample.reason;
}

async function writeFailedOutput(file: string, argv: readonly string[], output: Outcome): Promise<void> {
  const head = `$ ${argv.join(' ')}\nexit code ${output.exitCode}, signal ${output.signal}, timed out: ${output.timedOut}\n`;
  await writeFile(file, `${head}--- stdout\n${output.stdout}\n--- stderr\n${output.stderr}\n`);
}
