import { describe, expect, it } from 'vitest';
import { ConfigurationError } from '../../src/errors.ts';
import { type Catalogue, catalogue } from '../../src/profiles/catalogue.ts';
import {
  buildContainerCommands,
  buildDockerParameterArguments,
  checkDockerParameters,
  refuseMisfits,
} from '../../src/profiles/checks.ts';
import { checkSchema } from '../../src/results/journal.schema.ts';
import { createParameter } from './create-parameter.ts';
import { buildProcessStatus, createReadings } from './docker-readings.ts';
import { limits } from './machine-limits.ts';

/** The real catalogue and a parameter as later versions will have it. */
const known: Catalogue = new Map([
  ...catalogue,
  ['host.governor', createParameter({ name: 'host.governor', layer: 'host' })],
]);

const parameters = {
  'guest.docker.cpus': 0.5,
  'guest.docker.cpuset': '1',
  'guest.qemu.memory.lock': 'on',
  'host.governor': 'performance',
};

describe('checkDockerParameters', () => {
  it('says for each parameter of the layers and of containers whether it is in force', () => {
    const readings = createReadings({
      processStatus: buildProcessStatus('1'),
      cgroup: { cpuQuota: null, memoryLimitBytes: null },
    });
    const checks = checkDockerParameters(parameters, ['guest'], readings, known);
    expect(checks).toEqual([
      {
        parameter: 'guest.docker.cpus',
        layer: 'guest',
        requested: '0.5',
        found: 'no CPU quota',
        probe: 'cgroup cpu.max, or cpu.cfs_quota_us / cpu.cfs_period_us',
        result: 'mismatch',
      },
      {
        parameter: 'guest.docker.cpuset',
        layer: 'guest',
        requested: '1',
        found: 'Cpus_allowed_list 1',
        probe: '/proc/PID/status Cpus_allowed_list',
        result: 'verified',
      },
    ]);
    for (const check of checks) expect(checkSchema.parse(check)).toEqual(check);
  });

  it('says mismatch to every parameter in a container that was started without any', () => {
    const all = {
      'guest.docker.address': '198.18.0.16',
      'guest.docker.cpus': 0.5,
      'guest.docker.cpuset': '1',
      'guest.docker.mac': '02:54:47:00:00:10',
      'guest.docker.memory': '256MiB',
    };
    const checks = checkDockerParameters(all, ['guest'], createReadings());
    expect(checks.map(({ parameter, result }) => [parameter, result])).toEqual(
      Object.keys(all).map((name) => [name, 'mismatch']),
    );
  });

  it('checks nothing when the layers are not part of the run, or nothing is set', () => {
    expect(checkDockerParameters({ 'guest.docker.cpuset': '1' }, ['host', 'daemon'], createReadings())).toEqual([]);
    expect(checkDockerParameters({}, ['guest'], createReadings())).toEqual([]);
  });
});

describe('buildDockerParameterArguments', () => {
  it('gives the options of docker run, in the order of the names', () => {
    const all = {
      'guest.docker.address': '198.18.0.16',
      'guest.docker.mac': '02:54:47:00:00:10',
      'guest.docker.memory': '256MiB',
    };
    expect(buildDockerParameterArguments(all, ['guest'], 'bridge')).toEqual([
      '--ip',
      '198.18.0.16',
      '--mac-address',
      '02:54:47:00:00:10',
      '--memory',
      '268435456',
    ]);
  });

  it('leaves out other guests and other layers', () => {
    expect(buildDockerParameterArguments(parameters, ['guest'], 'bridge', known)).toEqual([
      '--cpus',
      '0.5',
      '--cpuset-cpus',
      '1',
    ]);
    expect(buildDockerParameterArguments(parameters, ['daemon'], 'bridge', known)).toEqual([]);
  });

  it('refuses a parameter that is not in the catalogue', () => {
    expect(() => buildDockerParameterArguments({ 'guest.docker.privileged': true }, ['guest'], 'bridge')).toThrow(
      /^unknown parameter "guest\.docker\.privileged", accepted are guest\.docker\.address, /,
    );
  });
});

describe('buildContainerCommands', () => {
  const container = { device: 'eth0', processes: [10], realTimeBudgets: [] };

  it('gives what is set on the running container, of the layers of the run only', () => {
    const all = { ...parameters, 'guest.docker.server.priority': 20, 'guest.docker.txqueuelen': 500 };
    expect(buildContainerCommands(all, ['guest'], container, known).map(({ program }) => program)).toEqual([
      'chrt',
      'ip',
    ]);
    expect(buildContainerCommands(all, ['host'], container, known)).toEqual([]);
  });
});

describe('refuseMisfits', () => {
  it('accepts what the machine can give', () => {
    const profile = { name: 'tuned', parameters: { 'guest.docker.cpuset': '1', 'guest.docker.memory': '512MiB' } };
    expect(() => refuseMisfits(profile, ['guest'], limits)).not.toThrow();
  });

  it('names profile, parameter, what was found and what is accepted, all at once', () => {
    const profile = { name: 'tuned', parameters: { 'guest.docker.cpus': 8, 'guest.docker.cpuset': '2-5' } };
    expect(() => refuseMisfits(profile, ['guest'], limits)).toThrow(
      new ConfigurationError(
        'profile tuned: guest.docker.cpus is 8, but this machine has 4 CPUs, accepted is from 0.01 to 4; ' +
          'guest.docker.cpuset is 2-5, but this machine has no CPU 4-5, accepted are CPUs of 0-3',
      ),
    );
  });

  it('does not ask for what the run does not apply', () => {
    const profile = { name: 'tuned', parameters: { 'guest.docker.cpuset': '99' } };
    expect(() => refuseMisfits(profile, ['host'], limits)).not.toThrow();
  });
});
