import { afterAll, beforeAll, expect, it } from 'vitest';
import { before, harmful, harmless } from './changes.ts';
import { allJobs, expectJobs, readCheck, resultOf } from './findings.ts';
import { createRig, onPull, type Rig, writer } from './rig.ts';

let rig: Rig;
beforeAll(async () => {
  rig = await createRig(before);
});
afterAll(() => rig.close());

it('approval of a fork holds for one commit: a push ends it', async () => {
  const pull = await rig.openPull(harmless, { branch: 'from-a-fork', fork: 'stranger' });
  const body = `/tunegate run ${pull.headSha}`;
  const approval = rig.comment(pull, { author: writer, body, association: 'COLLABORATOR' });
  const run = await rig.run({ ...approval, host: 'steady' });
  expectJobs(run, allJobs);
  expect(resultOf(run, 'gate'), run.log).toBe('success');
  expect(readCheck(rig, pull.headSha)).toMatchObject({ conclusion: 'success' });

  const pushed = await rig.push(pull, harmful);
  const second = await rig.run(onPull('synchronize', pushed));
  expect(second.jobs.map(({ id }) => id)).not.toContain('measure');
  expect(readCheck(rig, pushed.headSha)).toMatchObject({ conclusion: 'failure', title: 'Waiting for approval' });

  // The same comment once more, for what is no longer the head.
  const third = await rig.run({ ...approval, host: 'steady' });
  expect(third.jobs.map(({ id }) => id)).not.toContain('measure');
  expect(readCheck(rig, pushed.headSha).conclusion).not.toBe('success');
});
