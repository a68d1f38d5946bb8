import { describe, expect, it } from 'vitest';
import { dockerCpus, dockerCpuset, dockerCpusetMemory } from '../../../src/profiles/parameters/docker-cpu.ts';
import { buildProcessStatus, createReadings } from '../docker-readings.ts';
import { limits } from '../machine-limits.ts';

describe('guest.docker.cpuset', () => {
  it.each([
    [1, '1'],
    ['0-3,5', '0-3,5'],
    ['1, 0', '0-1'],
    [[3, 0, 1, '2'], '0-3'],
    [['0-1', 4], '0-1,4'],
  ])('takes %j as %s', (written, canonical) => {
    expect(dockerCpuset.schema.parse(written)).toBe(canonical);
    expect(dockerCpuset.schema.parse(canonical)).toBe(canonical);
  });

  it.each([['0-'], [''], [-1], [1.5], [true], [[]], ['0-999999999'], [[[1]]]])('refuses %j', (written) => {
    expect(dockerCpuset.schema.safeParse(written).success).toBe(false);
  });

  it('becomes an option of docker run', () => {
    expect(dockerCpuset.docker?.arguments?.('0-1', 'bridge')).toEqual(['--cpuset-cpus', '0-1']);
  });

  it('does not fit a machine that lacks a CPU', () => {
    expect(dockerCpuset.misfit('1,3', limits)).toBeNull();
    expect(dockerCpuset.misfit('3-5', limits)).toBe('this machine has no CPU 4-5, accepted are CPUs of 0-3');
  });

  it('is in force when the kernel allows exactly these CPUs, in whatever form', () => {
    const processStatus = buildProcessStatus('0,1,3');
    expect(dockerCpuset.docker?.read('0-1,3', createReadings({ processStatus }))).toEqual({
      found: 'Cpus_allowed_list 0,1,3',
      inForce: true,
    });
  });

  it('is not in force in a container that was started without it', () => {
    expect(dockerCpuset.docker?.read('1', createReadings())).toEqual({
      found: 'Cpus_allowed_list 0-3',
      inForce: false,
    });
  });

  it('is not in force when nothing can be read', () => {
    expect(dockerCpuset.docker?.read('1', createReadings({ processStatus: '' }))).toEqual({
      found: 'no line Cpus_allowed_list',
      inForce: false,
    });
    expect(dockerCpuset.docker?.read('1', createReadings({ processStatus: buildProcessStatus('?') }))).toEqual({
      found: 'Cpus_allowed_list ?: "?" is no CPU number and no range such as 0-3',
      inForce: false,
    });
  });
});

describe('guest.docker.cpus', () => {
  it.each([[0.01], [0.5], [2], [1.33333]])('takes %j', (written) => {
    expect(dockerCpus.schema.parse(written)).toBe(written);
  });

  it.each([[0], [-1], [0.001], ['0.5'], [1 / 3], [Number.POSITIVE_INFINITY], [Number.NaN]])('refuses %j', (written) => {
    expect(dockerCpus.schema.safeParse(written).success).toBe(false);
  });

  it('becomes an option of docker run', () => {
    expect(dockerCpus.docker?.arguments?.(0.5, 'bridge')).toEqual(['--cpus', '0.5']);
  });

  it('does not fit a machine with fewer CPUs', () => {
    expect(dockerCpus.misfit(4, limits)).toBeNull();
    expect(dockerCpus.misfit(4.5, limits)).toBe('this machine has 4 CPUs, accepted is from 0.01 to 4');
  });

  it('is in force when the cgroup grants this quota', () => {
    const cgroup = { cpuQuota: 133_333 / 100_000, memoryLimitBytes: null };
    expect(dockerCpus.docker?.read(1.33333, createReadings({ cgroup }))).toEqual({
      found: 'CPU quota 1.33333',
      inForce: true,
    });
  });

  it('is not in force without a quota, or with another', () => {
    expect(dockerCpus.docker?.read(0.5, createReadings())).toEqual({ found: 'no CPU quota', inForce: false });
    const cgroup = { cpuQuota: 0.50001, memoryLimitBytes: null };
    expect(dockerCpus.docker?.read(0.5, createReadings({ cgroup }))).toEqual({
      found: 'CPU quota 0.50001',
      inForce: false,
    });
  });
});

describe('guest.docker.cpuset-mems', () => {
  it('takes lists of nodes in whatever form, and becomes an option of docker run', () => {
    expect(dockerCpusetMemory.schema.parse([1, 0])).toBe('0-1');
    expect(dockerCpusetMemory.schema.safeParse('node0').success).toBe(false);
    expect(dockerCpusetMemory.docker?.arguments?.('0-1', 'physical')).toEqual(['--cpuset-mems', '0-1']);
    expect(dockerCpusetMemory.misfit('0', limits)).toBeNull();
  });

  it('is in force when the kernel allows exactly these nodes', () => {
    expect(dockerCpusetMemory.docker?.read('0', createReadings())).toEqual({
      found: 'Mems_allowed_list 0',
      inForce: true,
    });
    expect(dockerCpusetMemory.docker?.read('1', createReadings())).toEqual({
      found: 'Mems_allowed_list 0',
      inForce: false,
    });
    expect(dockerCpusetMemory.docker?.read('0', createReadings({ processStatus: '' }))).toEqual({
      found: 'no line Mems_allowed_list',
      inForce: false,
    });
  });
});
