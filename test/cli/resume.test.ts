import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createBenchCommand } from '../../cli/commands/bench.ts';
import { createMeasureCommand } from '../../cli/commands/measure.ts';
import { createRunFolder } from '../../cli/run-folder.ts';
import { buildRun, renderJournal } from '../comparison/build-run.ts';
import { runCommand } from './fake-surroundings.ts';

const accepted = 'accepted by --resume is the folder of a run that was interrupted, killed or is partial';

describe('--resume', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tunegate-resume-'));
  });

  afterEach(() => rm(folder, { recursive: true }));

  const measure = (...args: readonly string[]) =>
    runCommand(createMeasureCommand, ['measure', '--plan', 'ci', '--out', folder, ...args]);
  const bench = (...args: readonly string[]) => runCommand(createBenchCommand, ['bench', ...args]);

  it.each([
    ['measure', () => measure('--resume')],
    ['bench', () => bench('--resume', '--out', folder)],
  ])('of %s needs a run in the folder, and makes none', async (_, run) => {
    const { exitCode, stderr, stdout } = await run();
    expect(stderr).toContain(`--out ${folder} holds no run (there is no run.jsonl); ${accepted}`);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(await readdir(folder)).toEqual([]);
  });

  it('has nothing to do where the run is complete', async () => {
    const journal = renderJournal(buildRun());
    await writeFile(join(folder, 'run.jsonl'), journal);
    const { exitCode, stderr } = await measure('--resume');
    expect(stderr).toContain(`--out ${folder} holds a run that is complete; ${accepted}`);
    expect(exitCode).toBe(2);
    expect(await readFile(join(folder, 'run.jsonl'), 'utf8')).toBe(journal);
  });

  it('does not go on with a damaged journal', async () => {
    await writeFile(join(folder, 'run.jsonl'), '{"kind":"run"}\nnothing\n{}\n');
    const { exitCode, stderr } = await measure('--resume');
    expect(stderr).toContain('run.jsonl:1: ');
    expect(exitCode).toBe(2);
  });

  it('of bench needs --out', async () => {
    const { exitCode, stderr } = await bench('--resume');
    expect(stderr).toContain('--resume needs --out, found none; accepted is the folder of the run to go on with');
    expect(exitCode).toBe(2);
  });

  it('is what the refusal of a folder with a run points to', async () => {
    await mkdir(join(folder, 'logs'));
    await writeFile(join(folder, 'run.jsonl'), renderJournal({ ...buildRun(), end: null }));
    await expect(createRunFolder(folder)).rejects.toThrow(
      /already holds a run .*--resume to go on with a run that did not come to its end$/,
    );
  });

  it('is explained with an example', async () => {
    for (const { stdout } of [await measure('--help'), await bench('--help')]) {
      expect(stdout).toMatch(/--resume +go on with the run in --out/);
      expect(stdout).toMatch(/--out out\/mine --resume\n/);
    }
  });
});
