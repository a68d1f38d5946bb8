import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { Folders } from '../src/hosts/folders.ts';
import { readBootId } from '../src/hosts/run-state.ts';
import { createLocalMachine } from '../src/machines/local.ts';
import { describeSide } from '../src/measurement/describe-side.ts';
import type { Watch } from '../src/measurement/events.ts';
import { createOrders, writeResumption } from '../src/measurement/go-on.ts';
import { type Entrance, measureSchedule } from '../src/measurement/measure.ts';
import { type PreparedMachine, prepareMachine } from '../src/measurement/prepare-machine.ts';
import { refuseChanges } from '../src/measurement/refuse-changes.ts';
import { listRemaining } from '../src/measurement/remaining-schedule.ts';
import type { Topology } from '../src/networks/topology.ts';
import { listCombinations } from '../src/plans/matrix.ts';
import type { MeasurementRequest } from '../src/plans/measurement-request.ts';
import type { ResolvedPlan } from '../src/plans/plan.schema.ts';
import { buildSchedule, type ScheduledDeployment } from '../src/plans/schedule.ts';
import { listGuestCpus } from '../src/profiles/guest-cpus.ts';
import { listGuestKernels } from '../src/profiles/list-guest-kernels.ts';
import type { Run, RunEndLine } from '../src/results/journal.schema.ts';
import { continueJournal, createJournal, type JournalWriter } from '../src/results/write-journal.ts';
import { createProgress } from './progress.ts';
import { createRunFolder, readUnfinishedRun } from './run-folder.ts';
import { RunNarrator } from './run-narrator.ts';
import type { Surroundings } from './surroundings.ts';
import { tunegateVersion } from './version.ts';

export interface MeasurementOrder {
  readonly request: MeasurementRequest;
  readonly plan: ResolvedPlan;
  /** Versions of the measuring tools by name. */
  readonly versions: Readonly<Record<string, string>>;
  readonly seed: number;
  /** Folder of the run. */
  readonly out: string;
  /** Where this machine keeps what belongs to no run, or only to this one while it lasts. */
  readonly folders: Folders;
  readonly topology: Topology;
  /** The run in that folder that is to go on; null: the folder must not hold one. */
  readonly resumed: Run | null;
  /** How long to wait for the end of another run on this machine, seconds. */
  readonly waitSeconds?: number;
}

/**
 * Measures a whole plan, or what is left of it, on this machine into a run folder. Whatever happens, the machine is as
 * before afterwards.
 */
export async function runMeasurement(
  order: MeasurementOrder,
  surroundings: Surroundings,
): Promise<RunEndLine['status']> {
  const progress = createProgress(surroundings);
  const folder = order.resumed === null ? await createRunFolder(order.out) : order.out;
  const run = order.resumed?.header.id ?? nameRun(new Date());
  const prepared = await progress.step('Prepare the machine', ({ say }) =>
    prepareMachine({
      machine: createLocalMachine(),
      folders: order.folders,
      topology: order.topology,
      run,
      guests: [...new Set(listCombinations(order.plan).map(({ guest }) => guest))],
      guestCpus: listGuestCpus([order.request.baseline, order.request.candidate], order.plan.layers),
      kernels: listGuestKernels([order.request.baseline, order.request.candidate], order.plan.layers),
      logFolder: join(folder, 'logs'),
      pid: process.pid,
      waitSeconds: order.waitSeconds ?? 0,
      watch: (event) => event.kind === 'step' && say(event.text),
      signal: surroundings.signal,
      now: () => new Date(),
    }),
  );
  try {
    const versions = { tunegate: await tunegateVersion(surroundings.home), ...order.versions, ...prepared.versions };
    // Read again now that the lock is ours: until then the run may have gone on.
    const recorded = order.resumed === null ? null : await rereadRun(order, versions);
    const whole = buildSchedule(order.plan, order.seed);
    const schedule = recorded === null ? whole : listRemaining(whole, recorded);
    const amount = recorded === null ? whole.length : `the remaining ${schedule.length} of ${whole.length}`;
    return await progress.step(`Measure ${amount} fresh starts`, (voice) => {
      const narrator = new RunNarrator(order.plan, schedule, () => performance.now() / 1000, whole.length);
      const opened = { ...order, run, folder, versions, recorded, schedule };
      return measure(opened, prepared, surroundings, (event) => {
        const { kept, live } = narrator.narrate(event);
        if (kept !== undefined) voice.say(kept);
        if (live !== undefined) voice.show(live);
      });
    });
  } finally {
    await progress.step('Clean up', () => prepared.restore());
    if (surroundings.signal.aborted) {
      surroundings.stderr.write(`tunegate: interrupted; what was measured until then is in ${folder}/run.jsonl.\n`);
    }
  }
}

async function rereadRun(order: MeasurementOrder, versions: MeasurementOrder['versions']): Promise<Run> {
  const recorded = await readUnfinishedRun(order.out);
  const bootId = await readBootId(createLocalMachine());
  refuseChanges(order.out, recorded, { ...order, profiles: order.request, versions, bootId });
  return recorded;
}

interface OpenedOrder extends MeasurementOrder {
  /** Id of the run. */
  readonly run: string;
  readonly folder: string;
  /** What the journal has so far; null for a new run. */
  readonly recorded: Run | null;
  /** What is to be run now. */
  readonly schedule: readonly ScheduledDeployment[];
}

async function measure(
  order: OpenedOrder,
  prepared: PreparedMachine,
  { signal }: Surroundings,
  watch: Watch,
): Promise<RunEndLine['status']> {
  const { plan, folder, versions, recorded } = order;
  const { baseline, candidate } = order.request;
  const now = () => new Date();
  const journal = await (recorded === null ? createJournal(folder, now) : continueJournal(folder, now));
  try {
    if (recorded === null) await writeHeader(journal, order, prepared);
    else await writeResumption(journal, recorded);
    const machine = createLocalMachine();
    const session: Entrance = {
      recovers: false,
      enter: async () => ({ kind: 'entered', stage: prepared, prove: async () => [] }),
    };
    const context = {
      ...{ machine, client: machine },
      topology: prepared.topology,
      plan,
      profiles: { baseline, candidate },
      drivers: prepared.drivers,
      windows: prepared.windows,
      logs: prepared.logs,
      placement: prepared.placement,
      versions,
      journal,
      folder,
      watch,
      signal,
      now,
      nextOrder: createOrders(recorded),
    };
    return await measureSchedule(context, order.schedule, session);
  } finally {
    await journal.close();
  }
}

async function writeHeader(journal: JournalWriter, order: OpenedOrder, { topology }: PreparedMachine): Promise<void> {
  await journal.write({
    kind: 'run',
    schema: 'tunegate.run/1',
    id: order.run,
    seed: order.seed,
    plan: order.plan,
    topology: topology.name,
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
