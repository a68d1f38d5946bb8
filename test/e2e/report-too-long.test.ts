import { afterAll, beforeAll, expect, it } from 'vitest';
import { tune } from './changes.ts';
import { expectJobs, readCheck, readReport } from './findings.ts';
import { createRig, onPull, type Rig, smallPlan } from './rig.ts';
import type { Change } from './test-repository.ts';

/** As many profiles as a pull request may have measured, on two hosts: a report longer than GitHub takes, by measure. */
const names = ['one', 'two', 'three'];

function tuneAll(value: string): Change {
  return Object.assign({}, ...names.map((name) => tune({ 'guest.docker.sysctl.net.core.somaxconn': value }, name)));
}

const widePlan = smallPlan
  .replace('guests: [docker]', 'guests: [docker, bare]')
  .replace('tests: [tcp_rr]', 'tests: [tcp_rr, tcp_stream, udp_rr, udp_stream, ping, iperf_tcp, iperf_udp]');

let rig: Rig;
beforeAll(async () => {
  rig = await createRig({ ...tuneAll('512'), 'runner-setup/plans/quick.yaml': widePlan });
});
afterAll(() => rig.close());

it('two hosts and three profiles: the report is shortened, and still says every verdict and where the rest is', async () => {
  const pull = await rig.openPull(tuneAll('1024'));
  const variables = { TUNEGATE_HOSTS: 'stock, tuned' };
  const run = await rig.run({ ...onPull('opened', pull), host: 'steady', variables });
  expectJobs(run, ['plan', 'announce', ...Array(6).fill('measure'), 'report', 'gate']);
  const report = readReport(rig, pull);
  expect(report.length).toBeLessThanOrEqual(65_536);
  expect(report).toMatch(/did not fit into a comment/);
  expect(report).toMatch(/artifacts\/\d+/);
  for (const name of names) expect(report).toMatch(new RegExp(`\\| ${name} \\| (stock|tuned) \\| \\S+\\sunchanged`));
  expect(readCheck(rig, pull.headSha)).toMatchObject({ status: 'completed', conclusion: 'success' });
});
