import { readdir, readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { parsePlan } from '../../src/plans/parse-plan.ts';
import { renderPlanFile, renderProfileFile } from '../../src/plans/render-plan-files.ts';
import type { Profile } from '../../src/profiles/profile.schema.ts';
import { parseResolvedProfile, resolveProfile } from '../../src/profiles/resolve-profile.ts';

const home = new URL('../../runner-setup/', import.meta.url);
const list = async (folder: string) =>
  (await readdir(new URL(folder, home))).map((file) => file.replace(/\.yaml$/, '')).sort();
const read = async (folder: string, name: string) => ({
  text: await readFile(new URL(`${folder}/${name}.yaml`, home), 'utf8'),
  fileName: `${name}.yaml`,
});

const plans = await list('plans');
const profiles = await list('profiles');

describe('files of a plan directory', () => {
  it.each(plans)('plan %s comes back as it was', async (name) => {
    const { text } = await read('plans', name);
    const plan = parsePlan(text, 'shipped', name);
    expect(parsePlan(renderPlanFile(plan), 'plan.yaml', null)).toEqual(plan);
  });

  it.each(profiles)('profile %s comes back with the same hash, standing alone', async (name) => {
    const profile = await resolveProfile(name, (wanted) => read('profiles', wanted));
    const text = renderProfileFile(profile);
    expect(await parseResolvedProfile({ text, fileName: 'candidate.yaml' })).toEqual({ ...profile, compareTo: null });
  });

  it('keeps texts that look like something else', async () => {
    const profile: Profile = {
      name: 'on',
      description: 'yes: "no"\n# not a comment\n--- {a: b}',
      compareTo: null,
      parameters: { 'guest.qemu.cpu.model': '1e3', 'guest.docker.cpuset': '1' },
      sha256: '',
    };
    const back = await parseResolvedProfile({ text: renderProfileFile(profile), fileName: 'baseline.yaml' });
    expect(back).toMatchObject({ name: 'on', description: profile.description });
    expect(back.parameters).toEqual(profile.parameters);
  });

  it('refuses a profile that extends another', async () => {
    const file = { text: 'name: a\nextends: stock\n', fileName: 'candidate.yaml' };
    await expect(parseResolvedProfile(file)).rejects.toThrow(
      'candidate.yaml:2:1: this profile extends another, one that stands alone is accepted here',
    );
  });
});
