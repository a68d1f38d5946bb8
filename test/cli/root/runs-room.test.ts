import { spawn } from 'node:child_process';
import { chmod, lstat, mkdir, mkdtemp, readdir, readFile, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createRun, findOwner, forgetRun, noteOwner, type RunsRoom } from '../../../cli/root/runs-room.ts';
import { ConfigurationError } from '../../../src/errors.ts';
import { createLocalMachine } from '../../../src/machines/local.ts';

let base: string;
let room: RunsRoom;

beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'runs-room-'));
  room = { machine: createLocalMachine(), parent: join(base, 'runs'), inventories: base, caller: 1000 };
});
afterEach(() => rm(base, { recursive: true }));

const end = async (pid: number) => {
  process.kill(pid, 'SIGKILL');
  await expect
    .poll(() => room.machine.readFile(`/proc/${pid}/stat`))
    .toSatisfy((stat) => stat === null || / Z /.test(stat));
};

describe('the folder of a run', () => {
  it('is made once, read by everybody, and gone with its parent when forgotten', async () => {
    const { folder, run } = await createRun(room, 'one', process.pid);
    expect(run).toBe(`${folder}/run`);
    expect((await lstat(folder)).mode & 0o777).toBe(0o755);
    expect(await findOwner(room, 'one')).toMatchObject({ pid: process.pid, caller: 1000 });
    await expect(createRun(room, 'one', process.pid)).rejects.toThrow('there is a run one already');
    expect(await forgetRun(room, 'one')).toBe(true);
    expect(await forgetRun(room, 'one')).toBe(false);
    expect(await readdir(base)).toEqual([]);
  });

  it('keeps the others when one is forgotten', async () => {
    await createRun(room, 'one', process.pid);
    await createRun(room, 'two', process.pid);
    await forgetRun(room, 'one');
    expect(await readdir(room.parent)).toEqual(['two']);
  });

  it('is not made or read through a link that somebody has laid', async () => {
    const target = join(base, 'target');
    await mkdir(target);
    await symlink(target, room.parent);
    await expect(createRun(room, 'one', process.pid)).rejects.toThrow(ConfigurationError);
    await expect(findOwner(room, 'one')).rejects.toThrow(ConfigurationError);
    await rm(room.parent);
    await mkdir(room.parent);
    await symlink(target, join(room.parent, 'one'));
    await expect(createRun(room, 'one', process.pid)).rejects.toThrow('there is a run one already');
    await expect(findOwner(room, 'one')).rejects.toThrow('not a folder that root alone can write');
    await expect(forgetRun(room, 'one')).rejects.toThrow(ConfigurationError);
    expect(await readdir(target)).toEqual([]);
  });

  it('is not made where others can write', async () => {
    await mkdir(room.parent);
    await chmod(room.parent, 0o777);
    await expect(createRun(room, 'one', process.pid)).rejects.toThrow('not a folder that root alone can write');
  });

  it('is forgotten only when nobody works on it any more', async () => {
    const { pid = 0 } = spawn('sleep', ['60']);
    await createRun(room, 'one', process.pid);
    await noteOwner(room, 'one', pid);
    await expect(forgetRun(room, 'one')).rejects.toThrow(`is not over (process ${pid})`);
    await end(pid);
    expect(await forgetRun(room, 'one')).toBe(true);
  });

  it('is ended and forgotten by whoever asked for it, or by root', async () => {
    await createRun(room, 'one', process.pid);
    await expect(findOwner({ ...room, caller: 1001 }, 'one')).rejects.toThrow('another user');
    await expect(forgetRun({ ...room, caller: 1001 }, 'one')).rejects.toThrow('another user');
    expect(await forgetRun({ ...room, caller: 0 }, 'one')).toBe(true);
  });

  it('goes by itself after a week in which nobody fetched it, but not while somebody works on it', async () => {
    const { pid = 0 } = spawn('sleep', ['60']);
    const worker = spawn('sleep', ['60']).pid ?? 0;
    for (const [id, owner] of [
      ['old', pid],
      ['busy', worker],
      ['young', pid],
    ] as const) {
      const { folder } = await createRun(room, id, owner);
      const weekAgo = Date.now() / 1000 - 8 * 24 * 3600;
      if (id !== 'young') await utimes(folder, weekAgo, weekAgo);
    }
    await end(pid);
    await createRun(room, 'new', process.pid);
    expect((await readdir(room.parent)).sort()).toEqual(['busy', 'new', 'young']);
    await end(worker);
  });

  it('says so when what it knows of the owner is damaged', async () => {
    const { folder } = await createRun(room, 'one', process.pid);
    await writeFile(`${folder}/owner.json`, `${await readFile(`${folder}/owner.json`, 'utf8')}x`);
    await expect(findOwner(room, 'one')).rejects.toThrow();
  });
});
