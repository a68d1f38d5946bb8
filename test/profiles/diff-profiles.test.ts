import { describe, expect, it } from 'vitest';
import type { Catalogue } from '../../src/profiles/catalogue.ts';
import { diffProfiles, regimeOf } from '../../src/profiles/diff-profiles.ts';
import { createParameter } from './create-parameter.ts';

const parameters: Catalogue = new Map(
  [
    createParameter({ name: 'host.governor', layer: 'host', switching: 'sample' }),
    createParameter({ name: 'guest.docker.cpuset' }),
    createParameter({ name: 'host-boot.isolcpus', layer: 'host-boot', switching: 'boot' }),
  ].map((parameter) => [parameter.name, parameter]),
);

describe('diffProfiles', () => {
  it('names what differs, sorted, with both values', () => {
    const baseline = { parameters: { 'host.governor': 'performance', 'guest.docker.cpuset': '0' } };
    const candidate = { parameters: { 'guest.docker.cpuset': '0', 'host-boot.isolcpus': [1, '2-3'] } };
    expect(diffProfiles(baseline, candidate, parameters)).toEqual([
      { parameter: 'host-boot.isolcpus', layer: 'host-boot', switching: 'boot', baseline: null, candidate: '1, 2-3' },
      { parameter: 'host.governor', layer: 'host', switching: 'sample', baseline: 'performance', candidate: null },
    ]);
  });

  it('finds nothing between a profile and itself', () => {
    const profile = { parameters: { 'guest.docker.cpuset': '0', 'host.governor': true } };
    expect(diffProfiles(profile, structuredClone(profile), parameters)).toEqual([]);
  });
});

describe('regimeOf', () => {
  it('is that of the most expensive difference', () => {
    expect(regimeOf([{ switching: 'sample' }])).toBe('sample');
    expect(regimeOf([{ switching: 'sample' }, { switching: 'deployment' }])).toBe('deployment');
    expect(regimeOf([{ switching: 'boot' }, { switching: 'sample' }])).toBe('boot');
  });

  it('is deployment when the sides are the same', () => {
    expect(regimeOf([])).toBe('deployment');
  });
});
