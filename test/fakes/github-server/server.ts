import { once } from 'node:events';
import { createServer } from 'node:http';
import { type Description, readDescription } from './description.ts';
import { type AnsweredRequest, createRequestListener } from './listen.ts';
import { createMisbehaviours, type Misbehaviour, type MisbehaviourHandle } from './misbehaviour.ts';
import {
  addPull,
  type CommitSeed,
  movePullHead,
  type PullSeed,
  type RepositorySeed,
  seedCommit,
  seedRepository,
} from './seed.ts';
import { type RunOptions, seedRun } from './seed-run.ts';
import { createState, isPull, type Pull, type Repository, type State, type WorkflowRun } from './state.ts';
import { createRuntimeToken, createToken, type Scopes, type Token } from './tokens.ts';

export interface GitHubServerOptions {
  readonly repositories: readonly RepositorySeed[];
  /** The clock of what the server writes; the real one unless given. */
  readonly now?: () => Date;
}

export interface GitHubServer {
  /** `http://127.0.0.1:PORT`: what `GITHUB_API_URL` is to be; with a slash after it also `ACTIONS_RESULTS_URL`. */
  readonly origin: string;
  readonly state: State;
  /** What did not fit GitHub's description: a good test ends with none. */
  readonly violations: readonly string[];
  /** Everything that was asked for, in order. */
  readonly requests: readonly AnsweredRequest[];
  /** `OWNER/NAME`; the first one without. */
  repository(fullName?: string): Repository;
  /** SHA of a commit of the seed. */
  sha(name: string): string;
  /** A workflow run; one with that number that exists is replaced. */
  addRun(id: number, options?: RunOptions): WorkflowRun;
  /** GITHUB_TOKEN of a run, which is made if it is not there; whatever is written with it is by `github-actions[bot]`. */
  token(runId?: number, scopes?: Scopes): string;
  /** A token of a person. */
  userToken(login: string, scopes?: Scopes): string;
  /** ACTIONS_RUNTIME_TOKEN of a job of the run, which is made if it is not there. */
  runtimeToken(runId: number, job?: string): string;
  addPull(seed: PullSeed, repository?: string): Pull;
  /** A push: a new commit on the branch of a pull request; its parent is the old head unless given. Returns its SHA. */
  push(pullNumber: number, commit: CommitSeed, repository?: string): string;
  misbehave(wish: Misbehaviour): MisbehaviourHandle;
  behave(): void;
  close(): Promise<void>;
}

/** Making validators takes a second in all, so servers of one process share them; they hold no state of a server. */
let description: Promise<Description> | undefined;

/** Starts a stand-in for GitHub on a free port of the loopback interface. */
export async function startGitHubServer(options: GitHubServerOptions): Promise<GitHubServer> {
  description ??= readDescription();
  const state = createState(options.now ?? (() => new Date()));
  const names = new Map<string, string>();
  for (const seed of options.repositories) {
    for (const [name, sha] of seedRepository(state, seed).names) names.set(name, sha);
  }
  const tokens = new Map<string, Token>();
  const violations: string[] = [];
  const requests: AnsweredRequest[] = [];
  const misbehaviours = createMisbehaviours();
  const address = { origin: '' };
  const listener = createRequestListener({
    state,
    tokens,
    violations,
    requests,
    misbehaviours,
    address,
    description: await description,
  });
  const server = createServer(listener);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const bound = server.address();
  address.origin = `http://127.0.0.1:${typeof bound === 'object' && bound !== null ? bound.port : 0}`;

  const repository = (fullName?: string): Repository => findRepository(state, fullName);
  const addRun = (id: number, more: RunOptions = {}) => seedRun(state, repository(more.repository), id, more);
  const keep = (token: Token): string => {
    tokens.set(token.text, token);
    return token.text;
  };
  const ensureRun = (id: number) => state.runs.get(id) ?? addRun(id);
  return {
    origin: address.origin,
    state,
    violations,
    requests,
    repository,
    addRun,
    sha(name) {
      const sha = names.get(name);
      if (sha === undefined) throw new Error(`the seed has no commit ${name}`);
      return sha;
    },
    token(runId = 1, scopes) {
      ensureRun(runId);
      return keep(createToken({ runId, ...(scopes === undefined ? {} : { scopes }) }));
    },
    userToken: (login, scopes) => keep(createToken({ login, ...(scopes === undefined ? {} : { scopes }) })),
    runtimeToken(runId, job) {
      ensureRun(runId);
      return createRuntimeToken(runId, job);
    },
    addPull: (seed, fullName) => addPull(state, repository(fullName), seed, names),
    push(pullNumber, commit, fullName) {
      const target = repository(fullName);
      const pull = target.issues.get(pullNumber);
      if (pull === undefined || !isPull(pull)) throw new Error(`there is no pull request ${pullNumber}`);
      const sha = seedCommit(target.objects, names, { parents: [pull.headSha], ...commit });
      names.set(commit.name, sha);
      movePullHead(target, pull, sha);
      return sha;
    },
    misbehave: misbehaviours.add,
    behave: misbehaviours.clear,
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

function findRepository(state: State, fullName?: string): Repository {
  const [first] = state.repositories.values();
  const found = fullName === undefined ? first : state.repositories.get(fullName.toLowerCase());
  if (found === undefined) throw new Error(`there is no repository ${fullName ?? 'at all'}`);
  return found;
}
