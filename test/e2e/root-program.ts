import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const home = fileURLToPath(new URL('../..', import.meta.url));

/**
 * The privileged program of this checkout, as one file that a workflow can be pointed to by TUNEGATE_ROOT_PROGRAM; on a
 * host it is a copy that belongs to root. Returns its path.
 */
export async function writeRootProgram(folder: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  const program = join(folder, 'tunegate-root');
  await writeFile(program, `#!/bin/sh\nexec '${process.execPath}' '${home}cli/root-main.ts' "$@"\n`);
  await chmod(program, 0o755);
  return program;
}
