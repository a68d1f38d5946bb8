import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findWorkflowTools } from '../../runner-setup/workflow-tools.ts';
import { createLocalMachine } from '../../src/machines/local.ts';
import { createObjects } from '../fakes/github-server/git/objects.ts';
import { movePullHead } from '../fakes/github-server/seed.ts';
import { type GitHubServer, startGitHubServer } from '../fakes/github-server/server.ts';
import { isPull } from '../fakes/github-server/state.ts';
import { buildCommentEvent, buildPullRequestEvent, type CommentState, type PullState } from './events.ts';
import { loadGit } from './load-git.ts';
import { writeMadeUpHost, writeRootProgram } from './root-program.ts';
import { type ActRun, type StartedAct, startAct } from './run-act.ts';
import { buildStandIns, listForeignActions } from './stand-ins.ts';
import { type Change, createTestRepository, repositoryName, type TestRepository } from './test-repository.ts';

/** The plan that workflows take unless told otherwise, small: 4 fresh starts a side of a container, 1 s each. */
export const smallPlan = `name: quick
description: As little as a verdict needs.
layers: [guest]
guests: [docker]
attachments: [bridge]
tests: [tcp_rr]
deployments: 4
samples: 1
seconds: 1
`;

export interface PullOptions {
  readonly title?: string;
  readonly branch?: string;
  /** A login without any rights; a branch of the repository, by somebody who may write, unless given. */
  readonly fork?: string;
}

export interface RunRequest {
  readonly workflow?: string;
  readonly eventName: 'pull_request_target' | 'issue_comment' | 'schedule' | 'workflow_dispatch';
  readonly event: unknown;
  readonly environment?: Readonly<Record<string, string>>;
  /** Variables of the repository. */
  readonly variables?: Readonly<Record<string, string>>;
  /** More of act's flags for actions from elsewhere. */
  readonly standIns?: readonly string[];
  /** In place of measuring, runs are made up. */
  readonly host?: 'steady' | 'hostile';
}

/** Everything around one test: a repository on the disk, its image on the stand-in for GitHub, and act. */
export interface Rig {
  readonly server: GitHubServer;
  readonly repository: TestRepository;
  /** Opens a pull request with one commit. */
  openPull(change: Change, options?: PullOptions): Promise<PullState>;
  /** A push to its branch; returns it as it is then. */
  push(pull: PullState, change: Change): Promise<PullState>;
  /** A commit on the default branch. */
  merge(change: Change): Promise<void>;
  /** Writes a comment; what it starts. */
  comment(pull: PullState, comment: Omit<CommentState, 'id'>): RunRequest;
  start(request: RunRequest): Promise<StartedAct>;
  /** To its end. */
  run(request: RunRequest): Promise<ActRun>;
  close(): Promise<void>;
}

export function onPull(action: string, pull: PullState, more: Record<string, unknown> = {}): RunRequest {
  return { eventName: 'pull_request_target', event: buildPullRequestEvent(action, pull, more) };
}

/** @param change what the default branch has beside the files of this checkout and the small plan */
export async function createRig(change: Change = {}): Promise<Rig> {
  const home = await mkdtemp(join(tmpdir(), 'tunegate-e2e-'));
  const base = { 'runner-setup/plans/quick.yaml': smallPlan, ...change };
  const repository = await createTestRepository(join(home, 'repository'), base);
  const standIns = await buildStandIns(
    await listForeignActions(join(repository.folder, '.github/workflows')),
    join(home, 'stand-ins'),
  );
  const tools = await findWorkflowTools(createLocalMachine());
  const rootProgram = await writeRootProgram(join(home, 'root'));
  const madeUpHost = await writeMadeUpHost(join(home, 'root'));
  const server = await startServer(repository);
  let runs = 4710;
  const openPull = async (files: Change, { title = 'A tuning change', branch = 'tune', fork }: PullOptions = {}) => {
    const headSha = await repository.commit(branch, 'main', files);
    loadGit(repository.folder, server.repository().objects);
    const author = fork ?? writer;
    const head = { branch, commit: headSha, ...(fork === undefined ? {} : { fork }) };
    const { number } = server.addPull({ title, author, head });
    return { number, title, author, headBranch: branch, headSha, fork: fork ?? null, baseSha: repository.tip('main') };
  };
  const push = async (pull: PullState, files: Change) => {
    const headSha = await repository.commit(pull.headBranch, pull.headSha, files);
    const target = server.repository();
    loadGit(repository.folder, target.objects);
    const found = target.issues.get(pull.number);
    if (found === undefined || !isPull(found)) throw new Error(`there is no pull request ${pull.number}`);
    movePullHead(target, found, headSha);
    return { ...pull, headSha };
  };
  const merge = async (files: Change) => {
    const sha = await repository.commit('main', 'main', files);
    loadGit(repository.folder, server.repository().objects);
    server.repository().refs.set('refs/heads/main', sha);
  };
  const comment = (pull: PullState, { author, body, association }: Omit<CommentState, 'id'>): RunRequest => {
    const { comments } = server.repository();
    const [id, now] = [server.state.nextId(), server.state.now()];
    comments.set(id, { id, issueNumber: pull.number, author, body, createdAt: now, updatedAt: now });
    return { eventName: 'issue_comment', event: buildCommentEvent(pull, { id, author, body, association }) };
  };
  const start = async (request: RunRequest) => {
    const { workflow = 'tuning-pr.yml', eventName, event, environment = {}, host } = request;
    runs += 1;
    // Others may start while this one waits for the disk.
    const runId = runs;
    const place = join(home, `run-${runId}`);
    await mkdir(place);
    const eventFile = join(place, 'event.json');
    await writeFile(eventFile, JSON.stringify(event));
    server.addRun(runId, { path: `.github/workflows/${workflow}`, event: eventName });
    return startAct({
      ...{ tools, workflow, eventName, eventFile },
      standIns: [...standIns, ...(request.standIns ?? [])],
      variables: request.variables ?? {},
      repository: repository.folder,
      serverUrl: server.origin,
      runId,
      runtimeToken: server.runtimeToken(runId),
      token: server.token(runId),
      home: place,
      environment: {
        TUNEGATE_ROOT_PROGRAM: host === undefined ? rootProgram : madeUpHost,
        E2E_HOST: host ?? '',
        ...environment,
      },
    });
  };
  return {
    ...{ server, repository, openPull, push, merge, comment, start },
    run: async (request) => (await start(request)).ended,
    async close() {
      await server.close();
      await rm(home, { recursive: true, force: true });
    },
  };
}

/** Who may write to the repository. */
export const writer = 'lab-owner';

async function startServer({ folder, tip }: TestRepository): Promise<GitHubServer> {
  const objects = createObjects();
  loadGit(folder, objects);
  const git = { objects, refs: new Map([['refs/heads/main', tip('main')]]) };
  return startGitHubServer({ repositories: [{ ...repositoryName, git, permissions: { [writer]: 'write' } }] });
}
