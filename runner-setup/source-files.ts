import type { Machine } from '../src/machines/machine.ts';
import type { SourceChange, SourceFile } from './set-up-plan.ts';

/** All files of apt's package sources, in apt's own order. */
export async function readSourceFiles(machine: Machine, apt = '/etc/apt'): Promise<readonly SourceFile[]> {
  const find = {
    program: 'find',
    args: ['-L', `${apt}/sources.list`, `${apt}/sources.list.d`, '-maxdepth', '1', '-type', 'f'],
  };
  const { stdout } = await machine.run(find, { timeoutSeconds: 10, allowFailure: true });
  const paths = stdout.split('\n').filter((path) => /\.(list|sources)$/.test(path));
  const files = paths.sort().map(async (path): Promise<SourceFile> => {
    const text = (await machine.readFile(path)) ?? '';
    return { path, format: path.endsWith('.sources') ? 'deb822' : 'one-line', text };
  });
  return Promise.all(files);
}

export async function applySourceChange(machine: Machine, { path, after }: SourceChange): Promise<void> {
  await replaceText(machine, path, after);
}

/** Takes changes back, the last one first; a file that somebody has changed since is theirs. */
export async function revertSourceChanges(machine: Machine, changes: readonly SourceChange[]): Promise<void> {
  for (const { path, before, after } of changes.toReversed()) {
    if ((await machine.readFile(path)) === after) await replaceText(machine, path, before);
  }
}

/** In one step, with the mode and owner that the file has; a link stays a link. */
async function replaceText(machine: Machine, path: string, text: string): Promise<void> {
  const run = (program: string, ...args: string[]) => machine.run({ program, args }, { timeoutSeconds: 10 });
  const file = (await run('readlink', '-f', path)).stdout.trim();
  const draft = `${file}.tunegate-draft`;
  await machine.writeFile(draft, text);
  await run('chmod', `--reference=${file}`, draft);
  await run('chown', `--reference=${file}`, draft);
  await run('mv', '-T', draft, file);
}
