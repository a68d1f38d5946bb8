import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openCheckpoint } from './checkpoint.ts';
import { efforts } from './effort.ts';
import { runParts } from './run-parts.ts';

const order = { seed: 1, effort: efforts.tiny, only: 'margin: block normal' };
const outcome = {
  kind: 'stability',
  comparisons: 3,
  differentAgain: 0,
  differentInOtherOrder: 1,
  differentWhenSwapped: 0,
} as const;

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tunegate-checkpoint-'));
  file = join(folder, 'finished-parts.jsonl');
});
afterEach(() => rm(folder, { recursive: true }));

describe('finished parts of an evaluation', () => {
  it('are there for the next run of the same command, but for a line that was cut off', async () => {
    const first = await openCheckpoint(file, order, false);
    expect(first.finished.size).toBe(0);
    await first.add({ index: 4, outcome });
    await appendFile(file, '{"index":5,"outcome":{"kind":"st');
    const second = await openCheckpoint(file, order, true);
    expect([...second.finished]).toEqual([[4, outcome]]);
    await second.add({ index: 0, outcome });
    expect([...(await openCheckpoint(file, order, true)).finished.keys()]).toEqual([4, 0]);
    expect((await openCheckpoint(file, order, false)).finished.size).toBe(0);
  });

  it('are refused where they are of something else', async () => {
    await expect(openCheckpoint(file, order, true)).rejects.toThrow(/^--resume: \S+ is not there; accepted is/);
    await openCheckpoint(file, order, false);
    await expect(openCheckpoint(file, { ...order, seed: 2 }, true)).rejects.toThrow(
      /is of \{"seed":1.*not of \{"seed":2/,
    );
    await appendFile(file, '{"index":1}\n');
    await expect(openCheckpoint(file, order, true)).rejects.toThrow('has a damaged line 2');
    const header = JSON.parse((await readFile(file, 'utf8')).split('\n')[0] ?? '');
    await writeFile(file, `${JSON.stringify({ ...header, code: 'other' })}\n`);
    await expect(openCheckpoint(file, order, true)).rejects.toThrow('is of other code');
  });

  it('are not computed again, and what comes out is the same', async () => {
    const lines: string[] = [];
    const run = async (isResumed: boolean) =>
      runParts(order, {
        threads: 1,
        checkpoint: await openCheckpoint(file, order, isResumed),
        report: (line) => void lines.push(line),
      });
    const whole = await run(false);
    expect(lines.filter((line) => line.startsWith('['))).toHaveLength(whole.length);
    const kept = (await readFile(file, 'utf8')).split('\n').slice(0, 2);
    await writeFile(file, `${kept.join('\n')}\n`);
    lines.length = 0;
    expect(await run(true)).toEqual(whole);
    expect(lines[0]).toBe(`1 of ${whole.length} parts are finished`);
    expect(lines).toHaveLength(whole.length);
  });
});
