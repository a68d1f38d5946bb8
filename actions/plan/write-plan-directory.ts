import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { PlanDirectory } from '../../src/plans/plan-directory.ts';

/** Writes the files into a new folder below the runner's temporary one, and returns its path. */
export async function writePlanDirectory(temporary: string, { files }: Pick<PlanDirectory, 'files'>): Promise<string> {
  const folder = await mkdtemp(join(temporary, 'tunegate-plan-'));
  for (const [path, text] of files) {
    const file = join(folder, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text, { flag: 'wx' });
  }
  return folder;
}
