import { afterAll, beforeAll, expect, it } from 'vitest';
import { before } from './changes.ts';
import { expectJobs } from './findings.ts';
import { createRig, type Rig, smallPlan } from './rig.ts';

let rig: Rig;
beforeAll(async () => {
  rig = await createRig({ ...before, 'runner-setup/plans/full.yaml': smallPlan.replace('name: quick', 'name: full') });
});
afterAll(() => rig.close());

it('every night is kept on a branch of its own, one file after the other', async () => {
  const nights = [];
  for (let night = 1; night <= 2; night += 1) {
    const run = await rig.run({ workflow: 'nightly.yml', eventName: 'schedule', event: {}, host: 'steady' });
    expectJobs(run, ['plan', 'measure', 'report', 'record-history']);
    expect(run.exitCode, run.log).toBe(0);
    const { refs, objects } = rig.server.repository();
    const tip = refs.get('refs/heads/tunegate-history') ?? '';
    nights.push(objects.commits.get(tip)?.parents ?? []);
    expect(tip, run.log).not.toBe('');
  }
  // The branch begins with the first night, and the second comes after it.
  expect(nights.map((parents) => parents.length)).toEqual([0, 1]);
  expect(rig.server.violations).toEqual([]);
});
