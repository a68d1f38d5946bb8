import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { before, harmless } from './changes.ts';
import { allJobs, expectJobs, readCheck, readReport, resultOf } from './findings.ts';
import { createRig, onPull, type Rig } from './rig.ts';

describe('a pull request that changes a profile', () => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await createRig(before);
  });
  afterAll(() => rig.close());

  it('is measured with real guests, and gets a comment, a check and an open gate', async () => {
    const pull = await rig.openPull(harmless);
    const run = await rig.run(onPull('opened', pull));
    expectJobs(run, allJobs);
    for (const job of allJobs) expect(resultOf(run, job), run.log).toBe('success');
    expect(run.exitCode, run.log).toBe(0);
    const report = readReport(rig, pull);
    process.stdout.write(`${report}\n`);
    expect(report).toMatch(/tcp_rr docker.*bridge/);
    expect(report).toMatch(/\d+(\.\d+)? µs/);
    expect(readCheck(rig, pull.headSha)).toMatchObject({ status: 'completed', conclusion: 'success' });
    expect(rig.server.violations).toEqual([]);
  });
});
