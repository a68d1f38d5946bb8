import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { collectRuns } from '../../../actions/record-history/collect-runs.ts';
import { readHistoryInputs } from '../../../actions/record-history/inputs.ts';
import { readRun } from '../../../src/results/read-journal.ts';
import type { GitHubServer } from '../../fakes/github-server/server.ts';
import { actAsJob, buildMeasuredRun, silenceClients, startLab, upload, writePlan, writeRun } from '../report/stage.ts';

let server: GitHubServer;
let folder: string;
beforeEach(async () => {
  silenceClients();
  server = await startLab();
  folder = await mkdtemp(join(tmpdir(), 'collect-'));
  actAsJob(server, 40);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  const { violations } = server;
  await server.close();
  await rm(folder, { recursive: true });
  expect(violations).toEqual([]);
});
const inputs = readHistoryInputs((name) => (name === 'github-token' ? 'x' : ''));
const collect = () => collectRuns(inputs, { folder, attempt: 1 });

it('takes the runs that the jobs before have uploaded, by the names of the plan', async () => {
  await upload(server, writePlan(server), [{ folder: writeRun(buildMeasuredRun(0.9)) }]);
  const { runs, commit, missing } = await collect();
  expect(runs).toMatchObject([{ host: 'lab-1', comparison: 'tuned', requested: { name: 'tuned' } }]);
  expect((await readRun(runs[0]?.folder ?? '')).header.candidate.profile).toBe('tuned');
  expect(commit).toMatch(/^[0-9a-f]{40}$/);
  expect(missing).toEqual([]);
});

it('names the runs that are not there', async () => {
  await upload(server, writePlan(server), []);
  expect(await collect()).toMatchObject({
    runs: [],
    missing: ["Tonight's run of tuned on lab-1 is not recorded: its job has left no figures."],
  });
});
