import { randomBytes } from 'node:crypto';
import { cp, lstat, rm } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import { MeasurementError } from '../errors.ts';
import { createLocalMachine } from '../machines/local.ts';
import { isAlive, markProcess, type ProcessMark } from './processes.ts';
import { findRunFolders, type RootProgram, stopDeadlineSeconds } from './root-program.ts';

const markSchema = z.strictObject({ pid: z.int().min(2), startTicks: z.int() });

/** Distinct on a host: `measure-4711-1-9f2c01ab`. */
export function nameRootRun(kind: string, runId: number, attempt: number): string {
  return `${kind}-${runId}-${attempt}-${randomBytes(4).toString('hex')}`;
}

/** A process as text, for the state that a step hands to its post. */
export async function describeProcess(pid: number): Promise<string> {
  return JSON.stringify(await markProcess(createLocalMachine(), pid));
}

/** null for a text that names no process. */
export function parseProcess(text: string): ProcessMark | null {
  try {
    return markSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

/** How long the program is asked again: it may just have been started and know nothing of the run yet. */
const usualPatienceSeconds = 30;

/**
 * Ends a run whose starter may have been killed: asks the program, which does so gracefully and then by force, until
 * the process that was started is gone too; at last that is killed.
 *
 * @param child what main started: `sudo`, or the program itself
 */
export async function endRun(
  program: Pick<RootProgram, 'run'>,
  id: string,
  child: ProcessMark | null,
  {
    patienceSeconds = usualPatienceSeconds,
    stopSeconds = stopDeadlineSeconds,
  }: { readonly patienceSeconds?: number; readonly stopSeconds?: number } = {},
): Promise<void> {
  const machine = createLocalMachine();
  const deadline = performance.now() + patienceSeconds * 1000;
  for (;;) {
    const { exitCode, stderr } = await program.run('stop', id, stopSeconds);
    const alive = child !== null && (await isAlive(machine, child));
    if (exitCode === 0 && !alive) return;
    if (performance.now() > deadline) {
      if (alive) killGroup(child.pid);
      throw new MeasurementError(`run ${id} could not be stopped in an orderly way: ${stderr.trim().slice(-500)}`);
    }
    await sleep(200);
  }
}

/**
 * Copies the run folder to where the runner may write; false when there is none yet. Regular files and folders only.
 *
 * @param parent of the folders of all runs
 */
export async function copyRun(id: string, target: string, parent: string): Promise<boolean> {
  const { run } = findRunFolders(id, parent);
  if (!(await exists(run))) return false;
  await rm(target, { recursive: true, force: true });
  await cp(run, target, {
    recursive: true,
    filter: async (source) => {
      const found = await lstat(source);
      return found.isFile() || found.isDirectory();
    },
  });
  return exists(`${target}/run.jsonl`);
}

async function exists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}

function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // Gone meanwhile, or root's: then the program was the only way.
  }
}
