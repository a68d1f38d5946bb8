import { afterAll, beforeAll, expect, it } from 'vitest';
import { before } from './changes.ts';
import { expectJobs, readCheck, resultOf } from './findings.ts';
import { createRig, onPull, type Rig } from './rig.ts';

let rig: Rig;
beforeAll(async () => {
  rig = await createRig(before);
});
afterAll(() => rig.close());

it('a pull request without tuning files measures nothing, and the gate is green', async () => {
  const pull = await rig.openPull({ 'README.md': 'Another text.\n' });
  const run = await rig.run(onPull('opened', pull));
  expectJobs(run, ['plan', 'announce', 'report', 'gate']);
  expect(resultOf(run, 'gate'), run.log).toBe('success');
  expect(readCheck(rig, pull.headSha)).toMatchObject({ conclusion: 'success', title: 'Nothing to measure' });
});

it('another label, and talk on the pull request, start nothing at all', async () => {
  const pull = await rig.openPull({ 'docs.md': 'Words.\n' }, { branch: 'words' });
  for (const request of [
    onPull('labeled', pull, { label: { name: 'documentation' } }),
    rig.comment(pull, { author: 'somebody', body: 'Nice! Use /tunegate run', association: 'NONE' }),
  ]) {
    const run = await rig.run(request);
    expectJobs(run, []);
    expect(run.exitCode, run.log).toBe(0);
  }
});
