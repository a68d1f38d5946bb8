import { describe, expect, it } from 'vitest';
import { createDoctorCommand, examine, renderMachineReport } from '../../cli/commands/doctor.ts';
import type { MachineReport } from '../../src/hosts/examine-machine.ts';
import { createLocalMachine } from '../../src/machines/local.ts';
import type { Machine } from '../../src/machines/machine.ts';
import { createFakeSurroundings, runCommand } from './fake-surroundings.ts';

const node = { version: '24.21.0', path: '/opt/node' };

const report: MachineReport = {
  machine: 'local',
  system: { name: 'Debian 12', kernel: '6.1.0', processor: 'CPU X', cpus: 2, memoryKibibytes: 4 * 1024 ** 2 },
  tools: [
    { name: 'netperf', packages: ['netperf'], path: '/usr/bin/netperf', version: '2.7.0', problem: null },
    { name: 'ping', packages: ['iputils-ping'], path: '/bin/ping', version: null, problem: 'ping is another one' },
    { name: 'docker', packages: ['docker-cli', 'docker.io'], path: null, version: null, problem: 'not installed' },
  ],
  facilities: [
    { name: 'root', available: true, found: 'user id 0', remedy: null },
    { name: 'bridge', available: false, found: 'Unknown device type', remedy: 'a kernel with CONFIG_BRIDGE' },
  ],
  capabilities: [
    { kind: 'guest', name: 'bare', available: false, reason: 'bridge: Unknown device type', remedy: 'a kernel' },
    { kind: 'test', name: 'ping', available: true, reason: null, remedy: null },
  ],
  notices: ['a dockerd runs here (process 7); it is not touched'],
};

describe('renderMachineReport', () => {
  it('shows everything the machine has, can do, and why not', () => {
    expect(renderMachineReport(report, node)).toMatchInlineSnapshot(`
      "Machine local: Debian 12, kernel 6.1.0, 2 CPUs (CPU X), 4.0 GiB memory

      ┌─────────┬─────────┬─────────────────────────────────┐
      │ tool    │ version │ where                           │
      ├─────────┼─────────┼─────────────────────────────────┤
      │ node    │ 24.21.0 │ /opt/node                       │
      │ netperf │ 2.7.0   │ /usr/bin/netperf                │
      │ ping    │ no      │ ping is another one             │
      │ docker  │ no      │ package docker-cli or docker.io │
      └─────────┴─────────┴─────────────────────────────────┘

      ┌──────────────┬─────┬─────────────────────────────────────────────────────────────┐
      │ this machine │     │                                                             │
      ├──────────────┼─────┼─────────────────────────────────────────────────────────────┤
      │ root         │ yes │ user id 0                                                   │
      │ bridge       │ no  │ Unknown device type; to get it: a kernel with CONFIG_BRIDGE │
      └──────────────┴─────┴─────────────────────────────────────────────────────────────┘

      ┌──────────────┬─────┬──────────────────────────────────────────────────┐
      │ can run here │     │                                                  │
      ├──────────────┼─────┼──────────────────────────────────────────────────┤
      │ guest bare   │ no  │ bridge: Unknown device type; to get it: a kernel │
      │ test ping    │ yes │                                                  │
      └──────────────┴─────┴──────────────────────────────────────────────────┘

      Note: a dockerd runs here (process 7); it is not touched.

      Nothing can be measured here.
      "
    `);
  });
});

describe('tunegate doctor', () => {
  it('prints one JSON document and ends with 0 where something can be measured, with 1 where nothing can', async () => {
    const { stdout, stderr, exitCode } = await runCommand(createDoctorCommand, ['doctor', '--json']);
    const document = JSON.parse(stdout);
    expect(stderr).toBe('');
    expect(document).toMatchObject({ node: { version: process.versions.node }, machine: 'local' });
    expect(exitCode).toBe(document.measurable ? 0 : 1);
  });

  it('ends with 1 on a machine without any tool', async () => {
    const local = createLocalMachine();
    const nothing: Machine = {
      ...local,
      run: async (command, options) => {
        const outcome = await local.run({ program: 'true', args: [] }, options);
        return command.program === 'id' ? { ...outcome, stdout: '0\n' } : outcome;
      },
    };
    const surroundings = createFakeSurroundings();
    await examine(nothing, node, surroundings, false);
    expect(surroundings.exit.code).toBe(1);
    expect(surroundings.written.stdout).toContain('Nothing can be measured here.');
    expect(surroundings.written.stdout).toMatch(/│ netperf +│ no +│ package netperf +│/);
  });

  it('refuses what it does not know, and explains itself', async () => {
    expect((await runCommand(createDoctorCommand, ['doctor', '--all'])).exitCode).toBe(2);
    expect((await runCommand(createDoctorCommand, ['doctor', '--help'])).stdout).toContain('tunegate doctor');
  });
});
