import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getOctokit } from '@actions/github';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readHistoryInputs } from '../../../actions/record-history/inputs.ts';
import { recordHistory } from '../../../actions/record-history/run.ts';
import { compareWithCatalogue } from '../../../src/comparison/compare-with-catalogue.ts';
import { defaultPolicy } from '../../../src/comparison/policy.schema.ts';
import { createBranchStore } from '../../../src/github/branch-files.ts';
import { regressionLabel } from '../../../src/github/regression-issues.ts';
import { buildNight } from '../../../src/history/build-night.ts';
import { addNight, readNights } from '../../../src/history/night-store.ts';
import type { RequestedComparison } from '../../../src/plans/request.schema.ts';
import type { Run } from '../../../src/results/journal.schema.ts';
import { createRandom } from '../../../src/statistics/random.ts';
import { buildRun, renderJournal, usualValue } from '../../comparison/build-run.ts';
import { type GitHubServer, startGitHubServer } from '../../fakes/github-server/server.ts';
import { drawNormal } from '../../history/night-factory.ts';

const repository = { owner: 'lab', repo: 'tuning' };
const branch = 'tunegate-history';
const token = { 'github-token': 'x' } as Readonly<Record<string, string>>;
const inputs = readHistoryInputs((name) => token[name] ?? '');
const timeOf = (day: number) => new Date(Date.UTC(2026, 0, 1 + day, 2)).toISOString();
const commitOf = (day: number) => day.toString(16).padStart(40, '0');

/** A night whose candidate is slower by so much. */
function buildNightRun(day: number, slower: number): Run {
  const noise = 0.004 * drawNormal(createRandom(`night ${day}`));
  const factor = Math.exp(slower + noise);
  const run = buildRun({
    id: `run-${day}`,
    value: (spot) => usualValue(spot) * (spot.side === 'candidate' && spot.metric.startsWith('latency') ? factor : 1),
  });
  return { ...run, header: { ...run.header, time: timeOf(day) } };
}

let server: GitHubServer;
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'record-'));
  server = await startGitHubServer({
    repositories: [{ owner: 'lab', name: 'tuning', commits: [{ name: 'main', files: { README: 'x' } }] }],
  });
});
afterEach(async () => {
  const { violations } = server;
  await server.close();
  await rm(folder, { recursive: true });
  expect(violations).toEqual([]);
});

const github = (runId = 7) => getOctokit(server.token(runId), { baseUrl: server.origin });

/** Nights that were recorded before, by a quicker way. */
async function seedNights(count: number, slower: (day: number) => number = () => 0): Promise<void> {
  const store = createBranchStore({ github: github(), repository, branch, waitMilliseconds: 1 });
  for (let day = 0; day < count; day += 1) {
    const run = buildNightRun(day, slower(day));
    const names = {
      host: 'tuned',
      comparison: 'tuned',
      commit: commitOf(day),
      run: { id: String(1000 + day), attempt: 1 },
    };
    await addNight(store, buildNight(run, compareWithCatalogue([run], defaultPolicy), names));
  }
}

/** One workflow run of a night; null: no run came. */
async function record(
  day: number,
  slower: number | null,
  more: { text?: string; requested?: RequestedComparison; github?: ReturnType<typeof github> } = {},
) {
  const told = { outputs: {} as Record<string, string>, warnings: [] as string[], infos: [] as string[], summary: '' };
  if (slower !== null)
    await writeFile(join(folder, 'run.jsonl'), more.text ?? renderJournal(buildNightRun(day, slower)));
  const runs = [{ folder, host: 'tuned', comparison: 'tuned', document: null, requested: more.requested ?? null }];
  await recordHistory(
    inputs,
    {
      environment: {
        repository,
        serverUrl: 'https://github.example',
        sha: commitOf(day),
        runId: 1000 + day,
        attempt: 1,
        temporaryFolder: folder,
      },
      github: more.github ?? github(1000 + day),
      now: new Date(Date.parse(timeOf(day)) + 3_600_000),
      collectRuns: async () =>
        slower === null
          ? {
              runs: [],
              commit: null,
              missing: ["Tonight's run of tuned on tuned is not recorded: its job has left no figures."],
            }
          : { runs, commit: commitOf(day), missing: [] },
      info: (text) => told.infos.push(text),
      warning: (text) => told.warnings.push(text),
      setOutput: (name, value) => {
        told.outputs[name] = value;
      },
      writeSummary: async (markdown) => {
        told.summary += markdown;
      },
    },
    { waitMilliseconds: 1 },
  );
  return told;
}

const requested: RequestedComparison = {
  name: 'tuned',
  change: 'none',
  baseline: { profile: 'stock', sha256: 'a'.repeat(64), revision: null },
  candidate: { profile: 'tuned', sha256: 'b'.repeat(64), revision: null },
  parameterDifference: [],
  regime: 'deployment',
  cells: 1,
  deployments: 4,
  samples: 2,
  estimatedSeconds: 60,
  detectableChange: null,
  notes: [],
};

const issues = () => [...server.repository().issues.values()];
const comments = () => [...server.repository().comments.values()].map(({ body }) => body);

describe('record-history', { timeout: 60_000 }, () => {
  it('opens, updates and closes one issue for a cell that gets worse and recovers', async () => {
    await seedNights(14);
    const first = await record(14, 0.06);
    expect(first.outputs.alarms).toBe('0');
    expect(first.summary).toContain('1 is suspected after one night');
    expect(issues()).toEqual([]);

    const second = await record(15, 0.06);
    expect(second.outputs.alarms).toBe('1');
    const [issue] = issues();
    expect(issue).toMatchObject({
      title: 'Nightly regression: latency of tcp_rr docker bridge, tuned on tuned',
      labels: [regressionLabel],
      author: 'github-actions[bot]',
    });
    expect(issue?.body).toContain('First night outside: 2026-01-15 02:00 UTC, run 1014, attempt 1.');
    expect(issue?.body).toContain(`https://github.example/lab/tuning/compare/${commitOf(13)}...${commitOf(14)}`);

    await record(16, 0.06);
    expect(issues()).toHaveLength(1);
    expect(issues()[0]?.body).toContain('from 3 nights since');
    expect(comments()).toEqual([]);

    for (const day of [17, 18]) await record(day, 0);
    expect(comments()).toEqual([]);
    await record(19, 0);
    expect(comments()).toHaveLength(1);
    expect(comments()[0]).toContain('The last 3 nights were back on the good side');
    await record(20, 0);
    expect(issues()[0]?.state).toBe('open');
    const last = await record(21, 0);
    expect(issues()[0]).toMatchObject({ state: 'closed', stateReason: 'completed' });
    expect(comments()).toHaveLength(2);
    expect(last.outputs.alarms).toBe('0');
    await record(22, 0);
    expect(comments()).toHaveLength(2);
    expect(issues()).toHaveLength(1);
  });

  it('takes a change that was closed as not planned for the new level, and reopens one that was not completed', async () => {
    await seedNights(15, (day) => (day >= 14 ? 0.06 : 0));
    await record(15, 0.06);
    const [issue] = issues();
    if (issue === undefined) throw new Error('no issue');
    Object.assign(issue, { state: 'closed', stateReason: 'completed', closedAt: timeOf(15.5) });
    await record(16, 0.06);
    expect(issues()).toMatchObject([{ state: 'closed' }]);
    await record(17, 0.06);
    expect(issues()).toMatchObject([{ state: 'open' }]);
    expect(comments()).toHaveLength(1);
    Object.assign(issue, { state: 'closed', stateReason: 'not_planned', closedAt: timeOf(17.5) });
    const accepted = await record(18, 0.06);
    expect(issues()).toMatchObject([{ state: 'closed', stateReason: 'not_planned' }]);
    expect(accepted.outputs.alarms).toBe('0');
    expect(accepted.summary).toContain('At a new level');
  });

  it('leaves issues of others alone, whatever they say', async () => {
    await seedNights(15, (day) => (day >= 14 ? 0.06 : 0));
    await record(15, 0.06);
    const [issue] = issues();
    if (issue === undefined) throw new Error('no issue');
    const before = { ...issue, author: 'mallory' };
    server.repository().issues.set(issue.number, before);
    await record(16, 0.06);
    expect(issues()).toHaveLength(2);
    expect(issues()[0]).toEqual(before);
  });

  it('adds a night once, however often the job runs', async () => {
    await record(0, 0);
    const again = await record(0, 0);
    expect(again.infos).toContain('Night of tuned on tuned: was recorded before.');
    const { nights } = await readNights(createBranchStore({ github: github(), repository, branch }));
    expect(nights).toHaveLength(1);
    expect(again.summary).toContain('Tonight cannot be judged yet: 0 comparable nights before it, 10 needed.');
  });

  it('tells of a night that did not come, and of one that came late', async () => {
    await seedNights(3);
    const missing = await record(5, null);
    expect(missing.outputs.alarms).toBe('1');
    expect(missing.warnings).toEqual([
      'No night of tuned on tuned since 2026-01-03 02:00 UTC, 3 days ago; one was expected every 24 hours.',
      "Tonight's run of tuned on tuned is not recorded: its job has left no figures.",
    ]);
    const late = await record(6, 0);
    expect(late.outputs.alarms).toBe('0');
    expect(late.warnings).toHaveLength(1);
  });

  it('records nothing of a run that is damaged, empty or not what was asked for, and says why', async () => {
    const bare = buildNightRun(3, 0);
    const asked = { ...requested, candidate: { profile: 'tuned', sha256: 'c'.repeat(64), revision: null } };
    const told = [
      await record(1, 0, { text: '{"kind":"run"}\n{}\n' }),
      await record(3, 0, { text: renderJournal({ ...bare, deployments: [], samples: [], deploymentEnds: [] }) }),
      await record(4, 0, { requested: asked }),
    ];
    expect(told.map(({ warnings }) => warnings[0]?.replace(folder, 'RUN'))).toEqual([
      expect.stringMatching(/^Tonight's run of tuned on tuned is not recorded: RUN\/run.jsonl:1: /),
      "Tonight's run of tuned on tuned is not recorded: it has no figures.",
      "Tonight's run of tuned on tuned is not recorded: the run of tuned on tuned has another candidate than was asked for (bbbbbbbbbbbb).",
    ]);
    expect((await readNights(createBranchStore({ github: github(), repository, branch }))).places).toEqual([]);
    expect((await record(5, 0, { requested })).warnings).toEqual([]);
  });

  it('judges the nights past whatever else lies on the branch, and says what', async () => {
    await seedNights(15, (day) => (day >= 14 ? 0.06 : 0));
    const store = createBranchStore({ github: github(), repository, branch });
    await store.add('nights/2026/tuned/tuned/2026-01-09T020000Z-1-1.json', '<script>@everyone</script>');
    await store.add('nights/2026/a|b/::error::x', '');
    const told = await record(15, 0.06);
    expect(told.outputs.alarms).toBe('1');
    expect(told.warnings).toHaveLength(2);
    expect(told.summary).not.toMatch(/<script>|a\|b/);
  });

  it('says which permission is missing', async () => {
    const scopes = { contents: 'write', issues: 'read' } as const;
    await seedNights(15, (day) => (day >= 14 ? 0.06 : 0));
    await expect(
      record(15, 0.06, { github: getOctokit(server.token(9, scopes), { baseUrl: server.origin }) }),
    ).rejects.toThrow(/issues: write/);
  });
});

describe('the inputs of record-history', () => {
  const read = (given: Record<string, string>) => readHistoryInputs((name) => given[name] ?? '');
  it('have defaults, and are refused by name', () => {
    expect(read({ 'github-token': 't' })).toEqual({
      token: 't',
      branch,
      author: 'github-actions[bot]',
      run: null,
      periodSeconds: 86_400,
    });
    expect(() => read({})).toThrow(/github-token/);
    expect(() => read({ 'github-token': 't', branch: '../main' })).toThrow(/branch/);
    expect(() => read({ 'github-token': 't', 'run-directory': 'out/a' })).toThrow(/host is missing/);
    expect(() => read({ 'github-token': 't', 'comparison-file': 'c.json' })).toThrow(/run-directory is missing/);
    expect(() => read({ 'github-token': 't', 'expected-every-hours': '0' })).toThrow(/expected-every-hours/);
  });
});
