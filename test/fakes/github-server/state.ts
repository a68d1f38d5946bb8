import type { GitObjects } from './git/objects.ts';

export type Permission = 'admin' | 'maintain' | 'write' | 'triage' | 'read' | 'none';

export interface Label {
  readonly id: number;
  name: string;
  color: string;
  description: string | null;
}

export interface Issue {
  readonly id: number;
  readonly number: number;
  title: string;
  body: string | null;
  readonly author: string;
  state: 'open' | 'closed';
  stateReason: 'completed' | 'not_planned' | 'reopened' | 'duplicate' | null;
  labels: string[];
  readonly createdAt: string;
  updatedAt: string;
  closedAt: string | null;
}

/** A pull request is an issue with two branches. */
export interface Pull extends Issue {
  baseBranch: string;
  headBranch: string;
  /** The commit at its head; moves with a push (`state.push`). */
  headSha: string;
  /** Login whose fork holds the head branch; null: a branch of the repository itself. */
  readonly fork: string | null;
  readonly draft: boolean;
  mergedAt: string | null;
}

export interface Comment {
  readonly id: number;
  readonly issueNumber: number;
  readonly author: string;
  body: string;
  readonly createdAt: string;
  updatedAt: string;
}

export interface CheckRun {
  readonly id: number;
  readonly headSha: string;
  name: string;
  status: string;
  conclusion: string | null;
  startedAt: string | null;
  completedAt: string | null;
  detailsUrl: string | null;
  externalId: string | null;
  output: { title: string | null; summary: string | null; text: string | null; annotations: readonly unknown[] };
}

export interface Job {
  readonly id: number;
  readonly name: string;
  status: 'queued' | 'in_progress' | 'completed';
  conclusion: string | null;
  readonly labels: readonly string[];
  readonly runnerName: string | null;
}

export interface WorkflowRun {
  readonly id: number;
  readonly repository: Repository;
  readonly name: string;
  /** As in the repository: `.github/workflows/tuning-pr.yml`. */
  readonly path: string;
  readonly event: string;
  readonly headBranch: string;
  readonly headSha: string;
  readonly actor: string;
  attempt: number;
  status: string;
  conclusion: string | null;
  readonly createdAt: string;
  updatedAt: string;
  readonly jobs: Job[];
}

export interface Artifact {
  readonly id: number;
  readonly runId: number;
  readonly name: string;
  readonly createdAt: string;
  /** Blocks that were put but not yet listed. */
  readonly blocks: Map<string, Buffer>;
  content: Buffer;
  contentType: string;
  finalized: boolean;
  expired: boolean;
}

export interface Repository {
  readonly id: number;
  readonly owner: string;
  readonly name: string;
  readonly isPrivate: boolean;
  defaultBranch: string;
  readonly objects: GitObjects;
  /** Full names, `refs/heads/main`, to commits. */
  readonly refs: Map<string, string>;
  /** Branches of forks, `LOGIN:BRANCH`, to commits. */
  readonly forkBranches: Map<string, string>;
  readonly labels: Map<string, Label>;
  readonly issues: Map<number, Issue | Pull>;
  readonly comments: Map<number, Comment>;
  readonly checkRuns: Map<number, CheckRun>;
  /** By login; who is not named can read where the repository is public. */
  readonly permissions: Map<string, Permission>;
  /** Reactions, as `COMMENT-ID LOGIN CONTENT`. */
  readonly reactions: Map<string, number>;
}

export interface State {
  /** By `OWNER/NAME`, in small letters, as GitHub does not tell them apart. */
  readonly repositories: Map<string, Repository>;
  readonly runs: Map<number, WorkflowRun>;
  readonly artifacts: Map<number, Artifact>;
  /** A number nobody has had. */
  nextId(): number;
  /** The time now, RFC 3339 in whole seconds. */
  now(): string;
}

export function isPull(issue: Issue | Pull): issue is Pull {
  return 'headSha' in issue;
}

export function listPulls(repository: Repository): Pull[] {
  return [...repository.issues.values()].filter(isPull);
}

/** Numbers are shared by issues and pull requests. */
export function nextIssueNumber(repository: Repository): number {
  return Math.max(0, ...repository.issues.keys()) + 1;
}

export function createState(now: () => Date): State {
  let id = 1000;
  return {
    repositories: new Map(),
    runs: new Map(),
    artifacts: new Map(),
    nextId: () => ++id,
    now: () =>
      now()
        .toISOString()
        .replace(/\.\d+Z$/, 'Z'),
  };
}
