import { afterAll, beforeAll, expect, it } from 'vitest';
import { before, harmless } from './changes.ts';
import { allJobs, expectJobs, readCheck, readReport, resultOf } from './findings.ts';
import { createRig, onPull, type Rig } from './rig.ts';

let rig: Rig;
beforeAll(async () => {
  rig = await createRig(before);
});
afterAll(() => rig.close());

it('an API of which every second call fails delays everything and changes nothing', async () => {
  // The store of artifacts is not the API, and its client gives up on a 502.
  const trouble = rig.server.misbehave({ kind: 'bad-gateway', operation: /^(?!blob)[\w-]+\//, every: 2 });
  const pull = await rig.openPull(harmless);
  const run = await rig.run({ ...onPull('opened', pull), host: 'steady' });
  expectJobs(run, allJobs);
  for (const job of allJobs) expect(resultOf(run, job), run.log).toBe('success');
  expect(trouble.spoilt).toBeGreaterThan(5);
  expect(readReport(rig, pull)).toContain('tcp_rr');
  expect(readCheck(rig, pull.headSha)).toMatchObject({ status: 'completed', conclusion: 'success' });
});
