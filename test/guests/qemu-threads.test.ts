import { describe, expect, it } from 'vitest';
import type * as z from 'zod';
import type { cpusSchema } from '../../src/guests/qemu-monitor.schema.ts';
import type { Monitor } from '../../src/guests/qemu-monitor.ts';
import { readThreads } from '../../src/guests/qemu-threads.ts';
import type { Machine } from '../../src/machines/machine.ts';
import { idleMachine } from '../machines/idle-machine.ts';

/** `/proc/PID/task/TID/stat` of Linux 6: the name, then state and 38 fields of which the last CPU is the 39th of all. */
const buildStat = (name: string, lastCpu: number, priority: number, policy: number) =>
  `100 (${name}) S 1 100 100 0 -1 4194624 9 0 0 0 3 1 0 0 20 0 4 0 81231 900000 3000 18446744073709551615 1 1 0 0 0 0 0 4096 17642 0 0 0 17 ${lastCpu} ${priority} ${policy} 0 0 0 0 0 0 0 0 0 0 0\n`;

const cpus: z.infer<typeof cpusSchema> = [
  { 'cpu-index': 0, 'thread-id': 102, 'qom-path': '/machine/unattached/device[0]' },
];
const monitor: Monitor = {
  version: '7.2.22',
  execute: async (command, schema) => {
    expect(command).toBe('query-cpus-fast');
    return schema.parse(cpus);
  },
  close: () => {},
};

/** Threads by id, as their files in `/proc` show them. */
function createMachine(tasks: string, workers: string, files: Readonly<Record<string, string>>): Machine {
  return {
    ...idleMachine,
    name: 'fake',
    run: async ({ program, args }) => {
      expect([program, ...args].join(' ')).toBeOneOf(['ls /proc/100/task', 'pgrep -x vhost-100']);
      const stdout = program === 'ls' ? tasks : workers;
      return { exitCode: 0, signal: null, timedOut: false, stdout, stderr: '', seconds: 0 };
    },
    readFile: async (path) => files[path] ?? null,
  };
}

const thread = (id: number, stat: string, allowed: string) => ({
  [`/proc/${id}/stat`]: stat,
  [`/proc/${id}/status`]: `Name:\tx\nCpus_allowed:\t3\nCpus_allowed_list:\t${allowed}\nMems_allowed_list:\t0\n`,
});

describe('readThreads', () => {
  it('tells virtual CPUs, workers of vhost and all others apart, and leaves out what has ended', async () => {
    const machine = createMachine('100\n102\n103\n', '90\n', {
      ...thread(100, buildStat('qemu-system-x86', 0, 0, 0), '0-1'),
      ...thread(102, buildStat('CPU 0/TCG', 1, 2, 1), '1'),
      ...thread(90, buildStat('vhost-100', 0, 0, 0), '0'),
    });
    expect(await readThreads(machine, { pid: 100, monitor })).toEqual([
      {
        ...{ id: 100, name: 'qemu-system-x86', role: 'emulator', vcpu: null },
        ...{ cpusAllowed: '0-1', lastCpu: 0, priority: 0, policy: 0 },
      },
      {
        ...{ id: 102, name: 'CPU 0/TCG', role: 'vcpu', vcpu: 0 },
        ...{ cpusAllowed: '1', lastCpu: 1, priority: 2, policy: 1 },
      },
      {
        ...{ id: 90, name: 'vhost-100', role: 'vhost', vcpu: null },
        ...{ cpusAllowed: '0', lastCpu: 0, priority: 0, policy: 0 },
      },
    ]);
  });

  it('counts a worker once that is a thread of QEMU itself, as since Linux 6.4', async () => {
    const machine = createMachine('100\n104\n', '104\n', {
      ...thread(100, buildStat('qemu-system-x86', 0, 0, 0), '0-1'),
      ...thread(104, buildStat('vhost-100', 1, 0, 0), '1'),
    });
    const threads = await readThreads(machine, { pid: 100, monitor });
    expect(threads.map(({ id, role }) => [id, role])).toEqual([
      [100, 'emulator'],
      [104, 'vhost'],
    ]);
  });

  it('refuses a status without the list of CPUs', async () => {
    const files = { ...thread(100, buildStat('x', 0, 0, 0), '0'), '/proc/100/status': 'Name:\tx\n' };
    await expect(readThreads(createMachine('100\n', '', files), { pid: 100, monitor })).rejects.toThrow(
      '/proc/100/status has no line Cpus_allowed_list',
    );
  });
});
