import { addBlob, addCommit, createObjects, type GitObjects, type Mode } from './git/objects.ts';
import { type FileEntry, listFiles, writeFiles } from './git/trees.ts';
import { nextIssueNumber, type Permission, type Pull, type Repository, type State } from './state.ts';

/** A file of a commit: its text or bytes, or something a hostile pull request might bring. */
export type FileSeed =
  | string
  | Uint8Array
  | { readonly symlink: string }
  | { readonly submodule: string }
  | { readonly executable: string };

export interface CommitSeed {
  /** What the rest of the seed and `server.sha(name)` call it; any word. */
  readonly name: string;
  /** Names of earlier commits; none: a first commit. */
  readonly parents?: readonly string[];
  /** All files of the commit ... */
  readonly files?: Readonly<Record<string, FileSeed>>;
  /** ... or what differs from the first parent; null takes a file away. */
  readonly change?: Readonly<Record<string, FileSeed | null>>;
  readonly message?: string;
  readonly author?: string;
}

export interface PullSeed {
  readonly number?: number;
  readonly title?: string;
  readonly body?: string;
  readonly author: string;
  /** The default branch unless named. */
  readonly base?: string;
  readonly head: {
    readonly branch: string;
    /** Name of a commit of the seed, or a SHA; the tip of the branch unless given. */
    readonly commit?: string;
    /** Login of the owner of the fork; a branch of the repository itself unless given. */
    readonly fork?: string;
  };
  readonly labels?: readonly string[];
  readonly state?: 'open' | 'closed';
  readonly draft?: boolean;
}

export interface RepositorySeed {
  readonly owner: string;
  readonly name: string;
  readonly defaultBranch?: string;
  readonly private?: boolean;
  readonly commits?: readonly CommitSeed[];
  /** Branch to name of a commit or SHA; the default branch stands at the first commit unless named. */
  readonly branches?: Readonly<Record<string, string>>;
  /** Objects and branches of a real repository, read by `fromGit`; in place of or beside `commits`. */
  readonly git?: { readonly objects: GitObjects; readonly refs: ReadonlyMap<string, string> };
  readonly pulls?: readonly PullSeed[];
  readonly permissions?: Readonly<Record<string, Permission>>;
  readonly labels?: readonly string[];
}

export interface Seeded {
  readonly repository: Repository;
  /** Names of seeded commits to their SHA. */
  readonly names: ReadonlyMap<string, string>;
}

const seededAt = '2026-01-05T08:00:00Z';

export function seedRepository(state: State, seed: RepositorySeed): Seeded {
  const objects = seed.git?.objects ?? createObjects();
  const names = new Map<string, string>();
  for (const commit of seed.commits ?? []) names.set(commit.name, seedCommit(objects, names, commit));
  const repository: Repository = {
    id: state.nextId(),
    owner: seed.owner,
    name: seed.name,
    isPrivate: seed.private ?? false,
    defaultBranch: seed.defaultBranch ?? 'main',
    objects,
    refs: new Map(seed.git?.refs),
    forkBranches: new Map(),
    labels: new Map(),
    issues: new Map(),
    comments: new Map(),
    checkRuns: new Map(),
    permissions: new Map(Object.entries({ [seed.owner]: 'admin' as const, ...seed.permissions })),
    reactions: new Map(),
  };
  const [first] = names.values();
  const defaultRef = `refs/heads/${repository.defaultBranch}`;
  if (first !== undefined && !repository.refs.has(defaultRef)) repository.refs.set(defaultRef, first);
  for (const [branch, commit] of Object.entries(seed.branches ?? {})) {
    repository.refs.set(`refs/heads/${branch}`, resolveCommit(objects, names, commit));
  }
  for (const label of seed.labels ?? []) ensureLabel(state, repository, label);
  for (const pull of seed.pulls ?? []) addPull(state, repository, pull, names);
  state.repositories.set(`${seed.owner}/${seed.name}`.toLowerCase(), repository);
  return { repository, names };
}

/** Adds a commit to the objects and returns its SHA. */
export function seedCommit(objects: GitObjects, names: ReadonlyMap<string, string>, seed: CommitSeed): string {
  const parents = (seed.parents ?? []).map((parent) => resolveCommit(objects, names, parent));
  const parentTree = objects.commits.get(parents[0] ?? '')?.tree;
  const files = seed.files === undefined && parentTree !== undefined ? listFiles(objects, parentTree) : new Map();
  for (const [path, file] of Object.entries({ ...seed.files, ...seed.change })) {
    if (file === null) files.delete(path);
    else files.set(path, seedFile(objects, file));
  }
  const author = seed.author ?? 'maintainer';
  const signature = { name: author, email: `${author}@users.noreply.github.com`, date: seededAt };
  const message = seed.message ?? seed.name;
  return addCommit(objects, {
    tree: writeFiles(objects, files),
    parents,
    author: signature,
    committer: signature,
    message,
  }).sha;
}

function seedFile(objects: GitObjects, file: FileSeed): FileEntry {
  const entry = (mode: Mode, content: string | Uint8Array) => ({ mode, sha: addBlob(objects, content) });
  if (typeof file === 'string' || file instanceof Uint8Array) return entry('100644', file);
  if ('symlink' in file) return entry('120000', file.symlink);
  if ('executable' in file) return entry('100755', file.executable);
  return { mode: '160000', sha: file.submodule };
}

export function resolveCommit(objects: GitObjects, names: ReadonlyMap<string, string>, commit: string): string {
  const sha = names.get(commit) ?? commit;
  if (!objects.commits.has(sha)) throw new Error(`the seed has no commit ${commit}`);
  return sha;
}

/** Opens a pull request. Its head also becomes `refs/pull/N/head`. */
export function addPull(
  state: State,
  repository: Repository,
  seed: PullSeed,
  names: ReadonlyMap<string, string>,
): Pull {
  const { branch, fork = null, commit } = seed.head;
  const tip =
    fork === null ? repository.refs.get(`refs/heads/${branch}`) : repository.forkBranches.get(`${fork}:${branch}`);
  const headSha = resolveCommit(repository.objects, names, commit ?? tip ?? `at the tip of ${branch}`);
  const pull: Pull = {
    id: state.nextId(),
    number: seed.number ?? nextIssueNumber(repository),
    title: seed.title ?? 'A tuning change',
    body: seed.body ?? null,
    author: seed.author,
    state: seed.state ?? 'open',
    stateReason: null,
    labels: [...(seed.labels ?? [])],
    createdAt: seededAt,
    updatedAt: seededAt,
    closedAt: seed.state === 'closed' ? seededAt : null,
    baseBranch: seed.base ?? repository.defaultBranch,
    headBranch: branch,
    headSha,
    fork,
    draft: seed.draft ?? false,
    mergedAt: null,
  };
  for (const label of pull.labels) ensureLabel(state, repository, label);
  repository.issues.set(pull.number, pull);
  movePullHead(repository, pull, headSha);
  return pull;
}

/** What a push to the branch of a pull request does. */
export function movePullHead(repository: Repository, pull: Pull, sha: string): void {
  pull.headSha = sha;
  repository.refs.set(`refs/pull/${pull.number}/head`, sha);
  if (pull.fork === null) repository.refs.set(`refs/heads/${pull.headBranch}`, sha);
  else repository.forkBranches.set(`${pull.fork}:${pull.headBranch}`, sha);
}

/** A label that does not exist yet is made in grey, as GitHub does. */
export function ensureLabel(state: State, repository: Repository, name: string): void {
  const key = name.toLowerCase();
  if (repository.labels.has(key)) return;
  repository.labels.set(key, { id: state.nextId(), name, color: 'ededed', description: null });
}
