import { describe, expect, it } from 'vitest';
import {
  dockerLockedMemory,
  dockerServerPriority,
  dockerTerminal,
} from '../../../src/profiles/parameters/docker-process.ts';
import { createReadings } from '../docker-readings.ts';
import { limits } from '../machine-limits.ts';

describe('guest.docker.server.priority', () => {
  const netserver = { name: 'netserver', priority: 20, policy: 1 };
  const read = (...processes: (typeof netserver)[]) =>
    dockerServerPriority.docker?.read(20, createReadings({ processes }));

  it('takes what the kernel takes', () => {
    for (const value of [1, 50, 99]) expect(dockerServerPriority.schema.parse(value)).toBe(value);
    for (const value of [0, 100, 1.5, '20']) expect(dockerServerPriority.schema.safeParse(value).success).toBe(false);
    expect(dockerServerPriority.misfit(99, limits)).toBeNull();
  });

  it('is set on every process, after the budget where the kernel shares real time out', () => {
    const container = { device: 'eth0', processes: [10, 11], realTimeBudgets: ['/a', '/a/b'] };
    expect(dockerServerPriority.docker?.commands?.(20, container)).toEqual([
      { program: 'sh', args: ['-c', 'echo "$1" >"$0"', '/a', '900000'] },
      { program: 'sh', args: ['-c', 'echo "$1" >"$0"', '/a/b', '900000'] },
      { program: 'chrt', args: ['--fifo', '--all-tasks', '--pid', '20', '10'] },
      { program: 'chrt', args: ['--fifo', '--all-tasks', '--pid', '20', '11'] },
    ]);
    expect(dockerServerPriority.docker?.arguments?.(20, 'bridge')).toEqual([]);
  });

  it('is in force when every process has policy and priority', () => {
    expect(read(netserver, { ...netserver, name: 'iperf3' })).toEqual({
      found: 'netserver FIFO 20, iperf3 FIFO 20',
      inForce: true,
    });
  });

  it('is not in force when one has another, or there is none', () => {
    expect(read(netserver, { name: 'iperf3', priority: 0, policy: 0 })).toEqual({
      found: 'netserver FIFO 20, iperf3 OTHER',
      inForce: false,
    });
    expect(read({ ...netserver, policy: 2 })).toEqual({ found: 'netserver RR 20', inForce: false });
    expect(read({ ...netserver, priority: 21 })).toEqual({ found: 'netserver FIFO 21', inForce: false });
    expect(read({ ...netserver, priority: 0, policy: 7 })?.found).toBe('netserver policy 7');
    expect(read()).toEqual({ found: 'no process', inForce: false });
  });
});

describe('guest.docker.tty', () => {
  const read = (value: boolean, standardOutput: string, daemon: boolean) =>
    dockerTerminal.docker?.read(value, createReadings({ terminal: { standardOutput, daemon } }));

  it('becomes an option of docker run when it is on', () => {
    expect(dockerTerminal.docker?.arguments?.(true, 'bridge')).toEqual(['--tty']);
    expect(dockerTerminal.docker?.arguments?.(false, 'bridge')).toEqual([]);
    expect(dockerTerminal.schema.parse('on')).toBe(true);
    expect(dockerTerminal.misfit(true, limits)).toBeNull();
  });

  it('is in force when process and daemon agree with it', () => {
    expect(read(true, '/dev/pts/0', true)).toEqual({
      found: 'standard output /dev/pts/0, daemon with a terminal',
      inForce: true,
    });
    expect(read(false, 'pipe:[4711]', false)).toEqual({
      found: 'standard output pipe, daemon without a terminal',
      inForce: true,
    });
  });

  it('is not in force when one of them does not', () => {
    expect(read(true, 'pipe:[4711]', false)?.inForce).toBe(false);
    expect(read(true, 'pipe:[4711]', true)?.inForce).toBe(false);
    expect(read(true, '/dev/pts/0', false)?.inForce).toBe(false);
    expect(read(false, '/dev/pts/0', true)?.inForce).toBe(false);
    expect(read(false, '/dev/pts/0', false)?.inForce).toBe(false);
  });
});

describe('guest.docker.ulimit.memlock', () => {
  const line = (soft: string, hard: string) =>
    `Limit                     Soft Limit           Hard Limit           Units     \nMax locked memory         ${soft}             ${hard}             bytes     \n`;
  const read = (value: string, soft: string, hard: string) =>
    dockerLockedMemory.docker?.read(value, createReadings({ limits: line(soft, hard) }));

  it.each([
    ['unlimited', 'unlimited', 'memlock=-1:-1'],
    ['64MiB', '64MiB', 'memlock=67108864:67108864'],
    ['1024MiB', '1GiB', 'memlock=1073741824:1073741824'],
  ])('takes %j as %s', (written, canonical, option) => {
    expect(dockerLockedMemory.schema.parse(written)).toBe(canonical);
    expect(dockerLockedMemory.docker?.arguments?.(canonical, 'bridge')).toEqual(['--ulimit', option]);
    expect(dockerLockedMemory.misfit(canonical, limits)).toBeNull();
  });

  it.each([['64MB'], [64], ['infinity']])('refuses %j', (written) => {
    expect(dockerLockedMemory.schema.safeParse(written).success).toBe(false);
  });

  it('is in force when both limits of the process are this', () => {
    expect(read('64MiB', '67108864', '67108864')).toEqual({
      found: 'soft limit 64MiB, hard limit 64MiB',
      inForce: true,
    });
    expect(read('unlimited', 'unlimited', 'unlimited')?.inForce).toBe(true);
  });

  it('is not in force otherwise', () => {
    expect(read('64MiB', '65536', '67108864')).toEqual({
      found: 'soft limit 65536 bytes, hard limit 64MiB',
      inForce: false,
    });
    expect(read('64MiB', '67108864', 'unlimited')?.inForce).toBe(false);
    expect(dockerLockedMemory.docker?.read('64MiB', createReadings())).toEqual({
      found: 'no line Max locked memory',
      inForce: false,
    });
  });
});
