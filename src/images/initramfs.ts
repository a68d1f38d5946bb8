import { createHash } from 'node:crypto';
import { dirname } from 'node:path';
import type { Machine } from '../machines/machine.ts';
import { findGuestFiles, hashFiles } from './guest-image.ts';
import { busyboxLinks, guestFolders, guestTexts } from './guest-tree.ts';
import { type ArchiveEntry, buildArchiveScript } from './initramfs-archive.ts';
import { initScript, moduleFolder } from './initramfs-init.ts';

export interface Initramfs {
  /** SHA-256 over everything inside: same content, same archive. */
  readonly hash: string;
  readonly path: string;
}

/** Builds the archive from which a virtual machine runs, unless the cache folder has one of the same content. */
export async function buildInitramfs(
  machine: Machine,
  cache: string,
  modules: readonly string[],
  signal: AbortSignal,
): Promise<Initramfs> {
  const files = await findGuestFiles(machine, signal);
  const sources = [...files, ...modules];
  const sums = await hashFiles(machine, sources, signal);
  const entries = listEntries(files, modules, await readSizes(machine, sources, signal));
  const hash = createHash('sha256').update(sums).update(JSON.stringify(entries)).digest('hex');
  const path = `${cache}/images/initramfs-${hash.slice(0, 16)}.cpio`;
  const exists = { program: 'test', args: ['-f', path] };
  if ((await machine.run(exists, { timeoutSeconds: 5, allowFailure: true })).exitCode !== 0) {
    const run = (program: string, ...args: string[]) => machine.run({ program, args }, { timeoutSeconds: 10, signal });
    await run('mkdir', '-p', `${cache}/images`);
    const input = buildArchiveScript(entries, `${path}.next`);
    await machine.run({ program: 'sh', args: [] }, { timeoutSeconds: 60, signal, input });
    await run('mv', `${path}.next`, path);
  }
  return { hash, path };
}

/** The userland of every guest, with what only a machine of its own needs: modules, first process, console. */
function listEntries(
  files: readonly string[],
  modules: readonly string[],
  sizes: ReadonlyMap<string, number>,
): ArchiveEntry[] {
  const file = (path: string, source: string, mode: number): ArchiveEntry => {
    return { kind: 'file', path, mode, source, size: sizes.get(source) ?? 0 };
  };
  const content: ArchiveEntry[] = [
    ...files.map((path) => file(path, path, 0o755)),
    ...busyboxLinks.map((name): ArchiveEntry => ({ kind: 'link', path: `/bin/${name}`, target: '/bin/busybox' })),
    ...Object.entries(guestTexts).map(([path, text]): ArchiveEntry => {
      return { kind: 'text', path, mode: path.startsWith('/sbin/') ? 0o755 : 0o644, text };
    }),
    ...modules.map((source, index) => file(nameModule(source, index), source, 0o644)),
    { kind: 'text', path: '/init', mode: 0o755, text: initScript },
  ];
  const folders = listFolders([...guestFolders, ...content.map(({ path }) => dirname(path))]);
  return [
    ...folders.map((path): ArchiveEntry => ({ kind: 'folder', path, mode: path.endsWith('/tmp') ? 0o1777 : 0o755 })),
    // The kernel opens it for the first process before /dev is mounted.
    { kind: 'device', path: '/dev/console', mode: 0o600, major: 5, minor: 1 },
    ...content,
  ];
}

function nameModule(source: string, index: number): string {
  return `${moduleFolder}/${String(index).padStart(2, '0')}-${source.slice(source.lastIndexOf('/') + 1)}`;
}

/** With every folder above, sorted, so that each comes after the one that it is in. */
function listFolders(paths: readonly string[]): string[] {
  const all = paths.flatMap((path) => {
    const parts = path.split('/').filter(Boolean);
    return parts.map((_, index) => `/${parts.slice(0, index + 1).join('/')}`);
  });
  return [...new Set(all)].sort();
}

async function readSizes(
  machine: Machine,
  files: readonly string[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, number>> {
  const command = { program: 'stat', args: ['-L', '-c', '%s', '--', ...files] };
  const { stdout } = await machine.run(command, { timeoutSeconds: 10, signal });
  const sizes = stdout.split('\n').map(Number);
  return new Map(files.map((file, index) => [file, sizes[index] ?? 0]));
}
