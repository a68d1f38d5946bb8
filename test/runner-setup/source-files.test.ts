import { chmod, lstat, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { applySourceChange, readSourceFiles, revertSourceChanges } from '../../runner-setup/source-files.ts';
import { createLocalMachine } from '../../src/machines/local.ts';

const machine = createLocalMachine();

describe('source files', () => {
  let apt: string;

  beforeEach(async () => {
    apt = await mkdtemp(join(tmpdir(), 'tunegate-apt-'));
    await mkdir(join(apt, 'sources.list.d'));
  });

  afterEach(() => rm(apt, { recursive: true }));

  const change = (path: string, before: string, after: string) => ({
    path,
    before,
    after,
    component: 'x',
    packages: [],
  });

  it('reads what apt reads, each in its format', async () => {
    await writeFile(join(apt, 'sources.list'), 'one');
    await writeFile(join(apt, 'sources.list.d/b.sources'), 'two');
    await writeFile(join(apt, 'sources.list.d/a.list'), 'three');
    await writeFile(join(apt, 'sources.list.d/old.list.save'), 'ignored');
    const files = await readSourceFiles(machine, apt);
    expect(files.map(({ path, format, text }) => [path.slice(apt.length + 1), format, text])).toEqual([
      ['sources.list', 'one-line', 'one'],
      ['sources.list.d/a.list', 'one-line', 'three'],
      ['sources.list.d/b.sources', 'deb822', 'two'],
    ]);
  });

  it('reads a machine that has only one of the two', async () => {
    await writeFile(join(apt, 'sources.list.d/b.sources'), 'two');
    expect((await readSourceFiles(machine, apt)).map(({ text }) => text)).toEqual(['two']);
  });

  it('changes the text alone: mode and link stay, and nothing is left beside it', async () => {
    const real = join(apt, 'real.sources');
    const path = join(apt, 'sources.list.d/debian.sources');
    await writeFile(real, 'before');
    await chmod(real, 0o640);
    await symlink('../real.sources', path);
    await applySourceChange(machine, change(path, 'before', 'after'));
    expect(await readFile(real, 'utf8')).toBe('after');
    expect((await stat(real)).mode & 0o7777).toBe(0o640);
    expect((await lstat(path)).isSymbolicLink()).toBe(true);
    expect((await readdir(apt)).sort()).toEqual(['real.sources', 'sources.list.d']);
  });

  it('takes changes back one after the other, but not over somebody else', async () => {
    const path = join(apt, 'sources.list');
    await writeFile(path, 'second');
    const changes = [change(path, 'none', 'first'), change(path, 'first', 'second')];
    await revertSourceChanges(machine, changes);
    expect(await readFile(path, 'utf8')).toBe('none');
    await writeFile(path, 'somebody else');
    await revertSourceChanges(machine, changes);
    expect(await readFile(path, 'utf8')).toBe('somebody else');
  });
});
