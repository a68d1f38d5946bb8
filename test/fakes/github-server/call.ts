import { type Answer, notFound } from './answer.ts';
import type { Commit } from './git/objects.ts';
import { type Issue, isPull, type Pull, type Repository, type State } from './state.ts';
import type { Token } from './tokens.ts';

/** A request that has been held against the description and may be done. */
export interface Call {
  readonly state: State;
  /** Address of the server, for links to its own pages and blobs. */
  readonly origin: string;
  readonly token: Token;
  /** Parameters in the path, decoded; `repo` and `owner` too. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly body: unknown;
  readonly accept: string;
  /** The address as it was asked for, for links to further pages. */
  readonly url: URL;
}

export type Endpoint = (call: Call) => Answer;

/** The repository the path names; 404 where there is none. */
export function repositoryOf(call: Call): Repository {
  const repository = call.state.repositories.get(`${call.params.owner}/${call.params.repo}`.toLowerCase());
  if (repository === undefined) throw notFound();
  return repository;
}

export function issueOf(call: Call, repository: Repository): Issue | Pull {
  const issue = repository.issues.get(Number(call.params.issue_number));
  if (issue === undefined) throw notFound();
  return issue;
}

export function pullOf(call: Call, repository: Repository): Pull {
  const pull = repository.issues.get(Number(call.params.pull_number));
  if (pull === undefined || !isPull(pull)) throw notFound();
  return pull;
}

/** A commit by SHA, branch, full ref, or `LOGIN:BRANCH` of a fork; null: there is none. */
export function findCommit(repository: Repository, ref: string): Commit | null {
  const own = ref.startsWith(`${repository.owner}:`) ? ref.slice(repository.owner.length + 1) : ref;
  const sha =
    [own, `refs/heads/${own}`, `refs/${own}`]
      .map((name) => repository.refs.get(name))
      .find((found) => found !== undefined) ??
    repository.forkBranches.get(ref) ??
    ref;
  return repository.objects.commits.get(sha) ?? (/^[0-9a-f]{7,39}$/.test(sha) ? findByPrefix(repository, sha) : null);
}

function findByPrefix(repository: Repository, prefix: string): Commit | null {
  const found = [...repository.objects.commits.values()].filter((commit) => commit.sha.startsWith(prefix));
  return found.length === 1 ? (found[0] ?? null) : null;
}

interface Page {
  readonly items: readonly unknown[];
  readonly headers: Readonly<Record<string, string>>;
}

/** The asked-for page of a list and the `link` header to its neighbours: 30 a page, at most 100, as GitHub. */
export function cutPage(call: Call, all: readonly unknown[]): Page {
  const size = Math.min(100, Math.max(1, Number(call.query.per_page ?? 30)));
  const page = Math.max(1, Number(call.query.page ?? 1));
  const last = Math.max(1, Math.ceil(all.length / size));
  const link = (to: number, rel: string) => {
    const url = new URL(call.url);
    url.searchParams.set('page', String(to));
    return `<${url.href}>; rel="${rel}"`;
  };
  const links = [
    ...(page > 1 ? [link(page - 1, 'prev'), link(1, 'first')] : []),
    ...(page < last ? [link(page + 1, 'next'), link(last, 'last')] : []),
  ];
  return {
    items: all.slice((page - 1) * size, page * size),
    headers: links.length === 0 ? {} : { link: links.join(', ') },
  };
}

/** A list that is the whole body. */
export function answerPage(call: Call, all: readonly unknown[]): Answer {
  const { items, headers } = cutPage(call, all);
  return { status: 200, body: items, headers };
}

/** A list beside its count. */
export function answerCounted(call: Call, key: string, all: readonly unknown[]): Answer {
  const { items, headers } = cutPage(call, all);
  return { status: 200, body: { total_count: all.length, [key]: items }, headers };
}
