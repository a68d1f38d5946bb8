import * as z from 'zod';
import { ApiError, notFound, validationFailed } from '../answer.ts';
import { answerCounted, type Call, type Endpoint, findCommit, repositoryOf } from '../call.ts';
import { describeCheckRun } from '../shapes/actions.ts';
import type { CheckRun, Repository } from '../state.ts';

/**
 * Of a summary and of a text. More characters do not fit the description; that the bytes are counted as well is not in
 * it (github/docs#35252).
 */
const longestTextBytes = 65_535;

const outputSchema = z.object({
  title: z.string().optional(),
  summary: z.string().optional(),
  text: z.string().optional(),
  annotations: z.array(z.unknown()).optional(),
});
const bodySchema = z.object({
  name: z.string().optional(),
  head_sha: z.string().optional(),
  status: z.string().optional(),
  conclusion: z.string().optional(),
  started_at: z.string().optional(),
  completed_at: z.string().optional(),
  details_url: z.string().optional(),
  external_id: z.string().optional(),
  output: outputSchema.optional(),
});

const create: Endpoint = (call) => {
  const repository = repositoryOf(call);
  const body = bodySchema.parse(call.body);
  const headSha = body.head_sha ?? '';
  if (!repository.objects.commits.has(headSha)) {
    throw new ApiError(422, `No commit found for SHA: ${headSha}`);
  }
  const check: CheckRun = {
    id: call.state.nextId(),
    headSha,
    name: body.name ?? '',
    status: 'queued',
    conclusion: null,
    startedAt: call.state.now(),
    completedAt: null,
    detailsUrl: null,
    externalId: null,
    output: { title: null, summary: null, text: null, annotations: [] },
  };
  change(call, check);
  repository.checkRuns.set(check.id, check);
  return { status: 201, body: describeCheckRun(repository, check) };
};

const get: Endpoint = (call) => {
  const repository = repositoryOf(call);
  return { status: 200, body: describeCheckRun(repository, checkOf(call, repository)) };
};

const update: Endpoint = (call) => {
  const repository = repositoryOf(call);
  const check = checkOf(call, repository);
  change(call, check);
  return { status: 200, body: describeCheckRun(repository, check) };
};

/** `filter=latest` (the default) leaves one of each name: the newest. */
const listForRef: Endpoint = (call) => {
  const repository = repositoryOf(call);
  const commit = findCommit(repository, call.params.ref ?? '');
  if (commit === null) throw new ApiError(422, `No commit found for SHA: ${call.params.ref}`);
  const { check_name: name, status, filter = 'latest' } = call.query;
  const checks = [...repository.checkRuns.values()]
    .filter((check) => check.headSha === commit.sha)
    .filter((check) => name === undefined || check.name === name)
    .filter((check) => status === undefined || check.status === status)
    .reverse()
    .filter((check, index, all) => filter === 'all' || all.findIndex((other) => other.name === check.name) === index);
  return answerCounted(
    call,
    'check_runs',
    checks.map((check) => describeCheckRun(repository, check)),
  );
};

function checkOf(call: Call, repository: Repository): CheckRun {
  const check = repository.checkRuns.get(Number(call.params.check_run_id));
  if (check === undefined) throw notFound();
  return check;
}

/** A conclusion completes the check, said or not; annotations are added to those before. */
function change(call: Call, check: CheckRun): void {
  const body = bodySchema.parse(call.body ?? {});
  refuseLongText('summary', body.output?.summary);
  refuseLongText('text', body.output?.text);
  const status = body.conclusion === undefined ? body.status : 'completed';
  if (body.name !== undefined) check.name = body.name;
  if (status !== undefined) check.status = status;
  check.conclusion = check.status === 'completed' ? (body.conclusion ?? check.conclusion) : null;
  check.startedAt = body.started_at ?? check.startedAt;
  check.completedAt = check.status === 'completed' ? (body.completed_at ?? call.state.now()) : null;
  check.detailsUrl = body.details_url ?? check.detailsUrl;
  check.externalId = body.external_id ?? check.externalId;
  check.output = {
    title: body.output?.title ?? check.output.title,
    summary: body.output?.summary ?? check.output.summary,
    text: body.output?.text ?? check.output.text,
    annotations: [...check.output.annotations, ...(body.output?.annotations ?? [])],
  };
}

function refuseLongText(field: string, text = ''): void {
  if (Buffer.byteLength(text) <= longestTextBytes) return;
  throw validationFailed('CheckRun', field, 'custom', `${field} exceeds a maximum bytesize of ${longestTextBytes}`);
}

export const checkEndpoints = {
  'checks/create': create,
  'checks/get': get,
  'checks/update': update,
  'checks/list-for-ref': listForRef,
} satisfies Readonly<Record<string, Endpoint>>;
