import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { bundleActions } from '../../runner-setup/bundle-actions.ts';
import { deploymentSchema } from '../../src/guests/deployment.schema.ts';
import { findRunFolders } from '../../src/hosts/root-program.ts';
import { readRun } from '../../src/results/read-journal.ts';
import { writePlanDirectory } from '../actions/plan-directory.ts';
import { projectHome } from '../cli/fake-surroundings.ts';
import { writeRootProgram } from '../e2e/root-program.ts';
import { startLab } from '../fakes/github-server/lab.ts';
import type { GitHubServer } from '../fakes/github-server/server.ts';
import { describeWith } from '../requirements.ts';
import { runTunegate } from '../run-tunegate.ts';
import { takeSnapshot } from './machine-snapshot.ts';
import { type Job, listRuns, readJournals, readOutputs, runAction, startAction } from './run-action.ts';

describeWith(['root', 'namespaces', 'docker', 'netperf', 'iperf3', 'ping'], 'built actions on this machine', () => {
  let folder: string;
  let server: GitHubServer;
  let before: Awaited<ReturnType<typeof takeSnapshot>>;
  let rootProgram: string;
  let runId = 770_000;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tunegate-actions-'));
    await bundleActions(projectHome, join(folder, 'dist'));
    await writePlanDirectory(join(folder, 'plan'));
    rootProgram = await writeRootProgram(join(folder, 'root'));
    server = await startLab();
    before = await takeSnapshot();
  });

  afterAll(async () => {
    await server.close();
    await rm(folder, { recursive: true });
  });

  const createJob = async (): Promise<Job> => {
    runId += 1;
    server.addRun(runId);
    const job = { dist: join(folder, 'dist'), folder: join(folder, String(runId)), server, runId, rootProgram };
    await mkdir(join(job.folder, 'temp'), { recursive: true });
    return job;
  };
  const measure = (): Parameters<typeof startAction>[1] => ({
    action: 'measure',
    inputs: { 'plan-directory': join(folder, 'plan'), comparison: 'tuned', host: 'stock', 'wait-minutes': '1' },
  });
  const listArtifacts = (job: Job) =>
    [...server.state.artifacts.values()].filter(({ runId: run }) => run === job.runId).map(({ name }) => name);
  /** Resolves when a sample was taken. */
  const isMeasuring = (job: Job) =>
    expect.poll(() => readJournals(job), { timeout: 60_000, interval: 50 }).toMatch(/"kind":"sample"/);
  const expectNothingLeft = async (job: Job) => {
    expect(await takeSnapshot()).toEqual(before);
    expect(await listRuns(job)).toEqual([]);
  };

  it('measure a comparison and upload the run', async () => {
    const job = await createJob();
    const { code, said } = await runAction(job, measure());
    expect(code, said).toBe(0);
    expect(said).toMatch(/^::stop-commands::/);
    const outputs = await readOutputs(job, 'measure');
    expect(outputs.get('status')).toBe('complete');
    expect(outputs.get('artifact-name')).toBe('tunegate-run-stock-tuned-1');
    const run = await readRun(outputs.get('run-directory') ?? '');
    expect(run.end).toMatchObject({ status: 'complete' });
    expect([run.header.baseline.profile, run.header.candidate.profile]).toEqual(['tuned', 'tuned']);
    expect(run.header.baseline.sha256).not.toBe(run.header.candidate.sha256);
    expect((await runAction(job, { action: 'measure', part: 'post' })).code).toBe(0);
    expect(listArtifacts(job)).toEqual(['tunegate-run-stock-tuned-1']);
    await expectNothingLeft(job);
  });

  it('end within 7 s of a cancellation, with everything cleaned up and the journal uploaded by the post', async () => {
    const job = await createJob();
    const started = await startAction(job, measure());
    await isMeasuring(job);
    const cancelled = performance.now();
    started.process.kill('SIGINT');
    const { code, said } = await started.ended;
    expect((performance.now() - cancelled) / 1000).toBeLessThan(7);
    expect(code).toBe(1);
    expect(said).toContain('::error::interrupted by SIGINT');
    expect(await takeSnapshot()).toEqual(before);
    expect(listArtifacts(job)).toEqual([]);
    const post = await runAction(job, { action: 'measure', part: 'post' });
    expect(post.said).not.toContain('::warning::');
    expect(listArtifacts(job)).toEqual(['tunegate-run-stock-tuned-1']);
    const run = await readRun(join(job.folder, 'temp', 'tunegate-run-stock-tuned-1'));
    expect(run.end).toMatchObject({ status: 'interrupted' });
    await expectNothingLeft(job);
  });

  it('that were killed leave a run which the post ends, uploads and forgets', async () => {
    const job = await createJob();
    const started = await startAction(job, measure());
    await isMeasuring(job);
    started.process.kill('SIGKILL');
    await started.ended;
    const post = await runAction(job, { action: 'measure', part: 'post' });
    expect(post.said).not.toContain('::warning::');
    expect(listArtifacts(job)).toEqual(['tunegate-run-stock-tuned-1']);
    const run = await readRun(join(job.folder, 'temp', 'tunegate-run-stock-tuned-1'));
    expect(run.end).toMatchObject({ status: 'interrupted' });
    expect(run.samples.length).toBeGreaterThan(0);
    await expectNothingLeft(job);
  });

  it('killed together with the privileged program are cleaned up after by the post, and by the next job without it', async () => {
    const killAll = async (job: Job) => {
      const started = await startAction(job, measure());
      await isMeasuring(job);
      const [id = ''] = await listRuns(job);
      const { pid } = JSON.parse(await readFile(join(findRunFolders(id).folder, 'owner.json'), 'utf8'));
      started.process.kill('SIGKILL');
      process.kill(pid, 'SIGKILL');
      await started.ended;
      return id;
    };
    const withPost = await createJob();
    await killAll(withPost);
    expect((await runAction(withPost, { action: 'measure', part: 'post' })).said).not.toContain('::warning::');
    expect(listArtifacts(withPost)).toEqual(['tunegate-run-stock-tuned-1']);
    await expectNothingLeft(withPost);

    const withoutPost = await createJob();
    const id = await killAll(withoutPost);
    const next = await createJob();
    const { code, said } = await runAction(next, measure());
    expect(code, said).toBe(0);
    expect(said).toContain('removed what an earlier run left behind');
    await runAction(next, { action: 'measure', part: 'post' });
    await expectNothingLeft(next);
    // What was measured is kept for a week: nobody has fetched it.
    expect(await listRuns(withoutPost)).toEqual([id]);
    await runAction(withoutPost, { action: 'measure', part: 'post' });
    await expectNothingLeft(withoutPost);
  });

  it('provision a guest, measure it twice, and remove it', async () => {
    const job = await createJob();
    const profile = join(folder, 'mine.yaml');
    await writeFile(profile, 'name: mine\nparameters:\n  guest.docker.memory: 512MiB\n');
    const guest = { action: 'provision-guest', inputs: { 'profile-file': profile, guest: 'docker' } };
    const provisioned = await runAction(job, guest);
    expect(provisioned.code, provisioned.said).toBe(0);
    const outputs = await readOutputs(job, 'provision-guest');
    const deploymentFile = outputs.get('deployment-file') ?? '';
    const deployment = deploymentSchema.parse(JSON.parse(await readFile(deploymentFile, 'utf8')));
    expect(outputs.get('address')).toBe(deployment.address);
    expect(outputs.get('control-port')).toBe('12865');
    const { signal } = new AbortController();
    const verified = await runTunegate(signal, 'profile', 'verify', profile, '--deployment', deploymentFile, '--json');
    expect(JSON.parse(verified)).toMatchObject({ inForce: true });

    const folders: string[] = [];
    for (const step of ['first', 'second']) {
      const inputs = { 'deployment-file': deploymentFile, tests: 'tcp_rr', samples: '2', seconds: '1' };
      const benchmark = await runAction(job, { action: 'run-benchmarks', step, inputs });
      expect(benchmark.code, benchmark.said).toBe(0);
      folders.push((await readOutputs(job, step)).get('run-directory') ?? '');
      await runAction(job, { action: 'run-benchmarks', part: 'post', step });
    }
    const comparison = JSON.parse(await runTunegate(signal, 'compare', ...folders, '--json'));
    expect(comparison.cells.find(({ role }: { role: string }) => role === 'primary')).toMatchObject({
      ...{ id: 'docker/bridge/tcp_rr/latency', baseline: { n: 2 }, candidate: { n: 2 } },
    });

    await runAction(job, { action: 'provision-guest', part: 'post' });
    await expectNothingLeft(job);
    const inputs = { 'deployment-file': deploymentFile, tests: 'tcp_rr' };
    const late = await runAction(job, { action: 'run-benchmarks', step: 'late', inputs });
    expect(late.code).toBe(1);
    expect(late.said).toContain(`::error::no guest is held under the id ${deployment.held?.id}`);
    await runAction(job, { action: 'run-benchmarks', part: 'post', step: 'late' });
    await expectNothingLeft(job);
  });

  it('do not provision a guest that this machine cannot start as asked', async () => {
    const job = await createJob();
    const profile = join(folder, 'large.yaml');
    await writeFile(profile, 'name: large\nparameters:\n  guest.docker.cpuset: "4000"\n');
    const { code, said } = await runAction(job, {
      action: 'provision-guest',
      inputs: { 'profile-file': profile, guest: 'docker' },
    });
    expect(code).toBe(1);
    expect(said).toMatch(/::error::.*guest.docker.cpuset/);
    expect([...(await readOutputs(job, 'provision-guest'))]).toEqual([]);
    await runAction(job, { action: 'provision-guest', part: 'post' });
    await expectNothingLeft(job);
  });
});
