import { afterAll, beforeAll, expect, it } from 'vitest';
import { before, harmless, tune } from './changes.ts';
import { allJobs, expectJobs, readCheck, readReport, resultOf } from './findings.ts';
import { createRig, onPull, type Rig } from './rig.ts';

let rig: Rig;
beforeAll(async () => {
  rig = await createRig(before);
});
afterAll(() => rig.close());

it('two pull requests at once: the lock of the host lets one wait, and each gets its own report', async () => {
  const other = tune({ 'guest.docker.cpuset': '"1"', 'guest.docker.sysctl.net.ipv4.tcp_fastopen': '3' });
  const pulls = [await rig.openPull(harmless, { branch: 'one' }), await rig.openPull(other, { branch: 'two' })];
  const runs = await Promise.all(pulls.map((pull) => rig.run(onPull('opened', pull))));
  for (const [index, run] of runs.entries()) {
    expectJobs(run, allJobs);
    for (const job of allJobs) expect(resultOf(run, job), run.log).toBe('success');
    const pull = pulls[index];
    if (pull === undefined) throw new Error('a run without a pull request');
    expect(readReport(rig, pull)).toContain(index === 0 ? 'somaxconn' : 'tcp_fastopen');
    expect(readCheck(rig, pull.headSha)).toMatchObject({ status: 'completed', conclusion: 'success' });
  }
});
