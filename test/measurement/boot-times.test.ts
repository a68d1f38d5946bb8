import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createLocalMachine } from '../../src/machines/local.ts';
import { noteBootSeconds, readBootSeconds } from '../../src/measurement/boot-times.ts';

describe('what boots of a host took', () => {
  it('is remembered by host, and the median of the latest nine is told', async () => {
    const machine = createLocalMachine();
    const cache = join(await mkdtemp(join(tmpdir(), 'tunegate-boots-')), 'cache');
    expect(await readBootSeconds(machine, cache, 'tuned')).toBeNull();
    for (const seconds of [600, 40, 42, 44, 40, 42, 44, 43, 41, 45]) {
      await noteBootSeconds(machine, cache, 'tuned', seconds);
    }
    await noteBootSeconds(machine, cache, 'stock', 18.26);
    expect(await readBootSeconds(machine, cache, 'tuned')).toBe(42);
    expect(await readBootSeconds(machine, cache, 'stock')).toBe(18.3);
    expect(await readBootSeconds(machine, cache, 'constructor')).toBeNull();
  });

  it('is not known when the record is broken, and begins anew', async () => {
    const machine = createLocalMachine();
    const cache = await mkdtemp(join(tmpdir(), 'tunegate-boots-'));
    await writeFile(join(cache, 'boot-seconds.json'), '{"tuned": "soon"}');
    expect(await readBootSeconds(machine, cache, 'tuned')).toBeNull();
    await noteBootSeconds(machine, cache, 'tuned', 40);
    expect(await readBootSeconds(machine, cache, 'tuned')).toBe(40);
  });
});
