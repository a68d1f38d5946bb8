import { describe, expect, it } from 'vitest';
import type { MachineReport } from '../../src/hosts/examine-machine.ts';
import { readLimits } from '../../src/hosts/read-limits.ts';
import type { Machine } from '../../src/machines/machine.ts';

const report: MachineReport = {
  machine: 'fake',
  system: { name: 'Debian', kernel: '6.1.0', processor: 'x', cpus: 2, memoryKibibytes: 1_048_576 },
  tools: [],
  facilities: [],
  capabilities: [],
  notices: [],
};

const folder = '/sys/kernel/mm/hugepages';

const failed = { exitCode: 1, signal: null, timedOut: false, stdout: '', stderr: '', seconds: 0 };

/** Answers with these files; `sizes` is what `ls` says of the huge pages. */
function createMachine(files: Readonly<Record<string, string>>, sizes: string, hasVhost: boolean): Machine {
  return {
    name: 'fake',
    run: async ({ program, args }) => {
      if (args.at(-1) === '/boot')
        return { ...failed, exitCode: 0, stdout: 'vmlinuz-6.1\ninitrd.img-6.1\nvmlinuz-6.2\n' };
      const isList = program === 'ls' && args[0] === folder;
      const isThere = isList ? sizes !== '' : hasVhost && args.join(' ') === '-c /dev/vhost-net';
      return { ...failed, exitCode: isThere ? 0 : 1, stdout: isList ? sizes : '' };
    },
    start: () => Promise.reject(new Error('nothing is started here')),
    readFile: async (path) => files[path] ?? null,
    writeFile: () => Promise.reject(new Error('nothing is written here')),
  };
}

describe('readLimits', () => {
  it('reads CPUs, nodes, memory and each size of huge pages; those that are promised are not free', async () => {
    const machine = createMachine(
      {
        '/sys/devices/system/cpu/online': '0-1,3\n',
        '/sys/devices/system/node/has_memory': '0,2\n',
        '/proc/meminfo': 'MemTotal:        1048576 kB\nMemFree:          100 kB\nMemAvailable:     524288 kB\n',
        [`${folder}/hugepages-2048kB/free_hugepages`]: '5\n',
        [`${folder}/hugepages-2048kB/resv_hugepages`]: '2\n',
        [`${folder}/hugepages-1048576kB/free_hugepages`]: '1\n',
        [`${folder}/hugepages-1048576kB/resv_hugepages`]: '0\n',
      },
      'hugepages-1048576kB\nhugepages-2048kB\n',
      true,
    );
    const tools = [{ name: 'qemu-system-x86_64', packages: [], path: '/q', version: '7.2.22', problem: null }];
    expect(await readLimits(machine, { ...report, tools })).toEqual({
      cpus: [0, 1, 3],
      memoryBytes: 2 ** 30,
      availableBytes: 2 ** 29,
      nodes: [0, 2],
      hugePages: [
        { pageBytes: 2 ** 30, freeBytes: 2 ** 30 },
        { pageBytes: 2 ** 21, freeBytes: 3 * 2 ** 21 },
      ],
      kernels: ['6.1'],
      qemu: '7.2.22',
      vhost: true,
    });
  });

  it('takes a kernel that tells little for one with the CPUs of the report, one node and no huge pages', async () => {
    expect(await readLimits(createMachine({}, '', false), report)).toEqual({
      ...{ cpus: [0, 1], memoryBytes: 2 ** 30, availableBytes: 0, nodes: [0], hugePages: [] },
      ...{ kernels: ['6.1'], qemu: null, vhost: false },
    });
  });
});
