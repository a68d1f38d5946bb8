import type { JsonObject } from '../answer.ts';
import { type Comment, type Issue, isPull, type Label, type Pull, type Repository } from '../state.ts';
import { apiUrl, webUrl } from './repositories.ts';
import { describeUser, nodeId } from './users.ts';

/** What GitHub says the author is to the repository. */
export function associationOf(repository: Repository, login: string): string {
  if (login === repository.owner) return 'OWNER';
  const permission = repository.permissions.get(login);
  return permission === undefined || permission === 'none' ? 'NONE' : 'COLLABORATOR';
}

export function describeLabel(repository: Repository, label: Label): JsonObject {
  return {
    id: label.id,
    node_id: nodeId('Label', label.id),
    url: `${apiUrl(repository)}/labels/${encodeURIComponent(label.name)}`,
    name: label.name,
    color: label.color,
    default: false,
    // GitHub describes it as text in one place and as text or null in another; it sends null.
    description: label.description,
  };
}

export function describeLabels(repository: Repository, names: readonly string[]): JsonObject[] {
  return names.flatMap((name) => {
    const label = repository.labels.get(name.toLowerCase());
    return label === undefined ? [] : [describeLabel(repository, label)];
  });
}

export function describeIssue(repository: Repository, issue: Issue | Pull): JsonObject {
  const [api, web] = [apiUrl(repository), webUrl(repository)];
  const url = `${api}/issues/${issue.number}`;
  const page = `${web}/${isPull(issue) ? 'pull' : 'issues'}/${issue.number}`;
  const comments = [...repository.comments.values()].filter((comment) => comment.issueNumber === issue.number).length;
  return {
    url,
    repository_url: api,
    labels_url: `${url}/labels{/name}`,
    comments_url: `${url}/comments`,
    events_url: `${url}/events`,
    html_url: page,
    id: issue.id,
    node_id: nodeId('Issue', issue.id),
    number: issue.number,
    title: issue.title,
    user: describeUser(issue.author),
    labels: describeLabels(repository, issue.labels),
    state: issue.state,
    state_reason: issue.stateReason,
    locked: false,
    assignee: null,
    assignees: [],
    milestone: null,
    comments,
    created_at: issue.createdAt,
    updated_at: issue.updatedAt,
    closed_at: issue.closedAt,
    author_association: associationOf(repository, issue.author),
    active_lock_reason: null,
    body: issue.body,
    ...(isPull(issue) ? { draft: issue.draft, pull_request: linksToPull(repository, issue) } : {}),
  };
}

function linksToPull(repository: Repository, pull: Pull): JsonObject {
  const page = `${webUrl(repository)}/pull/${pull.number}`;
  return {
    url: `${apiUrl(repository)}/pulls/${pull.number}`,
    html_url: page,
    diff_url: `${page}.diff`,
    patch_url: `${page}.patch`,
    merged_at: pull.mergedAt,
  };
}

export function describeComment(repository: Repository, comment: Comment): JsonObject {
  const [api, web] = [apiUrl(repository), webUrl(repository)];
  const issue = repository.issues.get(comment.issueNumber);
  const kind = issue !== undefined && isPull(issue) ? 'pull' : 'issues';
  return {
    id: comment.id,
    node_id: nodeId('IssueComment', comment.id),
    url: `${api}/issues/comments/${comment.id}`,
    html_url: `${web}/${kind}/${comment.issueNumber}#issuecomment-${comment.id}`,
    issue_url: `${api}/issues/${comment.issueNumber}`,
    user: describeUser(comment.author),
    created_at: comment.createdAt,
    updated_at: comment.updatedAt,
    author_association: associationOf(repository, comment.author),
    body: comment.body,
    performed_via_github_app: null,
  };
}
