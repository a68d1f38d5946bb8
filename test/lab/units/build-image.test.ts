import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ConfigurationError, InterruptionError } from '../../../src/errors.ts';
import { createRunState } from '../../../src/hosts/run-state.ts';
import { ensureFolder } from '../../../src/lab/build-image.ts';
import { runNoted } from '../../../src/lab/run-noted.ts';
import { createLocalMachine } from '../../../src/machines/local.ts';

const machine = createLocalMachine();
let cache: string;
let interruption: AbortController;

beforeEach(async () => {
  cache = await mkdtemp(join(tmpdir(), 'tunegate-lab-'));
  interruption = new AbortController();
});
afterEach(() => rm(cache, { recursive: true }));

const ensure = (build: (stage: string) => Promise<void>, neededBytes = 1) =>
  ensureFolder({ machine, cache, signal: interruption.signal }, `${cache}/thing`, neededBytes, build);
const fill = async (stage: string) => {
  await mkdir(stage);
  await writeFile(`${stage}/file`, '');
};

describe('a folder of the cache', () => {
  it('is built once', async () => {
    let count = 0;
    const build = (stage: string) => {
      count += 1;
      return fill(stage);
    };
    await ensure(build);
    await ensure(build);
    expect(count).toBe(1);
    expect(await readdir(`${cache}/thing`)).toEqual(['file']);
  });

  it('is not there when building failed, and the sentence says what failed', async () => {
    const fails = async (stage: string) => {
      await fill(stage);
      throw new Error('no route to the archive');
    };
    await expect(ensure(fails)).rejects.toThrow("the lab's disk image could not be built: no route to the archive");
    expect(await readdir(cache)).toEqual([]);
  });

  it('is built anew after a kill in the middle', async () => {
    await mkdir(`${cache}/thing.stage/half`, { recursive: true });
    await writeFile(`${cache}/thing.stage.log`, '');
    await ensure(fill);
    expect(await readdir(cache)).toEqual(['thing']);
    expect(await readdir(`${cache}/thing`)).toEqual(['file']);
  });

  it('is not there after an interruption, not even one at the very end', async () => {
    const interrupted = async (stage: string) => {
      await fill(stage);
      interruption.abort(new InterruptionError('SIGINT'));
    };
    await expect(ensure(interrupted)).rejects.toThrow(InterruptionError);
    expect(await readdir(cache)).toEqual([]);
  });

  it('is not begun where there is no space', async () => {
    const attempt = ensure(fill, 2 ** 60);
    await expect(attempt).rejects.toThrow(ConfigurationError);
    await expect(attempt).rejects.toThrow(/needs 1073741824\.0 GiB in .*, \d+\.\d GiB are free/);
    expect(await readdir(cache)).toEqual([]);
  });
});

describe('a program that takes minutes', () => {
  const step = async (script: string, timeoutSeconds = 20) => ({
    machine,
    state: await createRunState(machine, cache, 'lab'),
    what: 'building',
    command: { program: 'sh', args: ['-c', script] },
    logFile: `${cache}/log`,
    timeoutSeconds,
    signal: interruption.signal,
  });

  it('is noted while it runs, and tells its last line', async () => {
    const lines: string[] = [];
    const request = await step('echo one; sleep 1; echo two; sleep 1');
    await runNoted({ ...request, onLine: (line) => lines.push(line) });
    expect(lines).toEqual(expect.arrayContaining(['one', 'two']));
    expect(await machine.readFile(`${cache}/state.json`)).toMatch(/"processes":\[\{"pid":\d+,.*"what":"building"/);
  });

  it('fails with its last words', async () => {
    await expect(runNoted(await step('echo E: no such package; exit 3'))).rejects.toThrow(
      'the building ended with exit code 3: E: no such package',
    );
  });

  it('is ended at its deadline and at an interruption', async () => {
    const started = performance.now();
    await expect(runNoted(await step('exec sleep 60', 0.5))).rejects.toThrow(
      'the building took longer than 0.5 s: it said nothing',
    );
    const request = await step('exec sleep 60');
    setTimeout(() => interruption.abort(new InterruptionError('SIGINT')), 200);
    await expect(runNoted(request)).rejects.toThrow(InterruptionError);
    expect(performance.now() - started).toBeLessThan(20_000);
  });
});
