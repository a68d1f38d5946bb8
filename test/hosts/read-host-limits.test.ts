import { cpus, totalmem } from 'node:os';
import { describe, expect, it } from 'vitest';
import { readHostLimits } from '../../src/hosts/read-host-limits.ts';
import { decodeWords, encodeWords } from '../../src/hosts/treatment/words.ts';
import { createLocalMachine } from '../../src/machines/local.ts';
import type { Machine } from '../../src/machines/machine.ts';
import { idleMachine } from '../machines/idle-machine.ts';

const folder = '/sys/kernel/mm/hugepages';

const ended = { exitCode: 0, signal: null, timedOut: false, stdout: '', stderr: '', seconds: 0 };

/** Has these files and these programs, each with what it prints. */
function createMachine(files: Readonly<Record<string, string>>, programs: Readonly<Record<string, string>>): Machine {
  const find = (pattern: string) => {
    const isMeant = new RegExp(`^${pattern.replaceAll('*', '[^/]*')}$`);
    return Object.entries(files).flatMap(([path, text]) => (isMeant.test(path) ? [['file', path, text]] : []));
  };
  const run = (command: string, index: number) =>
    programs[command] === undefined ? [] : [['run', String(index), programs[command]]];
  return {
    ...idleMachine,
    name: 'fake',
    run: async ({ program }, { input }) => {
      if (program !== 'perl') return { ...ended, stdout: 'vmlinuz-6.1\ninitrd.img-6.1\nvmlinuz-6.2\n' };
      const asked = String(input).trim().split('\n').map(decodeWords);
      const words = (kind: string) => asked.filter(([first]) => first === kind).map((line) => line.slice(1).join(' '));
      const lines = [...words('file').flatMap(find), ...words('run').flatMap(run), ['end']];
      return { ...ended, stdout: lines.map(encodeWords).join('') };
    },
    readFile: async () => null,
  };
}

describe('what a host has to offer', () => {
  it('is CPUs, nodes, memory and each size of huge pages; those that are promised are not free', async () => {
    const machine = createMachine(
      {
        '/sys/devices/system/cpu/online': '0-1,3\n',
        '/sys/devices/system/node/has_memory': '0,2\n',
        '/proc/meminfo': 'MemTotal:        1048576 kB\nMemFree:          100 kB\nMemAvailable:     524288 kB\n',
        [`${folder}/hugepages-1048576kB/free_hugepages`]: '1\n',
        [`${folder}/hugepages-1048576kB/resv_hugepages`]: '0\n',
        [`${folder}/hugepages-2048kB/free_hugepages`]: '5\n',
        [`${folder}/hugepages-2048kB/resv_hugepages`]: '2\n',
      },
      { 'qemu-system-x86_64 --version': 'QEMU emulator version 7.2.22 (Debian)\n', 'test -c /dev/vhost-net': '' },
    );
    expect(await readHostLimits(machine)).toEqual({
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
      ...{ network: '198.18.0.0/24', takenAddresses: [] },
    });
  });

  it('is one CPU, one node and no huge pages where a kernel tells nothing', async () => {
    expect(await readHostLimits(createMachine({}, {}))).toMatchObject({
      ...{ cpus: [0], memoryBytes: 0, availableBytes: 0, nodes: [0], hugePages: [] },
      ...{ kernels: ['6.1'], qemu: null, vhost: false },
    });
  });

  it('is read from this machine in two calls', async () => {
    const local = createLocalMachine();
    let calls = 0;
    const limits = await readHostLimits({
      ...local,
      run: (...args) => {
        calls += 1;
        return local.run(...args);
      },
    });
    expect(calls).toBe(2);
    expect(limits.cpus).toHaveLength(cpus().length);
    expect(limits.memoryBytes).toBe(totalmem());
    expect(limits.availableBytes).toBeGreaterThan(0);
    expect(limits.availableBytes).toBeLessThan(limits.memoryBytes);
  });
});
