import { randomBytes } from 'node:crypto';
import { mkdir, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { ConfigurationError, messageOf } from '../src/errors.ts';
import { machineFolders } from '../src/hosts/folders.ts';
import { createLocalMachine } from '../src/machines/local.ts';
import { measureSchedule } from '../src/measurement/measure.ts';
import { type PreparedMachine, prepareMachine } from '../src/measurement/prepare-machine.ts';
import type { ResolvedPlan } from '../src/plans/plan.schema.ts';
import { buildSchedule, type ScheduledDeployment } from '../src/plans/schedule.ts';
import type { Profile } from '../src/profiles/profile.schema.ts';
import type { RunEndLine } from '../src/results/journal.schema.ts';
import { createJournal } from '../src/results/write-journal.ts';
import type { MeasurementRequest } from './load-request.ts';
import { createProgress, type Voice } from './progress.ts';
import { RunNarrator } from './run-narrator.ts';
import type { Surroundings } from './surroundings.ts';
import { tunegateVersion } from './version.ts';

export interface MeasurementOrder {
  readonly request: MeasurementRequest;
  readonly plan: ResolvedPlan;
  /** Versions of the measuring tools by name. */
  readonly versions: Readonly<Record<string, string>>;
  readonly seed: number;
  /** Folder of the run; must not hold one. */
  readonly out: string;
}

/** Refuses a folder that holds a run, before anything is started. */
export async function createRunFolder(out: string): Promise<string> {
  const folder = resolve(out);
  if (await exists(join(folder, 'run.jsonl'))) {
    throw new ConfigurationError(`--out ${out} already holds a run (run.jsonl); accepted is a folder without one`);
  }
  try {
    await mkdir(join(folder, 'logs'), { recursive: true });
  } catch (thrown) {
    const found = `cannot be made (${messageOf(thrown)})`;
    throw new ConfigurationError(`--out ${out} ${found}; accepted is a folder that can be written`, { cause: thrown });
  }
  return folder;
}

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch {
    return false;
  }
}

/** Measures a whole plan on this machine into a run folder. Whatever happens, the machine is as before afterwards. */
export async function runMeasurement(
  order: MeasurementOrder,
  surroundings: Surroundings,
): Promise<RunEndLine['status']> {
  const progress = createProgress(surroundings);
  const folder = await createRunFolder(order.out);
  const run = nameRun(new Date());
  const prepared = await progress.step('Prepare the machine', ({ say }) =>
    prepareMachine({
      machine: createLocalMachine(),
      folders: machineFolders,
      run,
      guests: order.plan.guests,
      logFolder: join(folder, 'logs'),
      pid: process.pid,
      watch: (event) => event.kind === 'step' && say(event.text),
      signal: surroundings.signal,
      now: () => new Date(),
    }),
  );
  try {
    const schedule = buildSchedule(order.plan, order.seed);
    return await progress.step(`Measure ${schedule.length} fresh starts`, (voice) =>
      measure({ ...order, run, folder }, prepared, schedule, surroundings, voice),
    );
  } finally {
    await progress.step('Clean up', () => prepared.restore());
    if (surroundings.signal.aborted) {
      surroundings.stderr.write(`tunegate: interrupted; what was measured until then is in ${folder}/run.jsonl.\n`);
    }
  }
}

async function measure(
  order: MeasurementOrder & { readonly run: string; readonly folder: string },
  prepared: PreparedMachine,
  schedule: readonly ScheduledDeployment[],
  surroundings: Surroundings,
  voice: Voice,
): Promise<RunEndLine['status']> {
  const { plan, folder, seed } = order;
  const { baseline, candidate } = order.request;
  const now = () => new Date();
  const versions = { tunegate: await tunegateVersion(surroundings.home), ...order.versions, ...prepared.versions };
  const journal = await createJournal(folder, now);
  const narrator = new RunNarrator(plan, schedule, () => performance.now() / 1000);
  let deployments = 0;
  let samples = 0;
  try {
    await journal.write({
      kind: 'run',
      schema: 'tunegate.run/1',
      id: order.run,
      seed,
      plan,
      topology: prepared.topology.name,
      baseline: describeSide(baseline),
      candidate: describeSide(candidate),
      versions,
    });
    const context = {
      machine: createLocalMachine(),
      topology: prepared.topology,
      plan,
      profiles: { baseline, candidate },
      drivers: prepared.drivers,
      versions,
      journal,
      folder,
      watch: (event: Parameters<RunNarrator['narrate']>[0]) => {
        const { kept, live } = narrator.narrate(event);
        if (kept !== undefined) voice.say(kept);
        if (live !== undefined) voice.show(live);
      },
      signal: surroundings.signal,
      now,
      nextOrder: {
        deployment: () => {
          deployments += 1;
          return deployments;
        },
        sample: () => {
          samples += 1;
          return samples;
        },
      },
    };
    return await measureSchedule(context, schedule);
  } finally {
    await journal.close();
  }
}

function describeSide({ name, sha256, parameters }: Profile) {
  return { profile: name, sha256, revision: null, parameters: { ...parameters } };
}

/** Sortable by time, and distinct also within a second: `20261125-073000-1f2e`. */
function nameRun(now: Date): string {
  const [day, time] = now.toISOString().split(/[T.]/);
  return `${day?.replaceAll('-', '')}-${time?.replaceAll(':', '')}-${randomBytes(2).toString('hex')}`;
}
