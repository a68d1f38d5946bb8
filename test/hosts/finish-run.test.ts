import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { lstat, mkdir, mkdtemp, readFile, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { copyRun, describeProcess, endRun, nameRootRun, parseProcess } from '../../src/hosts/finish-run.ts';
import { isAlive } from '../../src/hosts/processes.ts';
import { buildRootCommand } from '../../src/hosts/root-program.ts';
import { rootIdSchema } from '../../src/hosts/root-requests.schema.ts';
import { createLocalMachine } from '../../src/machines/local.ts';
import type { Outcome } from '../../src/machines/machine.ts';

const machine = createLocalMachine();
const fine: Outcome = { exitCode: 0, signal: null, timedOut: false, stdout: '', stderr: '', seconds: 0 };

async function startChild() {
  const child = spawn('sleep', ['60'], { detached: true });
  const mark = parseProcess(await describeProcess(child.pid ?? 0));
  if (mark === null) throw new Error('sleep did not start');
  return { mark, ended: once(child, 'exit') };
}

describe('the end of a run whose starter may be gone', () => {
  it('is asked for until the process that was started is gone too', async () => {
    const { mark } = await startChild();
    const asked: string[] = [];
    const run = async (verb: string, id: string) => {
      asked.push(`${verb} ${id}`);
      // The first time it knows nothing of the run yet.
      if (asked.length === 2) process.kill(mark.pid);
      return fine;
    };
    await endRun({ run }, 'run-1', mark);
    expect(asked.slice(0, 2)).toEqual(['stop run-1', 'stop run-1']);
    expect(await isAlive(machine, mark)).toBe(false);
  });

  it('comes by force where the program is of no use, and that is said', async () => {
    const { mark, ended } = await startChild();
    const run = async () => ({ ...fine, exitCode: 1, stderr: 'sudo: a password is required\n' });
    await expect(endRun({ run }, 'run-1', mark, { patienceSeconds: 0 })).rejects.toThrow(
      'run run-1 could not be stopped in an orderly way: sudo: a password is required',
    );
    expect(await ended).toEqual([null, 'SIGKILL']);
  });

  it('does not touch a process that only has the number of the one that was started', async () => {
    const { mark } = await startChild();
    await endRun(
      { run: async () => fine },
      'run-1',
      { ...mark, startTicks: mark.startTicks - 1 },
      { patienceSeconds: 0 },
    );
    expect(await isAlive(machine, mark)).toBe(true);
    process.kill(mark.pid);
  });

  it.each(['', 'null', '{}', '{"pid":1,"startTicks":1}', '{"pid":-1,"startTicks":1}', '[1]'])(
    'is not looked for behind %j',
    (text) => {
      expect(parseProcess(text)).toBeNull();
    },
  );
});

describe('the copy of a run', () => {
  it('has files and folders, and replaces what was there', async () => {
    const parent = await mkdtemp(join(tmpdir(), 'copy-'));
    const run = join(parent, 'run-1', 'run');
    await mkdir(join(run, 'logs'), { recursive: true });
    await writeFile(join(run, 'run.jsonl'), '{}\n');
    await writeFile(join(run, 'logs', 'a.log'), 'a');
    await symlink('/etc/shadow', join(run, 'logs', 'b.log'));
    const target = join(parent, 'target');
    await mkdir(target);
    await writeFile(join(target, 'old'), '');
    expect(await copyRun('run-1', target, parent)).toBe(true);
    expect(await readFile(join(target, 'logs', 'a.log'), 'utf8')).toBe('a');
    for (const name of ['old', 'logs/b.log']) await expect(lstat(join(target, name))).rejects.toThrow('ENOENT');
  });

  it('is none where no journal was begun', async () => {
    const parent = await mkdtemp(join(tmpdir(), 'copy-'));
    expect(await copyRun('run-1', join(parent, 'target'), parent)).toBe(false);
    await mkdir(join(parent, 'run-1', 'run'), { recursive: true });
    expect(await copyRun('run-1', join(parent, 'target'), parent)).toBe(false);
  });
});

it('a run has an id that the privileged program takes', () => {
  const id = nameRootRun('benchmark', 99_999_999_999_999, 50);
  expect(rootIdSchema.safeParse(id).success).toBe(true);
  expect(nameRootRun('benchmark', 1, 1)).not.toBe(nameRootRun('benchmark', 1, 1));
});

it('root calls the program itself, everybody else by sudo without a question', () => {
  expect(buildRootCommand(0, '/p', ['stop', 'a'])).toEqual({ program: '/p', args: ['stop', 'a'] });
  expect(buildRootCommand(1000, '/p', ['stop', 'a'])).toEqual({ program: 'sudo', args: ['-n', '/p', 'stop', 'a'] });
});
