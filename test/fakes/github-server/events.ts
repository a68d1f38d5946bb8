import { createRequire } from 'node:module';
import * as z from 'zod';
import type { JsonObject } from './answer.ts';
import { ensureLabel } from './seed.ts';
import type { GitHubServer } from './server.ts';
import { describeComment, describeIssue, describeLabel } from './shapes/issues.ts';
import { describePullInFull } from './shapes/pulls.ts';
import { describeRepository } from './shapes/repositories.ts';
import { describeUser } from './shapes/users.ts';
import { type Comment, isPull, type Pull, type Repository } from './state.ts';

const examplesSchema = z.array(z.object({ name: z.string(), examples: z.array(z.record(z.string(), z.unknown())) }));

/** One of GitHub's own examples of an event: `pull_request.synchronize`, `issue_comment.created`, `workflow_dispatch`. */
export function readExample(name: string): JsonObject {
  const [event, action] = name.split('.');
  const examples: unknown = createRequire(import.meta.url)('@octokit/webhooks-examples');
  const found = (examplesSchema.parse(examples).find((entry) => entry.name === event)?.examples ?? []).filter(
    (example) => action === undefined || example.action === action,
  );
  const [plain] = found;
  if (plain === undefined) throw new Error(`there is no example of the event ${name}`);
  return plain;
}

/**
 * GitHub's example with fields laid over it: objects are merged, everything else is replaced.
 * What an organisation or an installed app adds is left out: a workflow of a person's repository does not get it.
 */
export function buildEvent(name: string, fields: JsonObject = {}): JsonObject {
  if (name === 'schedule') return buildSchedule(fields);
  const { organization: _, installation: __, ...example } = readExample(name);
  return merge(example, fields);
}

/** Actions' own: there is no such webhook. */
function buildSchedule(fields: JsonObject): JsonObject {
  const { repository } = readExample('workflow_dispatch');
  return merge({ schedule: '17 3 * * *', workflow: '.github/workflows/nightly.yml', repository }, fields);
}

function merge(base: JsonObject, over: JsonObject): JsonObject {
  const merged = Object.entries(over).map(([key, value]): [string, unknown] => {
    const old = base[key];
    return [key, isObject(old) && isObject(value) ? merge(old, value) : value];
  });
  return { ...base, ...Object.fromEntries(merged) };
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export interface PullEventOptions {
  /** Who did it; the author of the pull request unless given. */
  readonly sender?: string;
  /** Of `labeled` and `unlabeled`. */
  readonly label?: string;
  /** The head before a push (`synchronize`). */
  readonly before?: string;
  readonly repository?: string;
}

/** An event of a pull request of the server, as it stands now. */
export function buildPullEvent(
  server: GitHubServer,
  action: string,
  number: number,
  options: PullEventOptions = {},
): JsonObject {
  const repository = server.repository(options.repository);
  const pull = pullOf(repository, number);
  const { label } = options;
  if (label !== undefined) ensureLabel(server.state, repository, label);
  const labelled = label === undefined ? undefined : repository.labels.get(label.toLowerCase());
  return buildEvent(`pull_request.${action}`, {
    number,
    pull_request: describePullInFull(repository, pull),
    ...place(repository, options.sender ?? pull.author),
    ...(labelled === undefined ? {} : { label: describeLabel(repository, labelled) }),
    ...(action === 'synchronize' ? { before: options.before ?? '0'.repeat(40), after: pull.headSha } : {}),
  });
}

/** Somebody comments on an issue or pull request: the comment is in the state of the server, too. */
export function buildCommentEvent(
  server: GitHubServer,
  number: number,
  { author, body, repository: fullName }: { author: string; body: string; repository?: string },
): JsonObject {
  const repository = server.repository(fullName);
  const issue = repository.issues.get(number);
  if (issue === undefined) throw new Error(`there is no issue ${number}`);
  const now = server.state.now();
  const comment: Comment = {
    id: server.state.nextId(),
    issueNumber: number,
    author,
    body,
    createdAt: now,
    updatedAt: now,
  };
  repository.comments.set(comment.id, comment);
  return buildEvent('issue_comment.created', {
    issue: describeIssue(repository, issue),
    comment: describeComment(repository, comment),
    ...place(repository, author),
  });
}

export function buildScheduleEvent(server: GitHubServer, fields: JsonObject = {}): JsonObject {
  return buildEvent('schedule', { repository: describeRepository(server.repository()), ...fields });
}

/** Inputs are always texts in the event, whatever their type in the workflow. */
export function buildDispatchEvent(
  server: GitHubServer,
  options: { workflow: string; inputs?: Readonly<Record<string, string>>; ref?: string; sender?: string },
): JsonObject {
  const repository = server.repository();
  const { workflow, inputs = {}, ref = `refs/heads/${repository.defaultBranch}` } = options;
  const { inputs: _, ...rest } = buildEvent('workflow_dispatch', {
    workflow,
    ref,
    ...place(repository, options.sender ?? repository.owner),
  });
  return { ...rest, inputs };
}

function place(repository: Repository, sender: string): JsonObject {
  return { repository: describeRepository(repository), sender: describeUser(sender) };
}

function pullOf(repository: Repository, number: number): Pull {
  const pull = repository.issues.get(number);
  if (pull === undefined || !isPull(pull)) throw new Error(`there is no pull request ${number}`);
  return pull;
}
