import { describe, expect, it } from 'vitest';
import { reserveHugePages } from '../../src/guests/huge-pages.ts';
import type { Machine } from '../../src/machines/machine.ts';
import { idleMachine } from '../machines/idle-machine.ts';

const folder = '/sys/kernel/mm/hugepages/hugepages-2048kB';
const memory = { bytes: 256 * 2 ** 20, pageBytes: 2 * 2 ** 20 };

interface Pages {
  /** What is set, and of it what is free and what is promised. */
  readonly set?: number;
  readonly free?: number;
  readonly promised?: number;
  /** The most that the kernel can make in all. */
  readonly most?: number;
  readonly at?: string;
}

/** A kernel that makes huge pages until it has none left, and everything that happened to it, in order. */
function createKernel({ set = 0, free = 0, promised = 0, most = 1000, at = folder }: Pages = {}) {
  const happened: string[] = [];
  const files = new Map([
    [`${at}/nr_hugepages`, set],
    [`${at}/free_hugepages`, free],
    // A node's own folder has no such file.
    [`${folder}/resv_hugepages`, promised],
  ]);
  const machine: Machine = {
    ...idleMachine,
    name: 'fake',
    run: async ({ program, args }) => {
      const [flag, script, file = '', value = ''] = args;
      expect([program, flag, script]).toEqual(['sh', '-c', 'echo "$1" >"$0"']);
      happened.push(`write ${file} ${value}`);
      files.set(file, Math.min(Number(value), most));
      return { exitCode: 0, signal: null, timedOut: false, stdout: '', stderr: '', seconds: 0 };
    },
    readFile: async (path) => (files.has(path) ? `${files.get(path)}\n` : null),
  };
  const notes = {
    noteSetting: async (path: string, former: string, written: string) => {
      happened.push(`note ${path} ${former} ${written}`);
    },
    forgetSetting: async (path: string) => {
      happened.push(`forget ${path}`);
    },
  };
  return { happened, reserve: (wanted: object = {}) => reserveHugePages(machine, { ...memory, ...wanted }, notes) };
}

describe('reserveHugePages', () => {
  it('makes what is missing, noted before it is made, and goes back to exactly what was set', async () => {
    const { happened, reserve } = createKernel({ set: 10, free: 8, promised: 3 });
    const giveBack = await reserve();
    // 128 pages are needed, five of those that are there are neither used nor promised.
    const file = `${folder}/nr_hugepages`;
    expect(happened).toEqual([`note ${file} 10 133`, `write ${file} 133`]);
    await giveBack?.();
    expect(happened.slice(2)).toEqual([`write ${file} 10`, `forget ${file}`]);
  });

  it('says how many the kernel could make when they are too few, after it has given them back', async () => {
    const { happened, reserve } = createKernel({ most: 100 });
    await expect(reserve()).rejects.toThrow(
      'the guest needs 128 more huge pages of 2MiB, the kernel could make 100: memory is too full or in too small pieces',
    );
    const file = `${folder}/nr_hugepages`;
    expect(happened.slice(1)).toEqual([`write ${file} 128`, `write ${file} 0`, `forget ${file}`]);
  });

  it('fails when the former number cannot be set again, and keeps the note', async () => {
    const { happened, reserve } = createKernel({ set: 10, most: 150 });
    const giveBack = await reserve();
    const stuck = createKernel({ set: 200, most: 150 });
    expect(giveBack).not.toBeNull();
    await expect(stuck.reserve()).rejects.toThrow(`${folder}/nr_hugepages is 150, it was 200 before the guest`);
    expect(stuck.happened.filter((what) => what.startsWith('forget'))).toEqual([]);
    expect(happened).toHaveLength(2);
  });

  it.each([
    ['enough are free', { set: 200, free: 130, promised: 2 }, {}],
    ['ordinary pages are asked for', {}, { pageBytes: 4096 }],
  ])('changes nothing where %s', async (_, pages, wanted) => {
    const { happened, reserve } = createKernel(pages);
    expect(await reserve(wanted)).toBeNull();
    expect(happened).toEqual([]);
  });

  it('says so where the kernel has no pages of that size', async () => {
    const { happened, reserve } = createKernel({ at: '/elsewhere' });
    await expect(reserve()).rejects.toThrow(`the guest needs huge pages, but there is no ${folder}/`);
    expect(happened).toEqual([]);
  });

  it('makes them on the one node that is asked for, and anywhere for several', async () => {
    const at = '/sys/devices/system/node/node1/hugepages/hugepages-2048kB';
    const one = createKernel({ at });
    await one.reserve({ hostNodes: '1' });
    expect(one.happened).toContain(`write ${at}/nr_hugepages 128`);
    const several = createKernel();
    await several.reserve({ hostNodes: '0-1' });
    expect(several.happened).toContain(`write ${folder}/nr_hugepages 128`);
  });
});
