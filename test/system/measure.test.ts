import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { readRun } from '../../src/results/read-journal.ts';
import { describeWith } from '../requirements.ts';
import { takeSnapshot } from './machine-snapshot.ts';

/** Small enough for a test, large enough that a signal hits it in the middle. */
const plan = `name: tiny
description: Docker and bare on the bridge, two tests.
layers: [guest]
guests: [docker, bare]
attachments: [bridge]
tests: [tcp_rr, ping]
deployments: 1
samples: 1
seconds: 1
ping: { count: 3, intervalSeconds: 0.1 }
`;

describeWith(['root', 'namespaces', 'docker', 'netperf', 'iperf3', 'ping'], 'tunegate measure on this machine', () => {
  let folder: string;
  let before: Awaited<ReturnType<typeof takeSnapshot>>;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tunegate-system-'));
    await writeFile(join(folder, 'tiny.yaml'), plan);
    before = await takeSnapshot();
  });

  const start = (out: string, ...flags: string[]) => {
    const args = [
      'cli/tunegate.mjs',
      'measure',
      '--plan',
      join(folder, 'tiny.yaml'),
      '--out',
      join(folder, out),
      ...flags,
    ];
    return spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  };

  const finish = async (child: ChildProcess) => {
    let said = '';
    child.stdout?.on('data', (chunk) => {
      said += chunk;
    });
    child.stderr?.on('data', (chunk) => {
      said += chunk;
    });
    const [code] = await once(child, 'exit');
    return { code, said };
  };

  /** Resolves when the journal of the run has a line that matches. */
  const journalHas = (out: string, pattern: RegExp) =>
    expect
      .poll(() => readFile(join(folder, out, 'run.jsonl'), 'utf8').catch(() => ''), { timeout: 30_000, interval: 20 })
      .toMatch(pattern);

  it('measures a plan, proves every setting, and leaves the machine as it was', async () => {
    const { code, said } = await finish(start('complete', '--seed', '7'));
    expect(said).toContain('Clean up');
    expect(code).toBe(0);
    const run = await readRun(join(folder, 'complete'));
    expect(run.warnings).toEqual([]);
    expect(run.end).toMatchObject({ status: 'complete', reason: null });
    expect(run.header.seed).toBe(7);
    expect(run.deployments.map(({ id }) => id)).toEqual(['d001', 'd002', 'd003', 'd004']);
    for (const guest of ['docker', 'bare']) {
      const sides = run.deployments.filter((deployment) => deployment.guest === guest).map(({ side }) => side);
      expect(sides.toSorted()).toEqual(['baseline', 'candidate']);
    }
    const results = run.deployments
      .filter(({ guest }) => guest === 'docker')
      .flatMap(({ checks }) => checks.map(({ result }) => result));
    expect(new Set(results)).toEqual(new Set(['verified']));
    expect(run.samples.map(({ status }) => status)).toEqual(Array(16).fill('ok'));
    expect(run.samples.filter(({ phase }) => phase === 'warmup')).toHaveLength(8);
    expect(run.samples.map(({ order }) => order)).toEqual(run.samples.map((_, index) => index + 1));
    for (const { test, metrics } of run.samples) expect(metrics.latency, test).toMatchObject({ unit: 's' });
    expect(await takeSnapshot()).toEqual(before);
  }, 60_000);

  it('refuses a folder that holds a run, with exit code 2 and nothing started', async () => {
    const { code, said } = await finish(start('complete'));
    expect(said).toContain('already holds a run');
    expect(code).toBe(2);
  }, 20_000);

  it.each(['SIGINT', 'SIGTERM'] as const)(
    'cleans up after %s and leaves a valid journal',
    async (signal) => {
      const child = start(signal);
      const finished = finish(child);
      await journalHas(signal, /"phase":"warmup"/);
      child.kill(signal);
      const { code, said } = await finished;
      expect(said).toContain('interrupted');
      expect(code).toBe(130);
      const run = await readRun(join(folder, signal));
      expect(run.end).toMatchObject({ status: 'interrupted', reason: `interrupted by ${signal}` });
      expect(run.deploymentEnds.at(-1)).toMatchObject({ status: 'failed', reason: `interrupted by ${signal}` });
      expect(await takeSnapshot()).toEqual(before);
    },
    60_000,
  );

  it('a run whose starter is killed ends by itself and cleans up, and the next one waits for that', async () => {
    const child = start('orphaned');
    await journalHas('orphaned', /"phase":"warmup"/);
    child.kill('SIGKILL');
    const { code } = await finish(start('after-orphan'));
    expect(code).toBe(0);
    const run = await readRun(join(folder, 'orphaned'));
    expect(run.end).toMatchObject({ status: 'interrupted', reason: expect.stringContaining('that started it') });
    expect(await takeSnapshot()).toEqual(before);
  }, 90_000);

  it('a run killed in the middle leaves a valid journal, and the next start removes what it left', async () => {
    const child = start('killed');
    await journalHas('killed', /"kind":"sample"/);
    const run = JSON.parse((await readFile('/var/lib/tunegate/lock', 'utf8')).trim());
    // The process that measures, not the one that found it a newer Node.
    process.kill(run.pid, 'SIGKILL');
    await once(child, 'exit');
    expect(await takeSnapshot()).not.toEqual(before);
    const killed = await readRun(join(folder, 'killed'));
    expect(killed.end).toBeNull();
    expect(killed.samples.length).toBeGreaterThan(0);

    const { code, said } = await finish(start('after-kill'));
    expect(said).toMatch(/removed what an earlier run left behind: .*dockerd.*network namespace tghost/);
    expect(code, said).toBe(0);
    expect(await takeSnapshot()).toEqual(before);
  }, 90_000);

  it('a run killed in the middle goes on with --resume, and only with what it began with', async () => {
    const file = join(folder, 'resumed', 'run.jsonl');
    const child = start('resumed', '--seed', '7');
    await journalHas('resumed', /"kind":"deployment-end".*\n.*"kind":"deployment".*\n.*"kind":"sample"/);
    process.kill(JSON.parse(await readFile('/var/lib/tunegate/lock', 'utf8')).pid, 'SIGKILL');
    await once(child, 'exit');
    const whole = await readFile(file, 'utf8');
    await appendFile(file, '{"kind":"sample","ti');

    for (const [flag, value, finding] of [
      ['--seed', '8', 'the seed is 8, but was 7'],
      ['--seconds', '2', 'seconds of the plan is 2, but was 1'],
      ['--candidate', 'stock', 'the profile of the candidate is stock with sha256'],
    ] as const) {
      const { code, said } = await finish(start('resumed', '--resume', flag, value));
      expect(said).toContain(finding);
      expect(code).toBe(2);
    }
    expect(await readFile(file, 'utf8')).toBe(`${whole}{"kind":"sample","ti`);

    const { code, said } = await finish(start('resumed', '--resume'));
    expect(said).toContain('of 4 fresh starts');
    expect(code).toBe(0);
    const after = await readFile(file, 'utf8');
    expect(after.startsWith(whole)).toBe(true);
    const run = await readRun(join(folder, 'resumed'));
    expect(run.warnings).toEqual([]);
    expect(run.end).toMatchObject({ status: 'complete', reason: null });
    const failed = run.deploymentEnds.filter(({ status }) => status === 'failed');
    expect(failed).toMatchObject([{ reason: 'the run ended before it did' }]);
    expect(run.deployments).toHaveLength(5);
    const kept = run.samples.filter(({ deployment }) => deployment !== failed[0]?.id);
    expect(kept.map(({ status }) => status)).toEqual(Array(16).fill('ok'));
    expect(run.samples.map(({ order }) => order)).toEqual(run.samples.map((_, index) => index + 1));
    expect(await takeSnapshot()).toEqual(before);

    const again = await finish(start('resumed', '--resume'));
    expect(again.said).toContain('holds a run that is complete');
    expect(again.code).toBe(2);
  }, 120_000);
});
