import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { projectHome } from '../../cli/fake-surroundings.ts';
import { type GitHubServer, startGitHubServer } from '../../fakes/github-server/server.ts';

let server: GitHubServer;
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'record-start-'));
  server = await startGitHubServer({
    repositories: [{ owner: 'lab', name: 'tuning', commits: [{ name: 'main', files: { README: 'x' } }] }],
  });
});
afterEach(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

/** As a runner starts it, with nothing else in its environment. */
async function start(inputs: Readonly<Record<string, string>>) {
  const given = Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]);
  const paths = { event: join(folder, 'event.json'), output: join(folder, 'output'), summary: join(folder, 'summary') };
  await Promise.all([writeFile(paths.event, '{}'), writeFile(paths.output, ''), writeFile(paths.summary, '')]);
  const env = {
    ...Object.fromEntries(given),
    PATH: process.env.PATH ?? '',
    ACTIONS_RESULTS_URL: `${server.origin}/`,
    ACTIONS_RUNTIME_TOKEN: server.runtimeToken(7),
    GITHUB_API_URL: server.origin,
    GITHUB_EVENT_NAME: 'workflow_dispatch',
    GITHUB_EVENT_PATH: paths.event,
    GITHUB_OUTPUT: paths.output,
    GITHUB_REPOSITORY: 'lab/tuning',
    GITHUB_RUN_ATTEMPT: '1',
    GITHUB_RUN_ID: '7',
    GITHUB_SHA: server.sha('main'),
    GITHUB_STEP_SUMMARY: paths.summary,
    RUNNER_TEMP: folder,
  };
  const main = join(projectHome, 'actions/record-history/main.ts');
  const ended = await execa(process.execPath, [main], { env, extendEnv: false, reject: false, timeout: 60_000 });
  const [output, summary] = await Promise.all([readFile(paths.output, 'utf8'), readFile(paths.summary, 'utf8')]);
  return { exitCode: ended.exitCode, stdout: ended.stdout, output, summary };
}

it('records a run that it is given, with the clients of a runner', { timeout: 90_000 }, async () => {
  const run = join(projectHome, 'test/fixtures/runs/faster');
  const token = server.token(7, { contents: 'write', issues: 'write' });
  const ended = await start({ 'github-token': token, 'run-directory': run, host: 'tuned' });
  expect(ended.exitCode, ended.stdout).toBe(0);
  expect(ended.output).toMatch(/alarms<<.*\n0\n/);
  expect(ended.summary).toContain('1 comparable night');
  const head = server.repository().refs.get('refs/heads/tunegate-history');
  expect(head).toMatch(/^[0-9a-f]{40}$/);
  expect(server.violations).toEqual([]);
  const refused = await start({ 'github-token': token, 'run-directory': run });
  expect(refused.exitCode).toBe(1);
  expect(refused.stdout).toMatch(/^::error::input host is missing/m);
});

it('says that a night without a plan has nothing to record', { timeout: 90_000 }, async () => {
  const ended = await start({ 'github-token': server.token(7, { contents: 'write', issues: 'write' }) });
  expect(ended.exitCode, ended.stdout).toBe(0);
  expect(ended.stdout).toContain('::warning::What was to be measured is not known: the plan job uploaded none.');
  expect(ended.summary).toContain('No night is recorded yet.');
  expect(server.violations).toEqual([]);
});
