import { ApiError, notFound } from '../answer.ts';
import { answerPage, type Call, cutPage, type Endpoint, findCommit, repositoryOf } from '../call.ts';
import { findMergeBase, listAncestors, listCommitsBetween } from '../git/history.ts';
import { describeCommit, describeFiles } from '../shapes/commits.ts';
import { baseSha, describePull } from '../shapes/pulls.ts';
import { apiUrl, describeRepository, webUrl } from '../shapes/repositories.ts';
import { describeUser } from '../shapes/users.ts';
import { listPulls, type Repository } from '../state.ts';

const get: Endpoint = (call) => ({ status: 200, body: describeRepository(repositoryOf(call)) });

const getBranch: Endpoint = (call) => {
  const repository = repositoryOf(call);
  const name = call.params.branch ?? '';
  const commit = repository.objects.commits.get(repository.refs.get(`refs/heads/${name}`) ?? '');
  if (commit === undefined) throw new ApiError(404, 'Branch not found');
  const url = `${apiUrl(repository)}/branches/${name}`;
  const checks = { enforcement_level: 'off', contexts: [], checks: [] };
  return {
    status: 200,
    body: {
      name,
      commit: describeCommit(repository, commit),
      _links: { self: url, html: `${webUrl(repository)}/tree/${name}` },
      protected: false,
      protection: { enabled: false, required_status_checks: checks },
      protection_url: `${url}/protection`,
    },
  };
};

const getCommit: Endpoint = (call) => {
  const repository = repositoryOf(call);
  const commit = findCommit(repository, call.params.ref ?? '');
  if (commit === null) throw new ApiError(422, `No commit found for SHA: ${call.params.ref}`);
  const parentTree = repository.objects.commits.get(commit.parents[0] ?? '')?.tree ?? '';
  const files = describeFiles(repository, parentTree, commit);
  return { status: 200, body: { ...describeCommit(repository, commit), files } };
};

const listCommits: Endpoint = (call) => {
  const repository = repositoryOf(call);
  const commit = findCommit(repository, call.query.sha ?? repository.defaultBranch);
  if (commit === null) throw notFound();
  const commits = listAncestors(repository.objects, commit.sha);
  return answerPage(
    call,
    commits.map((each) => describeCommit(repository, each)),
  );
};

/**
 * Pull requests that have the commit. One from a fork is named only when its fork is asked: to the repository it would
 * go into the commit does not belong yet, and the list is empty (TooTallNate/nx.js#410, learningequality/kolibri#14719).
 */
const listPullsOfCommit: Endpoint = (call) => {
  const { owner = '', commit_sha: sha = '' } = call.params;
  const fork = findFork(call, owner);
  const repository = fork?.repository ?? repositoryOf(call);
  if (!repository.objects.commits.has(sha)) throw new ApiError(422, `No commit found for SHA: ${sha}`);
  const pulls = listPulls(repository)
    .filter((pull) => pull.fork === (fork?.login ?? null))
    .filter((pull) =>
      listCommitsBetween(repository.objects, baseSha(repository, pull), pull.headSha).some(
        (commit) => commit.sha === sha,
      ),
    );
  return answerPage(
    call,
    pulls.map((pull) => describePull(repository, pull)),
  );
};

/** The repository whose fork is asked; null: it is no fork. */
function findFork(call: Call, owner: string): { repository: Repository; login: string } | null {
  for (const repository of call.state.repositories.values()) {
    if (repository.name.toLowerCase() !== call.params.repo?.toLowerCase()) continue;
    const login = listPulls(repository).find(({ fork }) => fork?.toLowerCase() === owner.toLowerCase())?.fork;
    if (login !== undefined && login !== null) return { repository, login };
  }
  return null;
}

/** Three dots: the files are those that changed since both sides were one. */
const compare: Endpoint = (call) => {
  const repository = repositoryOf(call);
  const [left = '', right = ''] = (call.params.basehead ?? '').split('...');
  const [base, head] = [findCommit(repository, left), findCommit(repository, right)];
  if (base === null || head === null) throw notFound();
  const mergeBase = findMergeBase(repository.objects, base.sha, head.sha);
  if (mergeBase === null) throw new ApiError(404, `No common ancestor between ${left} and ${right}.`);
  const ahead = listCommitsBetween(repository.objects, base.sha, head.sha);
  const behind = listCommitsBetween(repository.objects, head.sha, base.sha).length;
  const page = cutPage(call, ahead);
  const url = `${webUrl(repository)}/compare/${left}...${right}`;
  return {
    status: 200,
    headers: page.headers,
    body: {
      url: `${apiUrl(repository)}/compare/${left}...${right}`,
      html_url: url,
      permalink_url: `${webUrl(repository)}/compare/${repository.owner}:${base.sha.slice(0, 7)}...${repository.owner}:${head.sha.slice(0, 7)}`,
      diff_url: `${url}.diff`,
      patch_url: `${url}.patch`,
      base_commit: describeCommit(repository, base),
      merge_base_commit: describeCommit(repository, mergeBase),
      status: statusOf(ahead.length, behind),
      ahead_by: ahead.length,
      behind_by: behind,
      total_commits: ahead.length,
      commits: ahead.slice(...pageBounds(call.query)).map((commit) => describeCommit(repository, commit)),
      // Only the first page has files, and never more than 300.
      files: Number(call.query.page ?? 1) > 1 ? [] : describeFiles(repository, mergeBase.tree, head).slice(0, 300),
    },
  };
};

/** Without `per_page` a comparison gives up to 250 commits. */
function pageBounds(query: Readonly<Record<string, string>>): [number, number] {
  const size = query.per_page === undefined ? 250 : Math.min(100, Number(query.per_page));
  const page = Number(query.page ?? 1);
  return [(page - 1) * size, page * size];
}

function statusOf(ahead: number, behind: number): string {
  if (ahead > 0) return behind > 0 ? 'diverged' : 'ahead';
  return behind > 0 ? 'behind' : 'identical';
}

/** Roles finer than read, write and admin show in `role_name` alone. */
const coarse = {
  admin: 'admin',
  maintain: 'write',
  write: 'write',
  triage: 'read',
  read: 'read',
  none: 'none',
} as const;

/** The login comes back as its owner writes it. Apps are no users, and that is a 404 (anthropics/claude-code-action#1018). */
const getPermission: Endpoint = (call) => {
  const repository = repositoryOf(call);
  const asked = call.params.username ?? '';
  if (asked.endsWith('[bot]') || asked === 'Copilot') throw new ApiError(404, `${asked} is not a user`);
  const known = [...repository.permissions].find(([login]) => login.toLowerCase() === asked.toLowerCase());
  const [login, role] = known ?? [asked, repository.isPrivate ? 'none' : 'read'];
  return {
    status: 200,
    body: { permission: coarse[role], user: { ...describeUser(login), role_name: role }, role_name: role },
  };
};

export const repositoryEndpoints = {
  'repos/get': get,
  'repos/get-branch': getBranch,
  'repos/get-commit': getCommit,
  'repos/list-commits': listCommits,
  'repos/list-pull-requests-associated-with-commit': listPullsOfCommit,
  'repos/compare-commits-with-basehead': compare,
  'repos/get-collaborator-permission-level': getPermission,
} satisfies Readonly<Record<string, Endpoint>>;
