import type { Repository, State, WorkflowRun } from './state.ts';

export interface RunOptions {
  readonly repository?: string;
  readonly name?: string;
  readonly path?: string;
  readonly event?: string;
  readonly headBranch?: string;
  readonly headSha?: string;
  readonly actor?: string;
  readonly attempt?: number;
  readonly status?: string;
  readonly conclusion?: string | null;
  readonly createdAt?: string;
  readonly jobs?: readonly {
    name: string;
    conclusion?: string | null;
    labels?: readonly string[];
    runnerName?: string;
  }[];
}

/** Puts a workflow run into the state, in place of one with its number. */
export function seedRun(state: State, repository: Repository, id: number, options: RunOptions): WorkflowRun {
  const headBranch = options.headBranch ?? repository.defaultBranch;
  const completed = options.conclusion !== undefined && options.conclusion !== null;
  const createdAt = options.createdAt ?? state.now();
  const run: WorkflowRun = {
    id,
    repository,
    name: options.name ?? 'tuning-pr',
    path: options.path ?? '.github/workflows/tuning-pr.yml',
    event: options.event ?? 'pull_request_target',
    headBranch,
    headSha: options.headSha ?? repository.refs.get(`refs/heads/${headBranch}`) ?? '',
    actor: options.actor ?? repository.owner,
    attempt: options.attempt ?? 1,
    status: options.status ?? (completed ? 'completed' : 'in_progress'),
    conclusion: options.conclusion ?? null,
    createdAt,
    updatedAt: createdAt,
    jobs: (options.jobs ?? []).map(({ name, conclusion = null, labels = [], runnerName = null }) => ({
      id: state.nextId(),
      name,
      status: conclusion === null ? 'in_progress' : 'completed',
      conclusion,
      labels,
      runnerName,
    })),
  };
  state.runs.set(id, run);
  return run;
}
