import { mkdir, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { ConfigurationError, messageOf } from '../src/errors.ts';
import type { Run } from '../src/results/journal.schema.ts';
import { readRun } from '../src/results/read-journal.ts';

/** Refuses a folder that holds a run, before anything is started. */
export async function createRunFolder(out: string): Promise<string> {
  const folder = resolve(out);
  if (await holdsRun(folder)) {
    throw new ConfigurationError(
      `--out ${out} already holds a run (run.jsonl); accepted is a folder without one, or --resume to go on with a run that did not come to its end`,
    );
  }
  try {
    await mkdir(join(folder, 'logs'), { recursive: true });
  } catch (thrown) {
    const found = `cannot be made (${messageOf(thrown)})`;
    throw new ConfigurationError(`--out ${out} ${found}; accepted is a folder that can be written`, { cause: thrown });
  }
  return folder;
}

/** The run in a folder that was interrupted, killed or is partial: what `--resume` goes on with. */
export async function readUnfinishedRun(out: string): Promise<Run> {
  const accepted = 'accepted by --resume is the folder of a run that was interrupted, killed or is partial';
  if (!(await holdsRun(resolve(out)))) {
    throw new ConfigurationError(`--out ${out} holds no run (there is no run.jsonl); ${accepted}`);
  }
  const run = await readRun(resolve(out));
  if (run.end?.status !== 'complete') return run;
  throw new ConfigurationError(`--out ${out} holds a run that is complete; ${accepted}`);
}

async function holdsRun(folder: string): Promise<boolean> {
  try {
    await stat(join(folder, 'run.jsonl'));
    return true;
  } catch {
    return false;
  }
}
