import { createRequire } from 'node:module';
import * as z from 'zod';
import { repositoryName } from './test-repository.ts';

type Json = Record<string, unknown>;

/** Its types do not say what its main file is: a list. */
const examples = z
  .array(z.object({ name: z.string(), examples: z.array(z.record(z.string(), z.unknown())) }))
  .parse(createRequire(import.meta.url)('@octokit/webhooks-examples'));

/** GitHub's own example of an event, as the ground for ours. */
function findExample(name: string, action: string): Json {
  const found = examples.find((event) => event.name === name)?.examples.find((each) => each.action === action);
  if (found === undefined) throw new Error(`there is no example of ${name} ${action}`);
  return found;
}

/** Lays `change` over `base`, object by object. */
function merge(base: unknown, change: unknown): unknown {
  const objects = [base, change].map((value) => z.record(z.string(), z.unknown()).safeParse(value).data);
  const [left, right] = objects;
  if (left === undefined || right === undefined) return change;
  const merged = Object.entries(right).map(([key, value]) => [key, merge(left[key], value)]);
  return { ...left, ...Object.fromEntries(merged) };
}

const fullName = `${repositoryName.owner}/${repositoryName.name}`;
const repository = {
  name: repositoryName.name,
  full_name: fullName,
  default_branch: 'main',
  owner: { login: repositoryName.owner },
};

export interface PullState {
  readonly number: number;
  readonly title: string;
  readonly author: string;
  readonly headBranch: string;
  readonly headSha: string;
  /** Login of the owner of the fork; null: a branch of the repository itself. */
  readonly fork: string | null;
  readonly baseSha: string;
}

function describeHead({ headBranch, headSha, fork }: PullState): Json {
  const owner = fork ?? repositoryName.owner;
  const repo = {
    name: repositoryName.name,
    full_name: `${owner}/${repositoryName.name}`,
    fork: fork !== null,
    owner: { login: owner },
  };
  return { ref: headBranch, sha: headSha, label: `${owner}:${headBranch}`, user: { login: owner }, repo };
}

/** What a workflow on pull_request_target is given: `opened`, `synchronize`, `reopened`, or `labeled`. */
export function buildPullRequestEvent(action: string, pull: PullState, more: Json = {}): unknown {
  return merge(findExample('pull_request', action), {
    number: pull.number,
    repository,
    sender: { login: pull.author },
    pull_request: {
      number: pull.number,
      title: pull.title,
      user: { login: pull.author },
      head: describeHead(pull),
      base: { ref: 'main', sha: pull.baseSha, label: `${repositoryName.owner}:main`, repo: repository },
    },
    ...more,
  });
}

export interface CommentState {
  readonly id: number;
  readonly author: string;
  readonly body: string;
  readonly association: 'OWNER' | 'MEMBER' | 'COLLABORATOR' | 'CONTRIBUTOR' | 'NONE';
}

/** What a workflow on issue_comment is given. */
export function buildCommentEvent(pull: PullState, comment: CommentState): unknown {
  const url = `https://api.github.com/repos/${fullName}/pulls/${pull.number}`;
  return merge(findExample('issue_comment', 'created'), {
    action: 'created',
    repository,
    sender: { login: comment.author },
    issue: {
      number: pull.number,
      title: pull.title,
      user: { login: pull.author },
      pull_request: { url, html_url: url, diff_url: url, patch_url: url },
    },
    comment: {
      id: comment.id,
      body: comment.body,
      user: { login: comment.author },
      author_association: comment.association,
    },
  });
}
