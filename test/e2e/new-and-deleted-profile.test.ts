import { afterAll, beforeAll, expect, it } from 'vitest';
import { before, profilePath, tune } from './changes.ts';
import { allJobs, expectJobs, readCheck, readReport, resultOf } from './findings.ts';
import { createRig, onPull, type Rig } from './rig.ts';

let rig: Rig;
beforeAll(async () => {
  rig = await createRig(before);
});
afterAll(() => rig.close());

it('a new profile is compared with stock', async () => {
  const pull = await rig.openPull(tune({ 'guest.docker.sysctl.net.core.somaxconn': '1024' }, 'fresh'));
  const run = await rig.run({ ...onPull('opened', pull), host: 'steady' });
  expectJobs(run, allJobs);
  expect(resultOf(run, 'gate'), run.log).toBe('success');
  expect(run.jobs.find(({ id }) => id === 'measure')?.matrix.comparison).toBe('fresh');
  expect(readReport(rig, pull)).toContain('stock');
});

it('a deleted profile is compared with nothing: a sentence and a green check', async () => {
  const pull = await rig.openPull({ [profilePath('tuned')]: null }, { branch: 'without' });
  const run = await rig.run({ ...onPull('opened', pull), host: 'steady' });
  expectJobs(run, ['plan', 'announce', 'report', 'gate']);
  expect(resultOf(run, 'gate'), run.log).toBe('success');
  expect(readReport(rig, pull)).toMatch(/deleted/i);
  expect(readCheck(rig, pull.headSha)).toMatchObject({ status: 'completed', conclusion: 'success' });
});
