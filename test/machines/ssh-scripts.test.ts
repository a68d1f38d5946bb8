import { mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { markProcess } from '../../src/hosts/processes.ts';
import { createLocalMachine } from '../../src/machines/local.ts';
import {
  buildEnd,
  buildGreeting,
  buildWrite,
  expectedGreeting,
  type RemoteMark,
} from '../../src/machines/ssh-scripts.ts';

const machine = createLocalMachine();
const seconds = { timeoutSeconds: 15 };

describe('writing a file on another machine', () => {
  it('keeps the old one when the rest of the new one is lost on the way', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'tunegate-test-'));
    const path = join(folder, 'file');
    await writeFile(path, 'old');
    const cut = machine.run(buildWrite(path, 8, undefined), { ...seconds, input: 'half' });
    await expect(cut).rejects.toThrow(/only 4 of 8 bytes arrived/);
    expect(await readFile(path, 'utf8')).toBe('old');
    expect(await readdir(folder)).toEqual(['file']);
  });
});

describe('ending a program on another machine', () => {
  const startSleep = async () => {
    const background = await machine.start({ program: 'sleep', args: ['300'] }, { logFile: '/dev/null' });
    const found = await markProcess(machine, background.pid);
    const bootId = ((await machine.readFile('/proc/sys/kernel/random/boot_id')) ?? '').trim();
    const mark: RemoteMark = { pid: background.pid, startTicks: String(found?.startTicks), bootId };
    return { background, mark };
  };

  it.each([
    ['another start time', { startTicks: '1' }],
    ['another boot', { bootId: '00000000-0000-0000-0000-000000000000' }],
  ])('spares one with %s', async (_, change) => {
    const { background, mark } = await startSleep();
    await machine.run(buildEnd({ ...mark, ...change }, 0), seconds);
    expect(background.hasEnded()).toBe(false);
    await machine.run(buildEnd(mark, 1), seconds);
    expect((await background.ended).signal).toBe('SIGTERM');
    expect((await machine.run(buildEnd(mark, 1), seconds)).exitCode).toBe(0);
  });
});

it('a machine is greeted in words that only an untouched line gives back', async () => {
  expect((await machine.run(buildGreeting(), seconds)).stdout).toBe(expectedGreeting);
  expect(Buffer.from(expectedGreeting.trim(), 'hex').toString()).toContain('$(echo) $HOME');
});
