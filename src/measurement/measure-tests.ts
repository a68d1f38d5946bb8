import { writeFile } from 'node:fs/promises';
import { selectBenchmarks } from '../benchmarks/benchmarks.ts';
import { MeasurementError } from '../errors.ts';
import type { RunningGuest } from '../guests/guest.ts';
import type { Outcome } from '../machines/machine.ts';
import { checkRoute } from '../networks/route.ts';
import { findClientPlace } from '../networks/topology.ts';
import { countSamples, type ScheduledDeployment } from '../plans/schedule.ts';
import type { SampleLine } from '../results/journal.schema.ts';
import type { TestName } from '../vocabulary.ts';
import type { RunContext } from './run-context.ts';
import type { WatchedPlaces } from './sample-watch.ts';
import { takeSample } from './take-sample.ts';
import { findWatchedPlaces } from './watched-places.ts';

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
  await checkRoute(context.client, client, guest.address);
  const places = await findWatchedPlaces(context.machine, context.windows ?? null, client, guest);
  const measure = async (test: TestName, phase: SampleLine['phase'], index: number) => {
    // Every further sample would wait for its deadline, to say less.
    if (guest.hasEnded()) throw new MeasurementError('the guest ended by itself while it was measured');
    await context.keepAlive?.();
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

/** Takes and writes one sample; returns why it failed, or null. Throws when a machine was lost, since the next would be too. */
async function measureOnce(
  context: RunContext,
  { scheduled, id: deployment, guest: { address, dataPort }, places }: MeasuredDeployment,
  test: TestName,
  phase: SampleLine['phase'],
): Promise<string | null> {
  const { plan } = context;
  const benchmark = selectBenchmarks(plan)[test];
  const order = context.nextOrder.sample();
  const { sample, output, loss } = await takeSample({
    machine: context.machine,
    client: context.client,
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
  if (loss !== null) throw new MeasurementError(`${test}: ${sample.reason}`, { cause: loss });
  return sample.reason;
}

async function writeFailedOutput(file: string, argv: readonly string[], output: Outcome): Promise<void> {
  const head = `$ ${argv.join(' ')}\nexit code ${output.exitCode}, signal ${output.signal}, timed out: ${output.timedOut}\n`;
  await writeFile(file, `${head}--- stdout\n${output.stdout}\n--- stderr\n${output.stderr}\n`);
}
