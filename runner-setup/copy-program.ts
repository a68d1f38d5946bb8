import { cp, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ConfigurationError } from '../src/errors.ts';
import type { Machine } from '../src/machines/machine.ts';
import { listRootPackages } from './list-root-packages.ts';

/** What of the checkout runs as root; tests, documents and the actions stay away. */
const parts = ['LICENSE', 'cli', 'package-lock.json', 'package.json', 'reports', 'runner-setup', 'src'];

/** A checkout that belongs to somebody else is no reason to refuse; programs it names for git's own use are not run. */
const git = ['-c', 'safe.directory=*', '-c', 'core.fsmonitor=false', '-c', 'core.hooksPath=/dev/null'];

/**
 * The commit of a checkout in which nothing is changed: what is installed must be what a reviewer can look up.
 *
 * @throws ConfigurationError for a changed or new file, or where git knows no commit
 */
export async function findCommit(machine: Machine, home: string): Promise<string> {
  const run = (...args: string[]) =>
    machine.run({ program: 'git', args: ['-C', home, ...git, ...args] }, { timeoutSeconds: 60, allowFailure: true });
  const commit = await run('rev-parse', '--verify', 'HEAD');
  const status = await run('status', '--porcelain', '--', ...parts);
  if (commit.exitCode !== 0 || status.exitCode !== 0) {
    throw new ConfigurationError(
      `${home} is no git checkout with a commit (${commit.stderr.trim() || status.stderr.trim()}); the program is installed from one`,
    );
  }
  const [changed, ...others] = status.stdout.split('\n').filter(Boolean);
  if (changed !== undefined) {
    const more = others.length === 0 ? '' : ` and ${others.length} more`;
    throw new ConfigurationError(
      `the checkout is not as its commit says (${changed.trim()}${more}); commit or remove that, since only a commit is installed`,
    );
  }
  return commit.stdout.trim();
}

/** Makes `folder` a copy of the commit with its packages, that belongs to root and that nobody else can change. */
export async function copyProgram(machine: Machine, home: string, commit: string, folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { mode: 0o755 });
  const archive = join(folder, 'commit.tar');
  const pack = ['-C', home, ...git, 'archive', '--format=tar', `--output=${archive}`, commit, '--', ...parts];
  await machine.run({ program: 'git', args: pack }, { timeoutSeconds: 60 });
  const unpack = ['--extract', '--no-same-owner', '--file', archive, '--directory', folder];
  await machine.run({ program: 'tar', args: unpack }, { timeoutSeconds: 60 });
  await rm(archive);
  for (const path of listRootPackages(await readFile(join(folder, 'package-lock.json'), 'utf8'))) {
    await copyPackage(join(home, path), join(folder, path));
  }
  await writeFile(join(folder, 'installed.json'), `${JSON.stringify({ commit })}\n`);
  await machine.run({ program: 'chown', args: ['-R', '-h', '0:0', folder] }, { timeoutSeconds: 60 });
  await machine.run({ program: 'chmod', args: ['-R', 'u+rwX,go+rX,go-w', folder] }, { timeoutSeconds: 60 });
}

/** Without the packages inside it, which are listed themselves; one for another platform is not there. */
async function copyPackage(from: string, to: string): Promise<void> {
  if (!(await exists(from))) return;
  const inner = join(from, 'node_modules');
  await cp(from, to, { recursive: true, dereference: true, filter: (source) => source !== inner });
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
