import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const home = fileURLToPath(new URL('../..', import.meta.url));

/**
 * The privileged program of this checkout, as one file that a workflow can be pointed to by TUNEGATE_ROOT_PROGRAM; on a
 * host it is a copy that belongs to root. Returns its path.
 */
export function writeRootProgram(folder: string): Promise<string> {
  return writeProgram(folder, 'tunegate-root', 'cli/root-main.ts');
}

/** One that makes runs up, see made-up-host.ts. */
export function writeMadeUpHost(folder: string): Promise<string> {
  return writeProgram(folder, 'made-up-host', 'test/e2e/made-up-host.ts');
}

async function writeProgram(folder: string, name: string, main: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  const program = join(folder, name);
  await writeFile(program, `#!/bin/sh\nexec '${process.execPath}' '${home}${main}' "$@"\n`);
  await chmod(program, 0o755);
  return program;
}
