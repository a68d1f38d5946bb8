import { afterAll, beforeAll, expect, it } from 'vitest';
import { takeSnapshot } from '../system/machine-snapshot.ts';
import { before, harmless } from './changes.ts';
import { listKeptRuns, readCheck, readReport } from './findings.ts';
import { createRig, onPull, type Rig } from './rig.ts';
import { waitUntil } from './wait-until.ts';

let rig: Rig;
beforeAll(async () => {
  rig = await createRig(before);
});
afterAll(() => rig.close());

it('cancelled in the middle: post ends the run and keeps what was measured, and the comment says so', async () => {
  const [machine, kept] = [await takeSnapshot(), listKeptRuns()];
  const pull = await rig.openPull(harmless);
  const started = await rig.start(onPull('opened', pull));
  await waitUntil('a running guest', 300, () => /fresh start 3 of 8/.test(started.said()), started.said);
  // Once: act kills what main runs, without a signal before it, and goes on with what is under always().
  started.process.kill('SIGINT');
  const run = await started.ended;
  expect(run.exitCode).not.toBe(0);
  const measure = run.jobs.find(({ id }) => id === 'measure')?.steps ?? [];
  expect(measure.find(({ stage, step }) => stage === 'Post' && step.includes('measure'))?.result, run.log).toBe(
    'success',
  );
  expect(run.jobs.map(({ id }) => id)).toContain('gate');
  expect(readReport(rig, pull)).toMatch(/interrupted|partial|not complete|incomplete/i);
  expect(readCheck(rig, pull.headSha)).toMatchObject({ status: 'completed', conclusion: 'failure' });
  expect(await takeSnapshot()).toEqual(machine);
  expect(listKeptRuns()).toEqual(kept);
});
