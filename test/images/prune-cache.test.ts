import { mkdir, mkdtemp, readdir, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { pruneCache } from '../../src/images/prune-cache.ts';
import { createLocalMachine } from '../../src/machines/local.ts';

describe('pruneCache', () => {
  let cache: string;

  beforeEach(async () => {
    cache = await mkdtemp(join(tmpdir(), 'tunegate-cache-'));
    await mkdir(join(cache, 'kernels'));
    await mkdir(join(cache, 'images'));
  });
  afterEach(() => rm(cache, { recursive: true }));

  /** The higher the number, the newer. */
  const age = (path: string, number: number) => utimes(path, 1_700_000_000 + number, 1_700_000_000 + number);
  const numbers = (count: number) => Array.from({ length: count }, (_, number) => number);

  const addKernels = async (count: number) => {
    for (const number of numbers(count)) {
      const folder = join(cache, 'kernels', `linux-image-${number}`);
      await mkdir(folder);
      await writeFile(join(folder, 'vmlinux'), '');
      await age(folder, number);
    }
  };
  const addImages = async (count: number) => {
    for (const number of numbers(count)) {
      const file = join(cache, 'images', `initramfs-${number}.cpio`);
      await writeFile(file, '');
      await age(file, number);
    }
  };
  const list = async (folder: string) => (await readdir(join(cache, folder))).sort();

  it('keeps the newest eight of each kind', async () => {
    await addKernels(10);
    await addImages(9);
    await writeFile(join(cache, 'images', 'other'), '');
    await pruneCache(createLocalMachine(), cache, []);
    expect(await list('kernels')).toEqual(
      numbers(10)
        .slice(2)
        .map((number) => `linux-image-${number}`),
    );
    expect(await list('images')).toEqual([
      ...numbers(9)
        .slice(1)
        .map((number) => `initramfs-${number}.cpio`),
      'other',
    ]);
  });

  it('never removes what is used, and names of what is gone', async () => {
    await addKernels(12);
    await symlink(join(cache, 'kernels', 'linux-image-1'), join(cache, 'kernels', 'debian-6.1'));
    await symlink(join(cache, 'kernels', 'linux-image-0'), join(cache, 'kernels', 'debian-6.12'));
    await pruneCache(createLocalMachine(), cache, [join(cache, 'kernels', 'linux-image-0')]);
    expect(await list('kernels')).toEqual(
      ['debian-6.12', ...[0, 5, 6, 7, 8, 9, 10, 11].map((number) => `linux-image-${number}`)].sort(),
    );
  });

  it('keeps all that are used, also more than eight', async () => {
    await addKernels(12);
    const used = numbers(10).map((number) => join(cache, 'kernels', `linux-image-${number}`));
    await pruneCache(createLocalMachine(), cache, used);
    expect(await list('kernels')).toEqual(
      numbers(10)
        .map((number) => `linux-image-${number}`)
        .sort(),
    );
  });

  it('has nothing to do in an empty cache', async () => {
    await rm(join(cache, 'kernels'), { recursive: true });
    await pruneCache(createLocalMachine(), cache, []);
    expect(await list('images')).toEqual([]);
  });
});
