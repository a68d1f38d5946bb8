import { describe, expect, it } from 'vitest';
import type { MachineReport } from '../src/hosts/examine-machine.ts';
import { listLacks } from './requirements.ts';

const report: MachineReport = {
  machine: 'local',
  system: { name: null, kernel: null, processor: null, cpus: 1, memoryKibibytes: null },
  tools: [
    { name: 'netperf', packages: ['netperf'], path: null, version: null, problem: 'not installed' },
    { name: 'docker', packages: ['docker.io'], path: '/usr/bin/docker', version: '20.10.24', problem: null },
    { name: 'ping', packages: ['iputils-ping'], path: '/bin/ping', version: '20221126', problem: null },
  ],
  facilities: [
    { name: 'root', available: true, found: 'user id 0', remedy: null },
    { name: 'overlay', available: false, found: 'no such device', remedy: 'overlayfs' },
  ],
  capabilities: [
    { kind: 'guest', name: 'docker', available: false, reason: 'overlay: no such device', remedy: 'overlayfs' },
    { kind: 'guest', name: 'bare', available: true, reason: null, remedy: null },
  ],
  notices: [],
};

describe('listLacks', () => {
  it('lists nothing when everything is there', () => {
    expect(listLacks(report, ['root', 'bare', 'ping'])).toEqual([]);
  });

  it('says why: a guest kind that cannot run, a facility that fails, a tool that is not installed', () => {
    expect(listLacks(report, ['root', 'docker', 'overlay', 'netperf'])).toEqual([
      { name: 'docker', reason: 'overlay: no such device' },
      { name: 'overlay', reason: 'no such device' },
      { name: 'netperf', reason: 'not installed' },
    ]);
  });

  it('refuses a name that nothing has, instead of skipping for ever', () => {
    expect(() => listLacks(report, ['dokcer'])).toThrow('a test requires dokcer');
  });
});
