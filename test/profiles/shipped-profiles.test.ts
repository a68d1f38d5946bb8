import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, expect, it } from 'vitest';
import { refuseMisfits } from '../../src/profiles/checks.ts';
import { diffProfiles } from '../../src/profiles/diff-profiles.ts';
import { resolveProfile } from '../../src/profiles/resolve-profile.ts';
import { layers } from '../../src/vocabulary.ts';
import { limits } from './machine-limits.ts';

const folder = new URL('../../runner-setup/profiles/', import.meta.url);
const names = readdirSync(folder).map((file) => basename(file, '.yaml'));
const resolveShipped = (name: string) =>
  resolveProfile(name, (wanted) => ({
    text: readFileSync(new URL(`${wanted}.yaml`, folder), 'utf8'),
    fileName: wanted,
  }));

describe('shipped profiles', () => {
  it.each(names)('%s is accepted, and fits the embedded topology on a machine with two CPUs', async (name) => {
    const profile = await resolveShipped(name);
    expect(() => refuseMisfits(profile, layers, { ...limits, cpus: [0, 1] })).not.toThrow();
  });

  it('tuned differs from stock by its tuning only', async () => {
    const differences = diffProfiles(await resolveShipped('stock'), await resolveShipped('tuned'));
    expect(differences.map(({ parameter, baseline, candidate }) => [parameter, baseline, candidate])).toEqual([
      ['guest.docker.cpuset', null, '1'],
    ]);
  });
});
