import { afterAll, beforeAll, expect, it } from 'vitest';
import { before, harmless } from './changes.ts';
import { expectJobs, readCheck, resultOf } from './findings.ts';
import { createRig, onPull, type Rig } from './rig.ts';

let rig: Rig;
beforeAll(async () => {
  rig = await createRig(before);
});
afterAll(() => rig.close());

const unmeasured = ['plan', 'announce', 'report', 'gate'];

it('a fork without approval is not measured, and its check does not pass', async () => {
  const pull = await rig.openPull(harmless, { branch: 'from-a-fork', fork: 'stranger' });
  const run = await rig.run(onPull('opened', pull));
  expectJobs(run, unmeasured);
  expect(resultOf(run, 'gate'), run.log).toBe('failure');
  expect(readCheck(rig, pull.headSha)).toMatchObject({ conclusion: 'failure', title: 'Waiting for approval' });

  // The stranger approves: whatever the event says of them, the API knows their permission.
  const body = `/tunegate run ${pull.headSha}`;
  const claim = await rig.run(rig.comment(pull, { author: 'stranger', body, association: 'MEMBER' }));
  expect(claim.jobs.map(({ id }) => id)).not.toContain('measure');
  expect(readCheck(rig, pull.headSha).conclusion).not.toBe('success');

  // Somebody with rights approves another commit.
  const other = `/tunegate run ${pull.baseSha}`;
  const wrong = await rig.run(rig.comment(pull, { author: 'lab-owner', body: other, association: 'OWNER' }));
  expect(wrong.jobs.map(({ id }) => id)).not.toContain('measure');
  expect(readCheck(rig, pull.headSha).conclusion).not.toBe('success');
});
