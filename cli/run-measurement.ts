import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { Folders } from '../src/hosts/folders.ts';
import { describeHost, readMachineId } from '../src/hosts/machine-id.ts';
import { readBootId } from '../src/hosts/run-state.ts';
import { createLocalMachine } from '../src/machines/local.ts';
import { describeSide } from '../src/measurement/describe-side.ts';
import type { MeasurementEvent, Watch } from '../src/measurement/events.ts';
import { createOrders, writeResumption } from '../src/measurement/go-on.ts';
import { lockInventory } from '../src/measurement/lock-inventory.ts';
import { type Entrance, measureSchedule } from '../src/measurement/measure.ts';
import { prepareInventory } from '../src/measurement/prepare-inventory.ts';
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
import type { InventoryPlace } from './inventory-place.ts';
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
  /** The opened machines of an inventory, which the run closes; null: all happens on this machine. */
  readonly inventory: InventoryPlace | null;
  /** The run in that folder that is to go on; null: the folder must not hold one. */
  readonly resumed: Run | null;
  /** How long to wait for the end of another run on this machine, seconds. */
  readonly waitSeconds?: number;
}

/**
 * Measures a whole plan, or what is left of it, on this machine or those of an inventory into a run folder. Whatever
 * happens, the machines are as before afterwards.
 */
export async function runMeasurement(
  order: MeasurementOrder,
  surroundings: Surroundings,
): Promise<RunEndLine['status']> {
  try {
    return await runOpened(order, surroundings);
  } finally {
    await order.inventory?.close();
  }
}

async function runOpened(order: MeasurementOrder, surroundings: Surroundings): Promise<RunEndLine['status']> {
  const progress = createProgress(surroundings);
  const folder = order.resumed === null ? await createRunFolder(order.out) : order.out;
  const run = order.resumed?.header.id ?? nameRun(new Date());
  const what = order.inventory === null ? 'the machine' : order.inventory.machine.name;
  const prepared = await progress.step(`Prepare ${what}`, ({ say }) =>
    prepare(order, { run, folder, signal: surroundings.signal, say }),
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

interface Preparing {
  /** Id of the run. */
  readonly run: string;
  readonly folder: string;
  readonly signal: AbortSignal;
  readonly say: (text: string) => void;
}

/** This machine for the embedded topology, or the two of an inventory; locked until they are restored. */
async function prepare(order: MeasurementOrder, { run, folder, signal, say }: Preparing): Promise<PreparedMachine> {
  const { inventory, request, plan } = order;
  const profiles = [request.baseline, request.candidate];
  const common = {
    run,
    guests: [...new Set(listCombinations(plan).map(({ guest }) => guest))],
    guestCpus: listGuestCpus(profiles, plan.layers),
    logFolder: join(folder, 'logs'),
    pid: process.pid,
    waitSeconds: order.waitSeconds ?? 0,
    watch: (event: MeasurementEvent) => event.kind === 'step' && say(event.text),
    signal,
    now: () => new Date(),
  };
  if (inventory === null) {
    const { folders, topology } = order;
    const kernels = listGuestKernels(profiles, plan.layers);
    return prepareMachine({ ...common, machine: createLocalMachine(), folders, topology, kernels });
  }
  const lock = await lockInventory({ ...common, ...inventory });
  try {
    const prepared = await prepareInventory({ ...common, ...inventory });
    const { keepAlive, release } = lock;
    return { ...prepared, keepAlive, restore: () => prepared.restore().finally(release) };
  } catch (thrown) {
    await lock.release();
    throw thrown;
  }
}

async function rereadRun(order: MeasurementOrder, versions: MeasurementOrder['versions']): Promise<Run> {
  const recorded = await readUnfinishedRun(order.out);
  const machine = order.inventory?.machine ?? createLocalMachine();
  const bootId = await readBootId(machine);
  const host = order.inventory === null ? {} : { host: await describeHost(machine) };
  refuseChanges(order.out, recorded, { ...order, profiles: order.request, versions, bootId, ...host });
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
    const here = createLocalMachine();
    const { machine, client } = order.inventory ?? { machine: here, client: here };
    const session: Entrance = {
      recovers: false,
      enter: async () => ({ kind: 'entered', stage: prepared, prove: async () => [] }),
    };
    const context = {
      ...{ machine, client },
      topology: prepared.topology,
      plan,
      profiles: { baseline, candidate },
      drivers: prepared.drivers,
      windows: prepared.windows,
      logs: prepared.logs,
      ...(prepared.keepAlive === undefined ? {} : { keepAlive: prepared.keepAlive }),
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
