import { describe, expect, it } from 'vitest';
import { dockerMemory } from '../../../src/profiles/parameters/docker-memory.ts';
import { createReadings } from '../docker-readings.ts';
import { limits } from '../machine-limits.ts';

const readLimit = (memoryLimitBytes: number | null) =>
  dockerMemory.docker?.read('256MiB', createReadings({ cgroup: { cpuQuota: null, memoryLimitBytes } }));

describe('guest.docker.memory', () => {
  it.each([
    ['256MiB', '256MiB'],
    ['1024MiB', '1GiB'],
    ['1536 MiB', '1536MiB'],
  ])('takes %j as %s', (written, canonical) => {
    expect(dockerMemory.schema.parse(written)).toBe(canonical);
    expect(dockerMemory.schema.parse(canonical)).toBe(canonical);
  });

  it.each([['256MB'], ['256m'], [256], ['1.5GiB']])('refuses %j', (written) => {
    expect(dockerMemory.schema.safeParse(written).success).toBe(false);
  });

  it('becomes bytes in the option of docker run', () => {
    expect(dockerMemory.docker?.arguments?.('256MiB', 'bridge')).toEqual(['--memory', '268435456']);
  });

  it('does not fit below what Docker starts and above what the machine has', () => {
    expect(dockerMemory.misfit('6MiB', limits)).toBeNull();
    expect(dockerMemory.misfit('1GiB', limits)).toBeNull();
    expect(dockerMemory.misfit('5MiB', limits)).toBe(
      'Docker starts no container with less than 6MiB, accepted is from 6MiB to 1024MiB',
    );
    expect(dockerMemory.misfit('2GiB', limits)).toBe('this machine has 1024MiB, accepted is from 6MiB to 1024MiB');
  });

  it('is in force when the cgroup has this limit', () => {
    expect(readLimit(268_435_456)).toEqual({ found: 'memory limit 256MiB', inForce: true });
  });

  it('is not in force without a limit, or with another', () => {
    expect(readLimit(null)).toEqual({ found: 'no memory limit', inForce: false });
    expect(readLimit(268_435_456 - 4096)).toEqual({ found: 'memory limit 268431360 bytes', inForce: false });
  });
});
