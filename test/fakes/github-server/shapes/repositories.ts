import type { JsonObject } from '../answer.ts';
import type { Repository } from '../state.ts';
import { describeUser, nodeId } from './users.ts';

const seededAt = '2026-01-05T08:00:00Z';

/** Ends of the addresses GitHub gives with a repository. */
const addresses = {
  archive_url: '/{archive_format}{/ref}',
  assignees_url: '/assignees{/user}',
  blobs_url: '/git/blobs{/sha}',
  branches_url: '/branches{/branch}',
  collaborators_url: '/collaborators{/collaborator}',
  comments_url: '/comments{/number}',
  commits_url: '/commits{/sha}',
  compare_url: '/compare/{base}...{head}',
  contents_url: '/contents/{+path}',
  contributors_url: '/contributors',
  deployments_url: '/deployments',
  downloads_url: '/downloads',
  events_url: '/events',
  forks_url: '/forks',
  git_commits_url: '/git/commits{/sha}',
  git_refs_url: '/git/refs{/sha}',
  git_tags_url: '/git/tags{/sha}',
  hooks_url: '/hooks',
  issue_comment_url: '/issues/comments{/number}',
  issue_events_url: '/issues/events{/number}',
  issues_url: '/issues{/number}',
  keys_url: '/keys{/key_id}',
  labels_url: '/labels{/name}',
  languages_url: '/languages',
  merges_url: '/merges',
  milestones_url: '/milestones{/number}',
  notifications_url: '/notifications{?since,all,participating}',
  pulls_url: '/pulls{/number}',
  releases_url: '/releases{/id}',
  stargazers_url: '/stargazers',
  statuses_url: '/statuses/{sha}',
  subscribers_url: '/subscribers',
  subscription_url: '/subscription',
  tags_url: '/tags',
  teams_url: '/teams',
  trees_url: '/git/trees{/sha}',
} as const;

/** What stands before the addresses of a repository in answers. */
export function apiUrl({ owner, name }: { owner: string; name: string }): string {
  return `https://api.github.com/repos/${owner}/${name}`;
}

export function webUrl({ owner, name }: { owner: string; name: string }): string {
  return `https://github.com/${owner}/${name}`;
}

/** A repository in full; where GitHub gives less of it, more does no harm. `fork`: that login's fork of it. */
export function describeRepository(repository: Repository, fork: string | null = null): JsonObject {
  const place = { owner: fork ?? repository.owner, name: repository.name };
  const id = fork === null ? repository.id : repository.id + 500_000;
  const [api, web] = [apiUrl(place), webUrl(place)];
  return {
    id,
    node_id: nodeId('Repository', id),
    name: place.name,
    full_name: `${place.owner}/${place.name}`,
    private: repository.isPrivate,
    owner: describeUser(place.owner),
    html_url: web,
    description: null,
    fork: fork !== null,
    url: api,
    ...Object.fromEntries(Object.entries(addresses).map(([key, end]) => [key, `${api}${end}`])),
    git_url: `git:${web.slice('https:'.length)}.git`,
    ssh_url: `git@github.com:${place.owner}/${place.name}.git`,
    clone_url: `${web}.git`,
    svn_url: web,
    mirror_url: null,
    default_branch: repository.defaultBranch,
    ...countsAndSwitches(repository),
    created_at: seededAt,
    updated_at: seededAt,
    pushed_at: seededAt,
  };
}

function countsAndSwitches(repository: Repository): JsonObject {
  const open = [...repository.issues.values()].filter((issue) => issue.state === 'open').length;
  const switches = { has_issues: true, has_projects: true, has_downloads: true, has_wiki: true, has_pages: false };
  return {
    ...switches,
    has_discussions: false,
    homepage: null,
    size: 1,
    stargazers_count: 0,
    watchers_count: 0,
    language: null,
    forks_count: 0,
    archived: false,
    disabled: false,
    open_issues_count: open,
    license: null,
    allow_forking: true,
    is_template: false,
    web_commit_signoff_required: false,
    topics: [],
    visibility: repository.isPrivate ? 'private' : 'public',
    forks: 0,
    open_issues: open,
    watchers: 0,
    network_count: 0,
    subscribers_count: 0,
  };
}
