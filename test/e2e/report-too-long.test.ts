import { afterAll, beforeAll, expect, it } from 'vitest';
import { profilePath, tune } from './changes.ts';
import { expectJobs, readCheck, readReport } from './findings.ts';
import { createRig, onPull, type Rig, smallPlan } from './rig.ts';
import type { Change } from './test-repository.ts';

/** As many profiles as give a report longer than GitHub takes, by measure; each is a section. */
const names = Array.from({ length: 24 }, (_, index) => `profile-${index}`);

function tuneAll(value: string): Change {
  return Object.assign({}, ...names.map((name) => tune({ 'guest.docker.sysctl.net.core.somaxconn': value }, name)));
}

const widePlan = smallPlan
  .replace('guests: [docker]', 'guests: [docker, bare]')
  .replace('tests: [tcp_rr]', 'tests: [tcp_rr, tcp_stream, udp_rr, udp_stream, ping]');

let rig: Rig;
beforeAll(async () => {
  rig = await createRig({ ...tuneAll('512'), [profilePath('tuned')]: null, 'runner-setup/plans/quick.yaml': widePlan });
});
afterAll(() => rig.close());

it('a report that is longer than GitHub takes is shortened, and still says verdict and where the rest is', async () => {
  const pull = await rig.openPull(tuneAll('1024'));
  const run = await rig.run({ ...onPull('opened', pull), host: 'steady' });
  expectJobs(run, ['plan', 'announce', ...names.map(() => 'measure'), 'report', 'gate']);
  const report = readReport(rig, pull);
  expect(report.length).toBeLessThanOrEqual(65_536);
  expect(report).toMatch(/artifact/i);
  for (const name of names) expect(report).toContain(name);
  expect(readCheck(rig, pull.headSha)).toMatchObject({ status: 'completed', conclusion: 'success' });
});
