import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createHistoryCommand } from '../../cli/commands/history.ts';
import { createFolderStore } from '../../src/history/folder-store.ts';
import { addNight } from '../../src/history/night-store.ts';
import { createRandom } from '../../src/statistics/random.ts';
import { simulateNights } from '../history/night-factory.ts';
import { projectHome, runCommand } from './fake-surroundings.ts';

const faster = join(projectHome, 'test/fixtures/runs/faster');
const run = (...args: string[]) => runCommand(createHistoryCommand, ['history', ...args]);

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'history-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function addBadNights(): Promise<void> {
  const shape = { nights: 24, sd: 0.005, effect: (day: number) => (day >= 20 ? 0.05 : 0) };
  const nights = simulateNights(shape, createRandom('cli'));
  await Promise.all(nights.map((night) => addNight(createFolderStore(folder), night)));
}

describe('tunegate history', () => {
  it('adds a run to the nights, once', async () => {
    const first = await run('add', faster, '--store', folder, '--commit', 'c'.repeat(40));
    expect(first.stdout).toBe('nights/2026/local/tuned/2026-01-02T030405Z-faster-1.json: added, 3 cells.\n');
    expect(
      JSON.parse((await run('add', faster, '--store', folder, '--commit', 'c'.repeat(40), '--json')).stdout),
    ).toEqual({
      path: 'nights/2026/local/tuned/2026-01-02T030405Z-faster-1.json',
      outcome: 'present',
    });
    const other = await run('add', faster, '--store', folder);
    expect(other).toMatchObject({ exitCode: 2, stdout: '' });
    expect(other.stderr).toContain('a night is written once and never changed');
  });

  it('tells what has got worse', async () => {
    await addBadNights();
    const told = await run('detect', '--store', folder);
    expect(told).toMatchObject({ exitCode: 0, stderr: '' });
    expect(told.stdout).toMatch(/^1 cell has got worse/);
    const json = JSON.parse((await run('detect', '--store', folder, '--json')).stdout);
    expect(json).toMatchObject({ schema: 'tunegate.alarms/1', regressions: [{ state: 'regressed', host: 'tuned' }] });
    // What a person does not read, a program does.
    await writeFile(join(folder, 'nights', 'notes.md'), 'x');
    expect((await run('detect', '--store', folder)).stdout).toContain('nights/notes.md is skipped');
  });

  it('draws a page', async () => {
    await addBadNights();
    const out = join(folder, 'nights.html');
    expect(await run('page', '--store', folder, '--out', out)).toMatchObject({ exitCode: 0, stdout: '' });
    expect(await readFile(out, 'utf8')).toMatch(/^<!doctype html>/);
    const nowhere = await run('page', '--store', folder, '--out', join(folder, 'no', 'nights.html'));
    expect(nowhere).toMatchObject({ exitCode: 2 });
    expect(nowhere.stderr).toContain('--out');
  });

  it('refuses a store without nights, a host that is no name, and a commit that is none', async () => {
    expect(await run('detect', '--store', join(folder, 'none'))).toMatchObject({ exitCode: 2 });
    expect((await run('add', faster, '--store', folder, '--host', '../x')).exitCode).toBe(2);
    expect((await run('add', faster, '--store', folder, '--commit', 'main')).stderr).toContain('commit');
    expect((await run('--help')).stdout).toContain('detect');
    expect((await run('add', '--help')).stdout).toContain('Example:');
  });
});
