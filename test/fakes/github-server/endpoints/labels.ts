import * as z from 'zod';
import { ApiError, notFound, validationFailed } from '../answer.ts';
import { answerPage, type Endpoint, issueOf, repositoryOf } from '../call.ts';
import { describeLabel, describeLabels } from '../shapes/issues.ts';
import type { Label } from '../state.ts';
import { setLabels } from './issues.ts';

const addSchema = z.union([
  z.object({ labels: z.array(z.union([z.string(), z.object({ name: z.string() }).transform(({ name }) => name)])) }),
  z.array(z.string()).transform((labels) => ({ labels })),
]);
const createSchema = z.object({ name: z.string(), color: z.string().optional(), description: z.string().optional() });

const list: Endpoint = (call) => {
  const repository = repositoryOf(call);
  return answerPage(call, describeLabels(repository, issueOf(call, repository).labels));
};

const add: Endpoint = (call) => {
  const repository = repositoryOf(call);
  const issue = issueOf(call, repository);
  setLabels(call, repository, issue, [...issue.labels, ...addSchema.parse(call.body).labels]);
  return { status: 200, body: describeLabels(repository, issue.labels) };
};

const remove: Endpoint = (call) => {
  const repository = repositoryOf(call);
  const issue = issueOf(call, repository);
  const name = (call.params.name ?? '').toLowerCase();
  if (!issue.labels.some((label) => label.toLowerCase() === name)) throw new ApiError(404, 'Label does not exist');
  issue.labels = issue.labels.filter((label) => label.toLowerCase() !== name);
  return { status: 200, body: describeLabels(repository, issue.labels) };
};

const get: Endpoint = (call) => {
  const repository = repositoryOf(call);
  const label = repository.labels.get((call.params.name ?? '').toLowerCase());
  if (label === undefined) throw notFound();
  return { status: 200, body: describeLabel(repository, label) };
};

const create: Endpoint = (call) => {
  const repository = repositoryOf(call);
  const { name, color = 'ededed', description = null } = createSchema.parse(call.body);
  if (repository.labels.has(name.toLowerCase())) throw validationFailed('Label', 'name', 'already_exists');
  if (!/^[0-9a-f]{6}$/i.test(color)) throw validationFailed('Label', 'color', 'invalid');
  const label: Label = { id: call.state.nextId(), name, color, description };
  repository.labels.set(name.toLowerCase(), label);
  return { status: 201, body: describeLabel(repository, label) };
};

export const labelEndpoints = {
  'issues/list-labels-on-issue': list,
  'issues/add-labels': add,
  'issues/remove-label': remove,
  'issues/get-label': get,
  'issues/create-label': create,
} satisfies Readonly<Record<string, Endpoint>>;
