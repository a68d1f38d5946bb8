import { afterAll, beforeAll, expect, it } from 'vitest';
import { before, harmful } from './changes.ts';
import { allJobs, expectJobs, readCheck, readReport, resultOf } from './findings.ts';
import { createRig, onPull, type Rig, smallPlan } from './rig.ts';

let rig: Rig;
beforeAll(async () => {
  // 1 s that ends while the server stands still is a tenth short, and no sample at all; 3 s are not.
  rig = await createRig({ ...before, 'runner-setup/plans/quick.yaml': smallPlan.replace('seconds: 1', 'seconds: 3') });
});
afterAll(() => rig.close());

it('a change that really makes guests slower is called a regression, and the gate is red', async () => {
  const pull = await rig.openPull(harmful);
  const run = await rig.run(onPull('opened', pull));
  expectJobs(run, allJobs);
  for (const job of ['plan', 'announce', 'measure', 'report']) expect(resultOf(run, job), run.log).toBe('success');
  expect(resultOf(run, 'gate'), run.log).toBe('failure');
  const report = readReport(rig, pull);
  expect(report).toMatch(/regress/i);
  expect(report).toContain('guest.docker.cpus');
  expect(readCheck(rig, pull.headSha)).toMatchObject({
    status: 'completed',
    conclusion: 'failure',
    title: 'Regressed',
  });
});
