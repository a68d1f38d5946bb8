import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFolderStore } from '../../src/history/folder-store.ts';
import { nightPath } from '../../src/history/night-file.ts';
import { addNight, listNights, readNights } from '../../src/history/night-store.ts';
import { createNight } from './night-factory.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'nights-'));
});
afterEach(() => rm(folder, { recursive: true }));

describe('nights in a folder', () => {
  it('are added once, read back, and never written over', async () => {
    const store = createFolderStore(join(folder, 'new'));
    expect(await readNights(store)).toEqual({ nights: [], places: [], warnings: [] });
    const night = createNight();
    expect(await addNight(store, night)).toBe('added');
    expect(await addNight(store, night)).toBe('present');
    await expect(addNight(store, { ...night, commit: null })).rejects.toThrow(/holds something else already/);
    expect((await readNights(store)).nights).toEqual([night]);
    expect(await listNights(store)).toHaveLength(1);
    const left = await readdir(dirname(join(folder, 'new', nightPath(night))));
    expect(left).toHaveLength(1);
  });

  it('are all there when many are added at once', async () => {
    const nights = Array.from({ length: 20 }, (_, day) => createNight({ day }));
    await Promise.all(nights.map((night) => addNight(createFolderStore(folder), night)));
    expect((await readNights(createFolderStore(folder))).nights).toHaveLength(20);
  });

  it('are the last of each host and comparison, as many as asked for', async () => {
    const store = createFolderStore(folder);
    for (const host of ['a', 'b'])
      for (let day = 0; day < 4; day += 1) await addNight(store, createNight({ day, host }));
    const { nights, places } = await readNights(store, { limit: 2 });
    expect(nights.map(({ host, time }) => `${host} ${time.slice(8, 10)}`).sort()).toEqual([
      'a 03',
      'a 04',
      'b 03',
      'b 04',
    ]);
    expect(places).toHaveLength(8);
  });

  it('are opened only where they are wanted; the others count as there', async () => {
    const store = createFolderStore(folder);
    for (const host of ['a', 'b']) await addNight(store, createNight({ host }));
    await writeFile(join(folder, nightPath(createNight({ host: 'b', day: 1 }))), 'no night');
    const { nights, places, warnings } = await readNights(store, { isWanted: ({ host }) => host === 'a' });
    expect({ hosts: nights.map(({ host }) => host), there: places.length, warnings }).toEqual({
      ...{ hosts: ['a'], there: 3, warnings: [] },
    });
  });

  it('are read past what is broken, and links are not followed', async () => {
    const store = createFolderStore(folder);
    await addNight(store, createNight());
    const at = (day: number) => join(folder, nightPath(createNight({ day })));
    await writeFile(at(1), 'x');
    await writeFile(at(2), new Uint8Array([0xff]));
    await symlink('/etc/passwd', at(3));
    await mkdir(at(4));
    const { nights, warnings } = await readNights(store);
    expect(nights).toHaveLength(1);
    expect(warnings.map((line) => line.replace(/^\S+ /, ''))).toEqual([
      'is skipped: it is no JSON.',
      'is skipped: it is no text in UTF-8.',
    ]);
  });
});
