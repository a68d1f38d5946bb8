import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { vi } from 'vitest';
import type { ReportInputs } from '../../../actions/report/inputs.ts';
import { runReport } from '../../../actions/report/run.ts';
import { downloadPlan, downloadRuns, uploadFolder } from '../../../src/github/artifacts.ts';
import { createClient } from '../../../src/github/client.ts';
import type { TriggerEvent } from '../../../src/github/event.ts';
import type { Night } from '../../../src/history/night.schema.ts';
import { nightPath, renderNight } from '../../../src/history/night-file.ts';
import type { Plan } from '../../../src/plans/plan.schema.ts';
import { buildPlanDirectory, type RequestFacts } from '../../../src/plans/plan-directory.ts';
import { renderPlanFile } from '../../../src/plans/render-plan-files.ts';
import type { Request } from '../../../src/plans/request.schema.ts';
import type { Profile } from '../../../src/profiles/profile.schema.ts';
import { parseResolvedProfile } from '../../../src/profiles/resolve-profile.ts';
import type { Run } from '../../../src/results/journal.schema.ts';
import { buildRun, renderJournal } from '../../comparison/build-run.ts';
import { scaleCandidate } from '../../comparison/compare.ts';
import { type GitHubServer, startGitHubServer } from '../../fakes/github-server/server.ts';
import type { Scopes } from '../../fakes/github-server/tokens.ts';

export const repository = { owner: 'acme', repo: 'lab' };
export const pullNumber = 7;

const plan: Plan = (({ regime: _, unsupported: __, ...rest }) => rest)(buildRun().header.plan);

export const profiles = {
  stock: await parseResolvedProfile({ text: 'name: stock\nparameters: {}\n', fileName: 'stock.yaml' }),
  tuned: await parseResolvedProfile({
    text: 'name: tuned\nparameters:\n  guest.docker.cpuset: "1"\n',
    fileName: 'tuned.yaml',
  }),
};

/** A repository with a pull request of a fork; a policy on its default branch and nights on theirs, if they are given. */
export function startLab(policy?: string, nights: readonly Night[] = []): Promise<GitHubServer> {
  const recorded = Object.fromEntries(nights.map((night) => [nightPath(night), renderNight(night)]));
  return startGitHubServer({
    repositories: [
      {
        ...{ owner: repository.owner, name: repository.repo },
        commits: [
          {
            name: 'base',
            files: { 'README.md': 'Lab\n', ...(policy === undefined ? {} : { 'tunegate.policy.yaml': policy }) },
          },
          { name: 'tune', parents: ['base'], change: { 'tuned.yaml': 'name: tuned\n' } },
          { name: 'other', parents: ['base'], change: { 'README.md': 'Other\n' } },
          ...(nights.length === 0 ? [] : [{ name: 'nights', files: recorded }]),
        ],
        branches: nights.length === 0 ? {} : { 'tunegate-history': 'nights' },
        pulls: [
          { number: pullNumber, author: 'mallory', head: { branch: 'tune', commit: 'tune', fork: 'mallory' } },
          { number: 8, author: 'ann', head: { branch: 'other', commit: 'other', fork: 'ann' } },
        ],
      },
    ],
  });
}

export interface PlanOptions {
  readonly names?: readonly string[];
  readonly hosts?: readonly string[];
  readonly facts?: Partial<RequestFacts>;
  readonly change?: Partial<Request>;
  readonly problems?: readonly string[];
  readonly hasTuningFiles?: boolean;
}

/** Writes a plan directory as the action `plan` does, and then changes its request as nobody should. */
export function writePlan(server: GitHubServer, options: PlanOptions = {}): string {
  const {
    names = ['tuned'],
    hosts = ['lab-1'],
    facts = {},
    change = {},
    problems = [],
    hasTuningFiles = true,
  } = options;
  const headSha = server.sha('tune');
  const revisions = { baseline: server.sha('base'), candidate: headSha };
  const sides = { baseline: profiles.stock, candidate: profiles.tuned };
  const { request, files } = buildPlanDirectory(
    {
      repository: { owner: repository.owner, name: repository.repo },
      ...{ trigger: 'pull-request', pullRequest: pullNumber, approvedBy: null, missingApproval: null },
      ...{
        baseSha: server.sha('base'),
        headSha,
        hosts,
        mostComparisons: 10,
        longestMinutes: 600,
        topology: 'embedded',
      },
      ...facts,
    },
    { name: plan.name, plan, text: renderPlanFile(plan), source: 'default-branch' },
    {
      orders: names.map((name) => ({ name, change: 'modified' as const, sides, revisions, notes: [] })),
      ...{ problems, notes: [], hasTuningFiles },
    },
  );
  const folder = mkdtempSync(join(tmpdir(), 'tunegate-plan-'));
  const all = new Map([...files, ['request.json', JSON.stringify({ ...request, ...change })]]);
  for (const [path, text] of all) write(join(folder, path), text);
  return folder;
}

/** What the run of the candidate is; 0.92 is 8 % less latency. */
export function buildMeasuredRun(factor = 1, more: Partial<Run> = {}): Run {
  const run = buildRun({ value: scaleCandidate(factor, /^latency/) });
  const describe = ({ name, sha256, parameters }: Profile) => {
    return { profile: name, sha256, revision: null, parameters: { ...parameters } };
  };
  const sides = { baseline: describe(profiles.stock), candidate: describe(profiles.tuned) };
  return { ...run, header: { ...run.header, ...sides }, ...more };
}

export function writeRun(run: Run | string): string {
  const folder = mkdtempSync(join(tmpdir(), 'tunegate-run-'));
  write(join(folder, 'run.jsonl'), typeof run === 'string' ? run : renderJournal(run));
  write(join(folder, 'logs', 'd001-docker.log'), 'started\n');
  return folder;
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

export interface StepOptions extends Partial<ReportInputs> {
  readonly runId?: number;
  readonly attempt?: number;
  readonly event?: TriggerEvent;
  readonly scopes?: Scopes;
}

/** What one step of the action said. */
export interface StepResult {
  readonly outputs: Readonly<Record<string, string>>;
  readonly warnings: readonly string[];
  readonly infos: readonly string[];
  readonly summary: string;
  readonly thrown: unknown;
}

/** The artifact client reads its environment itself. */
export function actAsJob(server: GitHubServer, runId: number): void {
  vi.stubEnv('ACTIONS_RESULTS_URL', `${server.origin}/`);
  vi.stubEnv('ACTIONS_RUNTIME_TOKEN', server.runtimeToken(runId));
  vi.stubEnv('GITHUB_SERVER_URL', '');
}

/** The clients write commands for a runner to standard output, which may be a runner's where tests run. */
export function silenceClients(): void {
  vi.spyOn(process.stdout, 'write').mockImplementation(() => true);
}

/** Runs the action with the real clients against the stand-in. */
export async function runStep(server: GitHubServer, options: StepOptions = {}): Promise<StepResult> {
  const { runId = 40, attempt = 1, scopes, event, ...inputs } = options;
  actAsJob(server, runId);
  const outputs: Record<string, string> = {};
  const warnings: string[] = [];
  const infos: string[] = [];
  let summary = '';
  const step = runReport(
    {
      ...{ token: '', phase: 'result', planDirectory: null, runDirectories: null, gate: true, needs: null },
      ...{
        policy: 'tunegate.policy.yaml',
        historyBranch: 'tunegate-history',
        headSha: null,
        commentAuthor: 'github-actions[bot]',
      },
      ...inputs,
    },
    {
      github: createClient(server.token(runId, scopes), { apiUrl: server.origin, waitUnitMilliseconds: 1 }),
      environment: {
        ...{ repository, runId, attempt, serverUrl: 'https://github.com' },
        temporaryFolder: mkdtempSync(join(tmpdir(), 'tunegate-runner-')),
      },
      event: event ?? {
        ...{ kind: 'pull-request', action: 'opened', number: pullNumber, sender: 'mallory' },
        headSha: server.sha('tune'),
      },
      info: (message) => void infos.push(message),
      warning: (message) => void warnings.push(message),
      setOutput: (name, value) => {
        outputs[name] = value;
      },
      writeSummary: async (text) => {
        summary += text;
      },
      ...{ downloadPlan, downloadRuns, uploadFolder },
    },
  );
  const thrown = await step.then(
    () => null,
    (error: unknown) => error,
  );
  return { outputs, warnings, infos, summary, thrown };
}

export interface Measured {
  readonly host?: string;
  readonly comparison?: string;
  readonly folder: string;
}

/** Uploads a plan and runs as the jobs before would have. */
export async function upload(
  server: GitHubServer,
  planFolder: string,
  runs: readonly Measured[],
  runId = 40,
  attempt = 1,
) {
  actAsJob(server, runId);
  await uploadFolder(`tunegate-plan-${attempt}`, planFolder);
  for (const { host = 'lab-1', comparison = 'tuned', folder } of runs) {
    await uploadFolder(`tunegate-run-${host}-${comparison}-${attempt}`, folder);
  }
}

export const listComments = (server: GitHubServer, issueNumber = pullNumber) =>
  [...server.repository().comments.values()]
    .filter((comment) => comment.issueNumber === issueNumber)
    .map(({ body }) => body);
export const listCheckRuns = (server: GitHubServer) => [...server.repository().checkRuns.values()];
