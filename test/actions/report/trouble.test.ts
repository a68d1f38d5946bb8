import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { GitHubServer } from '../../fakes/github-server/server.ts';
import {
  buildMeasuredRun,
  listCheckRuns,
  listComments,
  runStep,
  silenceClients,
  startLab,
  upload,
  writePlan,
  writeRun,
} from './stage.ts';

let server: GitHubServer;
beforeEach(async () => {
  silenceClients();
  server = await startLab();
});
afterEach(async () => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  const { violations } = server;
  await server.close();
  expect(violations).toEqual([]);
});

const folder = writeRun(buildMeasuredRun(0.9));
const rest = /^(issues|checks|pulls|repos)\//;

describe('a token that may only read', () => {
  it('gets warnings, and the report on the page of the run', async () => {
    await upload(server, writePlan(server), [{ folder }]);
    const { outputs, summary, warnings, thrown } = await runStep(server, {
      scopes: { contents: 'read', 'pull-requests': 'read', checks: 'read' },
    });
    expect(thrown).toBeNull();
    expect(warnings).toEqual([
      expect.stringContaining('pull-requests: write'),
      expect.stringContaining('checks: write'),
    ]);
    expect(outputs).toMatchObject({ verdict: 'improved', 'gate-result': 'success', 'comment-url': '' });
    expect(summary).toContain('Improved');
  });
});

describe('trouble with the API', () => {
  it.each(['bad-gateway', 'truncated', 'disconnect', 'secondary-rate-limit'] as const)(
    'at every second call (%s) keeps nothing from being told, once',
    async (kind) => {
      await upload(server, writePlan(server), [{ folder }]);
      server.misbehave({ kind, every: 2, operation: rest });
      const { outputs, thrown } = await runStep(server);
      server.behave();
      expect(thrown).toBeNull();
      expect(outputs).toMatchObject({ verdict: 'improved', 'gate-result': 'success' });
      expect(listComments(server)).toHaveLength(1);
      expect(listCheckRuns(server).length).toBeGreaterThan(0);
    },
  );

  it('with comments alone fails the step, after everything else was done', async () => {
    await upload(server, writePlan(server), [{ folder }]);
    server.misbehave({ kind: 'bad-gateway', operation: /^issues\//, times: Number.POSITIVE_INFINITY });
    const { outputs, summary, thrown } = await runStep(server);
    expect(thrown).toBeInstanceOf(Error);
    expect(outputs).toMatchObject({ verdict: 'improved', 'gate-result': 'success' });
    expect(summary).toContain('Improved');
    expect(listCheckRuns(server)).toHaveLength(1);
    expect([...server.state.artifacts.values()].map(({ name }) => name)).toContain('tunegate-report-1');
  });

  it('with the artifact of the report fails the step, and the comment is there', async () => {
    await upload(server, writePlan(server), [{ folder }]);
    // Somebody else took its name, which the service answers once and for all.
    await upload(server, writePlan(server), [], 40, 3);
    const [taken] = [...server.state.artifacts.values()].filter(({ name }) => name === 'tunegate-plan-3');
    if (taken !== undefined) Object.assign(taken, { name: 'tunegate-report-1' });
    const { outputs, thrown } = await runStep(server);
    expect(thrown).toBeInstanceOf(Error);
    expect(outputs).toMatchObject({ verdict: 'improved' });
    expect(listComments(server)).toMatchObject([expect.stringContaining('Improved')]);
  });
});

describe('races', () => {
  it('of two runs leave the comment of the later one', async () => {
    const plan = writePlan(server);
    await upload(server, plan, [{ folder }], 50);
    await upload(server, plan, [{ folder: writeRun(buildMeasuredRun(1.2)) }], 40);
    await runStep(server, { runId: 50 });
    const { thrown, outputs } = await runStep(server, { runId: 40 });
    expect({ thrown, verdict: outputs.verdict }).toEqual({ thrown: null, verdict: 'regressed' });
    expect(listComments(server)).toMatchObject([expect.stringContaining('Improved')]);
    expect(listCheckRuns(server)).toHaveLength(2);
  });
});

describe('a report that is too long', () => {
  it('becomes a comment that GitHub takes', async () => {
    const hosts = Array.from({ length: 12 }, (_, index) => `lab-${index}`);
    const notes = Array.from({ length: 2000 }, (_, index) => `Note ${index}: ${'a long one '.repeat(20)}`);
    await upload(server, writePlan(server, { hosts, change: { notes } }), [{ folder, host: 'lab-0' }]);
    const { thrown } = await runStep(server);
    expect(thrown).toBeNull();
    const [body = ''] = listComments(server);
    expect(body.length).toBeLessThanOrEqual(65_536);
    expect(body).toContain('Improved');
  });
});
