import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buildPullEvent } from '../../fakes/github-server/events.ts';
import type { GitHubServer } from '../../fakes/github-server/server.ts';
import { buildMeasuredRun, listCheckRuns, listComments, pullNumber, startLab, writePlan, writeRun } from './stage.ts';

const home = join(import.meta.dirname, '../../..');
const run = promisify(execFile);

let server: GitHubServer;
beforeEach(async () => {
  server = await startLab();
});
afterEach(async () => {
  const { violations } = server;
  await server.close();
  expect(violations).toEqual([]);
});

/** Starts the entry of an action as the runner does: inputs and everything else in its environment. */
async function start(action: string, inputs: Readonly<Record<string, string>>) {
  const folder = mkdtempSync(join(tmpdir(), 'tunegate-start-'));
  const files = { output: join(folder, 'output'), summary: join(folder, 'summary'), event: join(folder, 'event') };
  writeFileSync(files.event, JSON.stringify(buildPullEvent(server, 'synchronize', pullNumber)));
  for (const file of [files.output, files.summary]) writeFileSync(file, '');
  const given = Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]);
  const environment = {
    ...{ PATH: process.env.PATH ?? '', GITHUB_EVENT_NAME: 'pull_request_target', GITHUB_EVENT_PATH: files.event },
    ...{ GITHUB_REPOSITORY: 'acme/lab', GITHUB_SHA: server.sha('base'), GITHUB_RUN_ID: '40', GITHUB_RUN_ATTEMPT: '1' },
    ...{ RUNNER_TEMP: folder, GITHUB_API_URL: server.origin, GITHUB_STEP_SUMMARY: files.summary },
    ...{ GITHUB_OUTPUT: files.output, ACTIONS_RESULTS_URL: `${server.origin}/` },
    ...{ ACTIONS_RUNTIME_TOKEN: server.runtimeToken(40), ...Object.fromEntries(given) },
  };
  const ended = await run(process.execPath, [join(home, 'actions', action, 'main.ts')], { env: environment }).then(
    () => ({ code: 0, stdout: '' }),
    (failure: { code: number; stdout: string }) => ({ code: failure.code, stdout: failure.stdout }),
  );
  return { ...ended, output: readFileSync(files.output, 'utf8'), summary: readFileSync(files.summary, 'utf8') };
}

const needs = (gate: string) =>
  JSON.stringify({
    plan: { result: 'success', outputs: { 'should-measure': 'true' } },
    measure: { result: 'success', outputs: {} },
    report: { result: 'success', outputs: { verdict: 'unchanged', 'gate-result': gate, 'gate-sentence': 'So it is.' } },
  });

describe('the entries', () => {
  it('report, with outputs, summary and comment', async () => {
    const { code, output, summary } = await start('report', {
      'github-token': server.token(40),
      'plan-directory': writePlan(server),
      'run-directories': writeRun(buildMeasuredRun(0.9)),
    });
    expect(code).toBe(0);
    expect(output).toMatch(/^verdict<<(\S+)\nimproved\n\1$/m);
    expect(summary).toContain('Improved');
    expect(listComments(server)).toHaveLength(1);
  });

  it('conclude the check, and end red where it is', async () => {
    const inputs = { 'github-token': server.token(40), needs: needs('success') };
    expect(await start('gate', inputs)).toMatchObject({ code: 0 });
    expect(listCheckRuns(server)).toMatchObject([{ conclusion: 'success' }]);
    const { code, stdout } = await start('gate', { ...inputs, needs: needs('failure') });
    expect(code).toBe(1);
    expect(stdout).toContain('::error::So it is.');
    expect(listCheckRuns(server)).toMatchObject([{ conclusion: 'failure' }]);
  });

  it('say in one sentence what is wrong with an input', async () => {
    const { code, stdout } = await start('gate', { 'github-token': 'x', needs: 'all of them' });
    expect(code).toBe(1);
    expect(stdout).toMatch(/^::error::needs: \$\{\{ toJSON\(needs\) }} is accepted, found no JSON/m);
    expect(stdout).not.toContain('    at ');
  });
});
