import * as z from 'zod';
import { validationFailed } from '../answer.ts';
import { answerPage, type Call, type Endpoint, issueOf, repositoryOf } from '../call.ts';
import { ensureLabel } from '../seed.ts';
import { describeIssue } from '../shapes/issues.ts';
import { type Issue, nextIssueNumber, type Repository } from '../state.ts';

/** GitHub counts characters, not bytes. */
const longestBody = 65_536;

/** 422 for a body that is too long; GitHub words it one way for issues and another for comments. */
export function refuseLongBody(resource: 'Issue' | 'IssueComment', body: string): void {
  if ([...body].length <= longestBody) return;
  const limit = `is too long (maximum is ${longestBody} characters)`;
  throw resource === 'Issue'
    ? validationFailed(resource, 'body', 'custom', `body ${limit}`)
    : validationFailed(resource, 'data', 'unprocessable', `Body ${limit}`);
}

const labelsSchema = z.array(z.union([z.string(), z.object({ name: z.string() }).transform(({ name }) => name)]));
const createSchema = z.object({
  title: z.union([z.string(), z.number()]).transform(String),
  body: z.string().nullish(),
  labels: labelsSchema.optional(),
});
const updateSchema = z.object({
  title: z.union([z.string(), z.number()]).transform(String).optional(),
  body: z.string().nullish(),
  state: z.enum(['open', 'closed']).optional(),
  state_reason: z.enum(['completed', 'not_planned', 'reopened', 'duplicate']).nullish(),
  labels: labelsSchema.optional(),
});

const get: Endpoint = (call) => {
  const repository = repositoryOf(call);
  return { status: 200, body: describeIssue(repository, issueOf(call, repository)) };
};

/** Pull requests are among them, as on GitHub. */
const list: Endpoint = (call) => {
  const repository = repositoryOf(call);
  const { state = 'open', labels, creator, since, sort = 'created', direction = 'desc' } = call.query;
  const wanted = labels === undefined ? [] : labels.split(',').map((label) => label.trim().toLowerCase());
  const key = (issue: Issue) => (sort === 'updated' ? issue.updatedAt : issue.createdAt);
  const issues = [...repository.issues.values()]
    .filter((issue) => state === 'all' || issue.state === state)
    .filter((issue) => wanted.every((label) => issue.labels.some((name) => name.toLowerCase() === label)))
    .filter((issue) => creator === undefined || issue.author === creator)
    .filter((issue) => since === undefined || issue.updatedAt >= since)
    .sort((a, b) => (key(a) === key(b) ? a.number - b.number : key(a) < key(b) ? -1 : 1));
  if (direction === 'desc') issues.reverse();
  return answerPage(
    call,
    issues.map((issue) => describeIssue(repository, issue)),
  );
};

const create: Endpoint = (call) => {
  const repository = repositoryOf(call);
  const { title, body, labels = [] } = createSchema.parse(call.body);
  if (title.trim() === '') throw validationFailed('Issue', 'title', 'missing_field');
  refuseLongBody('Issue', body ?? '');
  const now = call.state.now();
  const issue: Issue = {
    id: call.state.nextId(),
    number: nextIssueNumber(repository),
    title,
    body: body ?? null,
    author: call.token.login,
    state: 'open',
    stateReason: null,
    labels: [],
    createdAt: now,
    updatedAt: now,
    closedAt: null,
  };
  setLabels(call, repository, issue, labels);
  repository.issues.set(issue.number, issue);
  return { status: 201, body: describeIssue(repository, issue) };
};

const update: Endpoint = (call) => {
  const repository = repositoryOf(call);
  const issue = issueOf(call, repository);
  const changes = updateSchema.parse(call.body ?? {});
  refuseLongBody('Issue', changes.body ?? '');
  if (changes.title !== undefined) issue.title = changes.title;
  if (changes.body !== undefined) issue.body = changes.body;
  if (changes.labels !== undefined) setLabels(call, repository, issue, changes.labels);
  if (changes.state !== undefined && changes.state !== issue.state) {
    issue.state = changes.state;
    issue.closedAt = changes.state === 'closed' ? call.state.now() : null;
    issue.stateReason = changes.state_reason ?? (changes.state === 'closed' ? 'completed' : 'reopened');
  }
  issue.updatedAt = call.state.now();
  return { status: 200, body: describeIssue(repository, issue) };
};

/** Gives the issue exactly these labels; those the repository does not have yet are made. */
export function setLabels(call: Call, repository: Repository, issue: Issue, names: readonly string[]): void {
  for (const name of names) ensureLabel(call.state, repository, name);
  issue.labels = [...new Set(names.map((name) => repository.labels.get(name.toLowerCase())?.name ?? name))];
}

export const issueEndpoints = {
  'issues/get': get,
  'issues/list-for-repo': list,
  'issues/create': create,
  'issues/update': update,
} satisfies Readonly<Record<string, Endpoint>>;
