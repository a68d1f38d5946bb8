import { createHash } from 'node:crypto';
import { dirname } from 'node:path';
import type { Machine } from '../machines/machine.ts';
import { busyboxLinks, guestFolders, guestPrograms, guestTexts, parseLibraries } from './guest-tree.ts';

export interface GuestImage {
  /** SHA-256 over the content and the paths of everything inside: same content, same image. */
  readonly hash: string;
  /** Archive of the tree, ready for `docker import`. */
  readonly archive: string;
  /** Name of the Docker image. */
  readonly reference: string;
}

/** Builds the archive of the guest's userland below the cache folder, unless one of the same content is there. */
export async function buildGuestImage(machine: Machine, cache: string, signal: AbortSignal): Promise<GuestImage> {
  const files = await findGuestFiles(machine, signal);
  const hash = await hashContent(machine, files, signal);
  const archive = `${cache}/images/guest-${hash.slice(0, 16)}.tar`;
  const exists = { program: 'test', args: ['-f', archive] };
  if ((await machine.run(exists, { timeoutSeconds: 5, allowFailure: true })).exitCode !== 0) {
    await writeArchive(machine, files, archive, signal);
  }
  return { hash, archive, reference: `tunegate-guest:${hash.slice(0, 16)}` };
}

/** Programs of every guest and the libraries they need, sorted. */
export async function findGuestFiles(machine: Machine, signal: AbortSignal): Promise<string[]> {
  // A static program makes ldd fail; the others are listed all the same.
  const ldd = { program: 'ldd', args: [...guestPrograms] };
  const { stdout } = await machine.run(ldd, { timeoutSeconds: 10, signal, allowFailure: true });
  return [...new Set([...guestPrograms, ...parseLibraries(stdout)])].sort();
}

async function hashContent(machine: Machine, files: readonly string[], signal: AbortSignal): Promise<string> {
  const recipe = JSON.stringify({ busyboxLinks, guestFolders, guestTexts });
  return createHash('sha256')
    .update(await hashFiles(machine, files, signal))
    .update(recipe)
    .digest('hex');
}

/** One line for each file: the SHA-256 of its content, and its path. */
export async function hashFiles(machine: Machine, files: readonly string[], signal: AbortSignal): Promise<string> {
  const command = { program: 'sha256sum', args: ['--', ...files] };
  return (await machine.run(command, { timeoutSeconds: 30, signal })).stdout;
}

async function writeArchive(
  machine: Machine,
  files: readonly string[],
  archive: string,
  signal: AbortSignal,
): Promise<void> {
  const stage = `${archive}.stage`;
  const run = async (program: string, ...args: string[]) => {
    await machine.run({ program, args }, { timeoutSeconds: 60, signal });
  };
  // What an interrupted build left is made anew.
  await run('rm', '-rf', stage);
  try {
    const folders = new Set([...guestFolders, ...files.map(dirname), ...Object.keys(guestTexts).map(dirname), '/bin']);
    await run('mkdir', '-p', ...[...folders].map((folder) => stage + folder));
    for (const file of files) await run('cp', '--dereference', '--preserve=mode', file, stage + file);
    for (const name of busyboxLinks) await run('ln', '-s', '/bin/busybox', `${stage}/bin/${name}`);
    for (const [path, text] of Object.entries(guestTexts)) await machine.writeFile(stage + path, text);
    await run(
      'chmod',
      '755',
      ...Object.keys(guestTexts)
        .filter((path) => path.startsWith('/sbin/'))
        .map((path) => stage + path),
    );
    await run('chmod', '1777', `${stage}/tmp`, `${stage}/var/tmp`);
    // Sorted, without times and owners: same content, same bytes.
    const plain = ['--sort=name', '--mtime=@0', '--owner=0', '--group=0', '--numeric-owner'];
    await run('tar', ...plain, '-C', stage, '-cf', `${archive}.next`, '.');
    await run('mv', `${archive}.next`, archive);
  } finally {
    await machine.run({ program: 'rm', args: ['-rf', stage, `${archive}.next`] }, { timeoutSeconds: 60 });
  }
}
