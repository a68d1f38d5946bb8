import { existsSync, readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { compareWithCatalogue } from '../../../src/comparison/compare-with-catalogue.ts';
import { comparisonSchema } from '../../../src/comparison/comparison.schema.ts';
import { defaultPolicy } from '../../../src/comparison/policy.schema.ts';
import { ConfigurationError } from '../../../src/errors.ts';
import { buildNight } from '../../../src/history/build-night.ts';
import type { GitHubServer } from '../../fakes/github-server/server.ts';
import {
  buildMeasuredRun,
  listCheckRuns,
  listComments,
  pullNumber,
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

describe('a report of one run', () => {
  it('is a comment, a check, files, a summary and outputs', async () => {
    await upload(server, writePlan(server), [{ folder: writeRun(buildMeasuredRun(0.9)) }]);
    const { outputs, warnings, summary, thrown } = await runStep(server);
    expect({ warnings, thrown }).toEqual({ warnings: [], thrown: null });
    expect(outputs).toMatchObject({
      verdict: 'improved',
      'gate-result': 'success',
      'gate-sentence': 'No primary cell regressed, and at least one improved.',
      'comment-url': expect.stringContaining(`/pull/${pullNumber}#issuecomment-`),
    });
    const file = outputs['comparison-file'] ?? '';
    expect(comparisonSchema.parse(JSON.parse(readFileSync(file, 'utf8'))).family.verdict).toBe('improved');
    expect(existsSync(file.replace('comparison.json', 'report.md'))).toBe(true);
    const [body, ...others] = listComments(server);
    expect(others).toEqual([]);
    expect(body).toContain('Improved');
    expect(body).toContain('/actions/runs/40/artifacts/');
    expect(summary).toContain('Improved');
    expect([...server.state.artifacts.values()].map(({ name }) => name)).toContain('tunegate-report-1');
    expect(listCheckRuns(server)).toMatchObject([
      { name: 'tunegate', headSha: server.sha('tune'), status: 'in_progress', conclusion: null },
    ]);
  });

  it('closes the gate on a regression, unless the gate is off', async () => {
    await upload(server, writePlan(server), [{ folder: writeRun(buildMeasuredRun(1.2)) }]);
    expect((await runStep(server)).outputs).toMatchObject({
      verdict: 'regressed',
      'gate-result': 'failure',
      'gate-sentence': 'tuned on lab-1: 1 primary cell regressed.',
    });
    await upload(server, writePlan(server), [{ folder: writeRun(buildMeasuredRun(1.2)) }], 41);
    expect((await runStep(server, { runId: 41, gate: false })).outputs).toMatchObject({
      verdict: 'regressed',
      'gate-result': 'neutral',
    });
  });

  it('is judged by the policy of the default branch', async () => {
    await server.close();
    server = await startLab('margins: { latency: 0.5 }\n');
    await upload(server, writePlan(server), [{ folder: writeRun(buildMeasuredRun(1.2)) }]);
    expect((await runStep(server)).outputs).toMatchObject({ 'gate-result': 'success' });
  });

  it('knows what the nights of the host and comparison teach, and says so', async () => {
    const nights = Array.from({ length: 8 }, (_, day) => {
      const run = buildMeasuredRun();
      const time = new Date(Date.parse(run.header.time) + day * 86_400_000).toISOString();
      const recorded = { ...run, header: { ...run.header, time } };
      const names = { host: 'lab-1', comparison: 'tuned', commit: null, run: { id: `${day}`, attempt: 1 } };
      return buildNight(recorded, compareWithCatalogue([recorded], defaultPolicy), names);
    });
    const readMethod = async () => {
      await upload(server, writePlan(server), [{ folder: writeRun(buildMeasuredRun(0.9)) }]);
      const { outputs, infos, warnings } = await runStep(server);
      const { cells } = comparisonSchema.parse(JSON.parse(readFileSync(outputs['comparison-file'] ?? '', 'utf8')));
      return { method: cells[0]?.pMethod, said: infos[0], warnings };
    };
    expect(await readMethod()).toEqual({
      ...{ method: 'welch-deployments', said: 'No night of tuned on lab-1 is recorded.', warnings: [] },
    });
    await server.close();
    server = await startLab(undefined, nights);
    expect(await readMethod()).toEqual({
      ...{ method: 'empirical-deployments', warnings: [] },
      said: '8 nights of tuned on lab-1 tell what differs without a change.',
    });
  });

  it('that fails itself says so in place of the announcement', async () => {
    await server.close();
    server = await startLab('margin: 3\n');
    await upload(server, writePlan(server), [{ folder: writeRun(buildMeasuredRun()) }]);
    await runStep(server, { phase: 'announce' });
    const { thrown, outputs } = await runStep(server);
    expect({ thrown, outputs }).toMatchObject({ thrown: expect.any(ConfigurationError), outputs: {} });
    const [body = ''] = listComments(server);
    expect(body).toContain('The report failed: tunegate.policy.yaml:1');
    expect(body).not.toContain('Measuring');
  });

  it('takes the place of the announcement, in comment and check', async () => {
    await upload(server, writePlan(server), [{ folder: writeRun(buildMeasuredRun()) }]);
    expect((await runStep(server, { phase: 'announce' })).thrown).toBeNull();
    expect(listComments(server)).toMatchObject([expect.stringContaining('Measuring')]);
    await runStep(server);
    expect(listComments(server)).toMatchObject([expect.not.stringContaining('Measuring')]);
    expect(listCheckRuns(server)).toHaveLength(1);
  });

  it('can come from folders of the same job', async () => {
    const inputs = { planDirectory: writePlan(server), runDirectories: [writeRun(buildMeasuredRun(0.9))] };
    expect((await runStep(server, inputs)).outputs).toMatchObject({ verdict: 'improved' });
  });

  it('of a night goes to the page of the run alone', async () => {
    const facts = { trigger: 'schedule', pullRequest: null } as const;
    await upload(server, writePlan(server, { facts }), [{ folder: writeRun(buildMeasuredRun()) }]);
    const { outputs, summary, thrown } = await runStep(server, {
      event: { kind: 'schedule' },
      scopes: { contents: 'read' },
    });
    expect({ thrown, url: outputs['comment-url'] }).toEqual({ thrown: null, url: '' });
    expect(summary).toContain('tcp');
    expect(listComments(server)).toEqual([]);
    expect(listCheckRuns(server)).toEqual([]);
  });
});

describe('several comparisons and hosts', () => {
  it('are sections of one comment, and what is missing is named', async () => {
    const plan = writePlan(server, { names: ['tuned', 'tuned-rt'], hosts: ['lab-1', 'lab-2'] });
    const folder = writeRun(buildMeasuredRun(0.9));
    await upload(server, plan, [{ folder }, { folder, comparison: 'tuned-rt' }, { folder, host: 'lab-2' }]);
    const needs = { plan: done({ 'should-measure': 'true' }), measure: { result: 'failure' as const, outputs: {} } };
    const { outputs } = await runStep(server, { needs });
    expect(outputs).toMatchObject({
      verdict: 'improved',
      'gate-result': 'failure',
      'gate-sentence': 'tuned-rt on lab-2: No run was uploaded: measuring failed; the log of its job says why.',
    });
    expect(outputs['comparison-file']?.split('\n')).toHaveLength(3);
    const [body = ''] = listComments(server);
    expect(body).toContain('tuned-rt on lab-2: No run was uploaded');
    expect(body).toContain('The job measure failed.');
  });

  it('show nothing of a cancelled run but that it was', async () => {
    await upload(server, writePlan(server), []);
    const needs = { plan: done({ 'should-measure': 'true' }), measure: { result: 'cancelled' as const, outputs: {} } };
    const { outputs, thrown } = await runStep(server, { needs });
    expect(thrown).toBeNull();
    expect(outputs).toMatchObject({ verdict: 'none', 'gate-result': 'failure', 'comparison-file': '' });
    expect(listComments(server)).toMatchObject([expect.stringContaining('Cancelled')]);
  });

  it('show the part that was measured', async () => {
    const end = { kind: 'run-end', time: '2026-01-02T03:04:05.000Z', status: 'interrupted', reason: 'SIGINT' } as const;
    await upload(server, writePlan(server), [{ folder: writeRun(buildMeasuredRun(0.9, { end })) }]);
    const { outputs } = await runStep(server);
    expect(outputs).toMatchObject({ verdict: 'improved', 'gate-result': 'failure' });
    expect(listComments(server)).toMatchObject([expect.stringContaining('The run was interrupted: SIGINT.')]);
  });

  it('keep what an earlier attempt measured and this one did not', async () => {
    const plan = writePlan(server, { hosts: ['lab-1', 'lab-2'] });
    await upload(server, plan, [{ folder: writeRun(buildMeasuredRun(0.9)) }]);
    await upload(server, plan, [{ host: 'lab-2', folder: writeRun(buildMeasuredRun(0.9)) }], 40, 2);
    await upload(server, plan, [{ host: 'lab-2', folder: writeRun(buildMeasuredRun(1.5)) }], 40, 3);
    expect((await runStep(server, { attempt: 2 })).outputs).toMatchObject({
      verdict: 'improved',
      'gate-result': 'success',
    });
  });
});

describe('nothing measured', () => {
  it('says who has to approve', async () => {
    const facts = { missingApproval: 'mallory may not write here.' };
    await upload(server, writePlan(server, { facts }), []);
    const { outputs } = await runStep(server, { phase: 'announce' });
    expect(outputs['comment-url']).not.toBe('');
    expect(listComments(server)).toMatchObject([expect.stringContaining(`/tunegate run ${server.sha('tune')}`)]);
    expect((await runStep(server)).outputs).toMatchObject({ verdict: 'none', 'gate-result': 'failure' });
  });

  it('bothers nobody who changed no tuning file, but replaces what was said of an earlier commit', async () => {
    const quiet = writePlan(server, { names: [], hasTuningFiles: false });
    await upload(server, quiet, []);
    await runStep(server, { phase: 'announce' });
    expect(listComments(server)).toEqual([]);
    await upload(server, writePlan(server), [{ folder: writeRun(buildMeasuredRun()) }], 41);
    await runStep(server, { runId: 41 });
    await upload(server, quiet, [], 42);
    await runStep(server, { runId: 42, phase: 'announce' });
    expect(listComments(server)).toMatchObject([expect.stringContaining('Nothing to measure')]);
  });

  it('names what is wrong with the files', async () => {
    await upload(server, writePlan(server, { problems: ['tuned.yaml:3: unknown key <b>"x"'] }), []);
    await runStep(server);
    const [body = ''] = listComments(server);
    expect(body).toContain('unknown key');
    expect(body).not.toContain('<b>');
    expect(body).toContain('failure');
  });

  it('says so where the plan is not there', async () => {
    const { outputs, warnings } = await runStep(server);
    expect(outputs).toMatchObject({ verdict: 'none', 'gate-result': 'failure' });
    expect(warnings).toEqual(['The plan of this workflow run is not there.']);
    expect(listComments(server)).toMatchObject([expect.stringContaining('Failed')]);
  });
});

function done(outputs: Record<string, string>) {
  return { result: 'success' as const, outputs };
}
