import { randomBytes } from 'node:crypto';
import { closeAfter } from '../src/close-after.ts';
import { describeHost, readMachineId } from '../src/hosts/machine-id.ts';
import { readBootId } from '../src/hosts/run-state.ts';
import { createLocalMachine } from '../src/machines/local.ts';
import { describeSide } from '../src/measurement/describe-side.ts';
import type { MeasurementEvent, Watch } from '../src/measurement/events.ts';
import { createOrders, writeResumption } from '../src/measurement/go-on.ts';
import type { HostSession } from '../src/measurement/host-session.ts';
import { measureSchedule } from '../src/measurement/measure.ts';
import { refuseChanges } from '../src/measurement/refuse-changes.ts';
import { listRemaining } from '../src/measurement/remaining-schedule.ts';
import { buildSchedule, type ScheduledDeployment } from '../src/plans/schedule.ts';
import type { Run, RunEndLine } from '../src/results/journal.schema.ts';
import { continueJournal, createJournal, type JournalWriter } from '../src/results/write-journal.ts';
import type { MeasurementOrder } from './measurement-order.ts';
import { type Opening, openHost } from './open-host.ts';
import { createProgress } from './progress.ts';
import { createRunFolder, readUnfinishedRun } from './run-folder.ts';
import { RunNarrator } from './run-narrator.ts';
import type { Surroundings } from './surroundings.ts';
import { tunegateVersion } from './version.ts';

/**
 * Measures a whole plan, or what is left of it, on this machine or those of an inventory into a run folder. Whatever
 * happens, the machines are as before afterwards.
 */
export async function runMeasurement(
  order: MeasurementOrder,
  surroundings: Surroundings,
): Promise<RunEndLine['status']> {
  const close = async () => order.inventory?.close();
  return closeAfter(close, () => runOpened(order, surroundings));
}

async function runOpened(order: MeasurementOrder, surroundings: Surroundings): Promise<RunEndLine['status']> {
  const progress = createProgress(surroundings);
  const folder = order.resumed === null ? await createRunFolder(order.out) : order.out;
  const run = order.resumed?.header.id ?? nameRun(new Date());
  const what = order.inventory === null ? 'the machine' : order.inventory.machine.name;
  const { signal } = surroundings;
  // Told by whoever speaks at the moment: the host is switched in the middle of measuring as well.
  const listener: { hear: Watch } = { hear: () => {} };
  const opening = { run, folder, signal, watch: (event: MeasurementEvent) => listener.hear(event) };
  const hearSteps = ({ say }: { readonly say: (text: string) => void }) => {
    listener.hear = (event) => event.kind === 'step' && say(event.text);
  };
  const host = await progress.step(`Prepare ${what}`, (voice) => {
    hearSteps(voice);
    return openHost(order, opening);
  });
  const cleanUp = async () => {
    await progress.step('Clean up', (voice) => {
      hearSteps(voice);
      return host.close();
    });
    if (signal.aborted) {
      surroundings.stderr.write(`tunegate: interrupted; what was measured until then is in ${folder}/run.jsonl.\n`);
    }
  };
  return closeAfter(cleanUp, async () => {
    const versions = { tunegate: await tunegateVersion(surroundings.home), ...order.versions, ...host.versions };
    // Read again now that the lock is ours: until then the run may have gone on.
    const recorded = order.resumed === null ? null : await rereadRun(order, versions);
    const whole = buildSchedule(order.plan, order.seed);
    const schedule = recorded === null ? whole : listRemaining(whole, recorded);
    const amount = recorded === null ? whole.length : `the remaining ${schedule.length} of ${whole.length}`;
    return progress.step(`Measure ${amount} fresh starts`, (voice) => {
      const narrator = new RunNarrator(order.plan, schedule, () => performance.now() / 1000, whole.length);
      listener.hear = (event) => {
        const { kept, live } = narrator.narrate(event);
        if (kept !== undefined) voice.say(kept);
        if (live !== undefined) voice.show(live);
      };
      return measure({ ...order, ...opening, versions, recorded, schedule }, host.session);
    });
  });
}

async function rereadRun(order: MeasurementOrder, versions: MeasurementOrder['versions']): Promise<Run> {
  const recorded = await readUnfinishedRun(order.out);
  const machine = order.inventory?.machine ?? createLocalMachine();
  const bootId = await readBootId(machine);
  const host = order.inventory === null ? {} : { host: await describeHost(machine) };
  refuseChanges(order.out, recorded, { ...order, profiles: order.request, versions, bootId, ...host });
  return recorded;
}

interface OpenedOrder extends MeasurementOrder, Opening {
  /** What the journal has so far; null for a new run. */
  readonly recorded: Run | null;
  /** What is to be run now. */
  readonly schedule: readonly ScheduledDeployment[];
}

async function measure(order: OpenedOrder, session: HostSession): Promise<RunEndLine['status']> {
  const { plan, folder, versions, recorded, watch, signal, request: profiles } = order;
  const now = () => new Date();
  const journal = await (recorded === null ? createJournal(folder, now) : continueJournal(folder, now));
  try {
    if (recorded === null) await writeHeader(journal, order);
    else await writeResumption(journal, recorded);
    const here = createLocalMachine();
    const { machine, client } = order.inventory ?? { machine: here, client: here };
    const run = { machine, client, plan, profiles, versions, journal, folder, watch, signal, now };
    return await measureSchedule({ ...run, nextOrder: createOrders(recorded) }, order.schedule, session);
  } finally {
    await journal.close();
  }
}

async function writeHeader(journal: JournalWriter, order: OpenedOrder): Promise<void> {
  await journal.write({
    kind: 'run',
    schema: 'tunegate.run/1',
    id: order.run,
    seed: order.seed,
    plan: order.plan,
    topology: order.topology.name,
    ...(order.inventory === null ? {} : { machineId: await readMachineId(order.inventory.machine) }),
    baseline: describeSide(order.request.baseline),
    candidate: describeSide(order.request.candidate),
    versions: order.versions,
  });
}

/** Sortable by time, and distinct also within a second: `20261125-073000-1f2e`. */
export function nameRun(now: Date): string {
  const [day, time] = now.toISOString().split(/[T.]/);
  return `${day?.replaceAll('-', '')}-${time?.replaceAll(':', '')}-${randomBytes(2).toString('hex')}`;
}
