import { chmod, lstat, mkdir, readdir, readlink, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { ConfigurationError } from '../src/errors.ts';
import type { Machine } from '../src/machines/machine.ts';
import { copyProgram } from './copy-program.ts';
import type { ProgramPlaces, ProgramRequest } from './program-request.ts';
import { buildSudoersRule, buildWrapper, findSudoersFile } from './program-texts.ts';
import { whileLocked } from './while-locked.ts';

/** Installs the commit and lets the user run it. Everything that is replaced is replaced whole. */
export async function installProgram(
  machine: Machine,
  { user, places }: ProgramRequest,
  { home, commit }: { readonly home: string; readonly commit: string },
): Promise<void> {
  await requireOrdinaryUser(machine, user);
  await refuseForeign(places.prefix);
  for (const path of [places.prefix, places.program, places.sudoersFolder]) await requireRootsOwn(dirname(path));
  await whileLocked(machine, process.pid, async () => {
    const folder = `${places.prefix}-${commit.slice(0, 12)}`;
    const former = await readTarget(places.prefix);
    const fresh = `${folder}.new`;
    await copyProgram(machine, home, commit, fresh);
    await rm(folder, { recursive: true, force: true });
    await rename(fresh, folder);
    await replace(places.prefix, (draft) => symlink(basename(folder), draft));
    await replace(places.program, (draft) => writeWithMode(draft, buildWrapper(places.prefix), 0o755));
    await allow(machine, user, places);
    if (former !== null && former !== folder) await rm(former, { recursive: true, force: true });
  });
}

/** Takes the user's rule away, and the program with the last rule. What is not there is no failure. */
export async function uninstallProgram(machine: Machine, { user, places }: ProgramRequest): Promise<readonly string[]> {
  await refuseForeign(places.prefix);
  const removed: string[] = [];
  const remove = async (path: string) => {
    if (!(await exists(path))) return;
    await rm(path, { recursive: true });
    removed.push(path);
  };
  await whileLocked(machine, process.pid, async () => {
    await remove(findSudoersFile(places, user));
    if ((await listRules(places)).length > 0) return;
    await remove(places.program);
    const folder = await readTarget(places.prefix);
    await remove(places.prefix);
    if (folder !== null) await remove(folder);
  });
  return removed;
}

/** A rule that sudo could not read would lock everybody out of sudo: it is checked before it is in force. */
async function allow(machine: Machine, user: string, places: ProgramPlaces): Promise<void> {
  await mkdir(places.sudoersFolder, { recursive: true, mode: 0o750 });
  // A name with a dot in it is one that sudo skips.
  await replace(findSudoersFile(places, user), async (draft) => {
    await writeWithMode(draft, buildSudoersRule(user, places.program), 0o440);
    await machine.run({ program: 'visudo', args: ['-c', '-q', '-f', draft] }, { timeoutSeconds: 10 });
  });
}

async function replace(path: string, make: (draft: string) => Promise<void>): Promise<void> {
  const draft = `${path}.new`;
  await rm(draft, { recursive: true, force: true });
  try {
    await make(draft);
    await rename(draft, path);
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

async function writeWithMode(path: string, text: string, mode: number): Promise<void> {
  await writeFile(path, text, { flag: 'wx' });
  // The mode at creation is subject to the umask.
  await chmod(path, mode);
}

async function requireOrdinaryUser(machine: Machine, user: string): Promise<void> {
  const { exitCode, stdout } = await machine.run(
    { program: 'id', args: ['-u', '--', user] },
    { timeoutSeconds: 10, allowFailure: true },
  );
  if (exitCode !== 0) throw new ConfigurationError(`there is no user ${user} on this host; --user takes the runner's`);
  if (stdout.trim() === '0') throw new ConfigurationError(`${user} is root, who needs no leave; --user takes another`);
}

/** Whoever can write a folder above a program can put another in its place. */
async function requireRootsOwn(folder: string): Promise<void> {
  for (let path = folder; ; path = dirname(path)) {
    const found = await lstat(path).catch(() => null);
    if (found !== null && (found.uid !== 0 || (found.mode & 0o022) !== 0)) {
      throw new ConfigurationError(
        `${path} can be changed by others than root; a place that only root can change is accepted`,
      );
    }
    if (path === '/') return;
  }
}

/** Only what an earlier installation has made is replaced or removed. */
async function refuseForeign(prefix: string): Promise<void> {
  if (!(await exists(prefix)) || (await readTarget(prefix)) !== null) return;
  throw new ConfigurationError(`${prefix} exists and was not made by this installer; another --prefix is accepted`);
}

/** Folder to which the prefix leads; null when it is not one of ours. */
async function readTarget(prefix: string): Promise<string | null> {
  const target = await readlink(prefix).catch(() => '');
  const stem = `${basename(prefix)}-`;
  const isOurs = target.startsWith(stem) && /^[0-9a-f]{12}$/.test(target.slice(stem.length));
  return isOurs ? join(dirname(prefix), target) : null;
}

async function listRules({ sudoersFolder }: ProgramPlaces): Promise<readonly string[]> {
  const names = await readdir(sudoersFolder).catch(() => []);
  return names.filter((name) => /^tunegate-[a-z_][a-z0-9_-]*$/.test(name));
}

async function exists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}
