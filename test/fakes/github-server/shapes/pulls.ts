import type { JsonObject } from '../answer.ts';
import { listDifferences } from '../git/difference.ts';
import { findMergeBase, listCommitsBetween } from '../git/history.ts';
import type { Pull, Repository } from '../state.ts';
import { associationOf, describeLabels } from './issues.ts';
import { apiUrl, describeRepository, webUrl } from './repositories.ts';
import { describeUser, nodeId } from './users.ts';

/** A pull request as lists have it. */
export function describePull(repository: Repository, pull: Pull): JsonObject {
  const api = `${apiUrl(repository)}/pulls/${pull.number}`;
  const issue = `${apiUrl(repository)}/issues/${pull.number}`;
  const web = `${webUrl(repository)}/pull/${pull.number}`;
  return {
    url: api,
    id: pull.id,
    node_id: nodeId('PullRequest', pull.id),
    html_url: web,
    diff_url: `${web}.diff`,
    patch_url: `${web}.patch`,
    issue_url: issue,
    number: pull.number,
    state: pull.state,
    locked: false,
    title: pull.title,
    user: describeUser(pull.author),
    body: pull.body,
    created_at: pull.createdAt,
    updated_at: pull.updatedAt,
    closed_at: pull.closedAt,
    merged_at: pull.mergedAt,
    merge_commit_sha: null,
    assignee: null,
    assignees: [],
    requested_reviewers: [],
    requested_teams: [],
    labels: describeLabels(repository, pull.labels),
    milestone: null,
    draft: pull.draft,
    commits_url: `${api}/commits`,
    review_comments_url: `${api}/comments`,
    review_comment_url: `${apiUrl(repository)}/pulls/comments{/number}`,
    comments_url: `${issue}/comments`,
    statuses_url: `${apiUrl(repository)}/statuses/${pull.headSha}`,
    head: describeSide(repository, pull.fork, pull.headBranch, pull.headSha),
    base: describeSide(repository, null, pull.baseBranch, baseSha(repository, pull)),
    _links: describeLinks(api, issue, web, `${apiUrl(repository)}/statuses/${pull.headSha}`),
    author_association: associationOf(repository, pull.author),
    auto_merge: null,
    active_lock_reason: null,
  };
}

/** A pull request asked for by its number: with counts. */
export function describePullInFull(repository: Repository, pull: Pull): JsonObject {
  const { objects } = repository;
  const base = baseSha(repository, pull);
  const mergeBase = findMergeBase(objects, base, pull.headSha);
  const tree = (sha: string | undefined) => objects.commits.get(sha ?? '')?.tree ?? '';
  const files = listDifferences(objects, tree(mergeBase?.sha), tree(pull.headSha));
  const sum = (key: 'additions' | 'deletions') => files.reduce((total, file) => total + file[key], 0);
  return {
    ...describePull(repository, pull),
    merged: pull.mergedAt !== null,
    mergeable: true,
    rebaseable: true,
    mergeable_state: 'clean',
    merged_by: null,
    comments: [...repository.comments.values()].filter((comment) => comment.issueNumber === pull.number).length,
    review_comments: 0,
    maintainer_can_modify: pull.fork !== null,
    commits: listCommitsBetween(objects, base, pull.headSha).length,
    additions: sum('additions'),
    deletions: sum('deletions'),
    changed_files: files.length,
  };
}

/** The tip of the base branch. */
export function baseSha(repository: Repository, pull: Pull): string {
  return repository.refs.get(`refs/heads/${pull.baseBranch}`) ?? '';
}

function describeSide(repository: Repository, fork: string | null, ref: string, sha: string): JsonObject {
  const owner = fork ?? repository.owner;
  return { label: `${owner}:${ref}`, ref, sha, user: describeUser(owner), repo: describeRepository(repository, fork) };
}

function describeLinks(api: string, issue: string, web: string, statuses: string): JsonObject {
  const links = {
    self: api,
    html: web,
    issue,
    comments: `${issue}/comments`,
    review_comments: `${api}/comments`,
    review_comment: `${api.replace(/\/\d+$/, '')}/comments{/number}`,
    commits: `${api}/commits`,
    statuses,
  };
  return Object.fromEntries(Object.entries(links).map(([name, href]) => [name, { href }]));
}

/** The short form inside check runs and workflow runs. */
export function describePullLink(repository: Repository, pull: Pull): JsonObject {
  const place = { id: repository.id, url: apiUrl(repository), name: repository.name };
  return {
    id: pull.id,
    number: pull.number,
    url: `${apiUrl(repository)}/pulls/${pull.number}`,
    head: { ref: pull.headBranch, sha: pull.headSha, repo: place },
    base: { ref: pull.baseBranch, sha: baseSha(repository, pull), repo: place },
  };
}
