import { rm, rmdir } from 'node:fs/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { findRunFolders, runsFolder } from '../../src/hosts/root-program.ts';
import { takeSnapshot } from '../system/machine-snapshot.ts';
import { before, harmless } from './changes.ts';
import { allJobs, expectJobs, listKeptRuns, readCheck, readReport, resultOf } from './findings.ts';
import { killTree } from './process-tree.ts';
import { createRig, onPull, type Rig } from './rig.ts';
import { waitUntil } from './wait-until.ts';

let rig: Rig;
beforeAll(async () => {
  rig = await createRig(before);
});
afterAll(() => rig.close());

it('a runner killed with SIGKILL in mid-run: the next job on that host finds what it left, and measures', async () => {
  const [machine, kept] = [await takeSnapshot(), listKeptRuns()];
  const pull = await rig.openPull(harmless);
  const killed = await rig.start(onPull('opened', pull));
  await waitUntil('a running guest', 300, () => /fresh start 3 of 8/.test(killed.said()), killed.said);
  killTree(killed.process.pid ?? 0);
  await killed.ended;
  expect(readCheck(rig, pull.headSha)).toMatchObject({ status: 'in_progress' });

  const run = await rig.run(onPull('reopened', pull));
  expectJobs(run, allJobs);
  for (const job of allJobs) expect(resultOf(run, job), run.log).toBe('success');
  expect(readReport(rig, pull)).toContain('tcp_rr');
  expect(readCheck(rig, pull.headSha)).toMatchObject({ status: 'completed', conclusion: 'success' });
  const { state: _, ...rest } = await takeSnapshot();
  const { state: __, ...wanted } = machine;
  expect(rest).toEqual(wanted);
  // Nobody fetched what was measured until the kill: it is kept for a week, for whoever wants to look.
  const left = listKeptRuns().filter((id) => !kept.includes(id));
  expect(left).toHaveLength(1);
  for (const id of left) await rm(findRunFolders(id).folder, { recursive: true });
  await rmdir(runsFolder).catch(() => {});
});
