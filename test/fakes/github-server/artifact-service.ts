import * as z from 'zod';
import { type Answer, notFound } from './answer.ts';
import { digestOf } from './shapes/actions.ts';
import type { Artifact, State } from './state.ts';

/** Names of what the artifact service does, for `misbehave`: these, `blob/put` and `blob/get`. */
export const artifactMethods = [
  'CreateArtifact',
  'FinalizeArtifact',
  'ListArtifacts',
  'GetSignedArtifactURL',
  'DeleteArtifact',
] as const;

const ids = { workflow_run_backend_id: z.string(), workflow_job_run_backend_id: z.string() };

/** What the client sends, strictly: a field we do not know may be one that matters. 64-bit numbers are texts. */
const schemas = {
  CreateArtifact: z.strictObject({
    ...ids,
    name: z.string().min(1),
    version: z.number(),
    mime_type: z.string().optional(),
    expires_at: z.string().optional(),
  }),
  FinalizeArtifact: z.strictObject({ ...ids, name: z.string().min(1), size: z.string(), hash: z.string().optional() }),
  ListArtifacts: z.strictObject({ ...ids, name_filter: z.string().optional(), id_filter: z.string().optional() }),
  GetSignedArtifactURL: z.strictObject({ ...ids, name: z.string().min(1) }),
  DeleteArtifact: z.strictObject({ ...ids, name: z.string().min(1) }),
};

export interface ArtifactCall {
  readonly state: State;
  readonly origin: string;
  readonly method: string;
  readonly authorization: string | undefined;
  readonly body: unknown;
}

const refuse = (status: number, code: string, msg: string): Answer => ({ status, body: { code, msg } });

/** `POST /twirp/github.actions.results.api.v1.ArtifactService/METHOD`. Throws a zod error where the request is not as the protocol says. */
export function answerArtifactCall(call: ArtifactCall): Answer {
  const runId = runOfToken(call.authorization);
  if (runId === null) return refuse(401, 'unauthenticated', 'no token of a running job');
  if (!call.state.runs.has(runId)) return refuse(404, 'not_found', `there is no workflow run ${runId}`);
  const own = [...call.state.artifacts.values()].filter((artifact) => artifact.runId === runId);
  const find = (name: string) => own.find((artifact) => artifact.name === name);
  switch (call.method) {
    case 'CreateArtifact':
      return create(call, runId, find);
    case 'FinalizeArtifact':
      return finalize(call, find);
    case 'ListArtifacts':
      return list(call, own);
    case 'GetSignedArtifactURL': {
      const artifact = find(schemas.GetSignedArtifactURL.parse(call.body).name);
      if (artifact?.finalized !== true) return refuse(404, 'not_found', 'artifact not found');
      return { status: 200, body: { signed_url: `${call.origin}/_blob/${artifact.id}?sig=download` } };
    }
    case 'DeleteArtifact': {
      const artifact = find(schemas.DeleteArtifact.parse(call.body).name);
      if (artifact === undefined) return refuse(404, 'not_found', 'artifact not found');
      call.state.artifacts.delete(artifact.id);
      return { status: 200, body: { ok: true, artifact_id: String(artifact.id) } };
    }
    default:
      return refuse(404, 'bad_route', `no method ${call.method}`);
  }
}

/** A name is taken once in a run, for ever. */
function create(call: ArtifactCall, runId: number, find: (name: string) => Artifact | undefined): Answer {
  const { name, mime_type: contentType = 'application/zip' } = schemas.CreateArtifact.parse(call.body);
  if (find(name) !== undefined) {
    return refuse(409, 'already_exists', 'an artifact with this name already exists on the workflow run');
  }
  const artifact: Artifact = {
    id: call.state.nextId(),
    runId,
    name,
    createdAt: call.state.now(),
    blocks: new Map(),
    content: Buffer.alloc(0),
    contentType,
    finalized: false,
    expired: false,
  };
  call.state.artifacts.set(artifact.id, artifact);
  return { status: 200, body: { ok: true, signed_upload_url: `${call.origin}/_blob/${artifact.id}?sig=upload` } };
}

function finalize(call: ArtifactCall, find: (name: string) => Artifact | undefined): Answer {
  const { name, size, hash } = schemas.FinalizeArtifact.parse(call.body);
  const artifact = find(name);
  if (artifact === undefined) return refuse(404, 'not_found', 'artifact not found');
  if (Number(size) !== artifact.content.length || (hash !== undefined && hash !== digestOf(artifact))) {
    return refuse(400, 'invalid_argument', 'size or hash differ from what was uploaded');
  }
  artifact.finalized = true;
  return { status: 200, body: { ok: true, artifact_id: String(artifact.id) } };
}

function list(call: ArtifactCall, own: readonly Artifact[]): Answer {
  const body = schemas.ListArtifacts.parse(call.body);
  const artifacts = own
    .filter((artifact) => artifact.finalized)
    .filter(({ name }) => body.name_filter === undefined || name === body.name_filter)
    .filter(({ id }) => body.id_filter === undefined || String(id) === body.id_filter)
    .map((artifact) => ({
      workflow_run_backend_id: body.workflow_run_backend_id,
      workflow_job_run_backend_id: body.workflow_job_run_backend_id,
      database_id: String(artifact.id),
      name: artifact.name,
      size: String(artifact.content.length),
      created_at: artifact.createdAt,
      digest: digestOf(artifact),
    }));
  return { status: 200, body: { artifacts } };
}

const payloadSchema = z.object({ scp: z.string() });

/** The run in `scp: "Actions.Results:RUN:JOB"` of the job's token; null: no such token. */
function runOfToken(authorization: string | undefined): number | null {
  const payload = /^bearer [^.]+\.([^.]+)\./i.exec(authorization ?? '')?.[1];
  if (payload === undefined) return null;
  const { scp } = payloadSchema.parse(JSON.parse(Buffer.from(payload, 'base64url').toString()));
  const run = /(?:^| )Actions\.Results:(\d+):/.exec(scp)?.[1];
  return run === undefined ? null : Number(run);
}

/** Puts, commits and gives the content, as the part of Azure's blob service that the client uses. */
export function answerBlobCall(state: State, method: string, url: URL, content: Buffer): Answer {
  const artifact = state.artifacts.get(Number(url.pathname.split('/').at(-1)));
  const signature = url.searchParams.get('sig');
  if (artifact === undefined || signature === null) throw notFound();
  if (method === 'GET' && signature === 'download') {
    const name = artifact.contentType === 'application/zip' ? `${artifact.name}.zip` : artifact.name;
    return {
      status: 200,
      raw: artifact.content,
      headers: { 'content-type': artifact.contentType, 'content-disposition': `attachment; filename="${name}"` },
    };
  }
  if (method !== 'PUT' || signature !== 'upload') return { status: 405 };
  put(artifact, url.searchParams, content);
  return { status: 201, headers: { etag: '"0x8"', 'x-ms-request-id': '1', 'x-ms-version': '2021-08-06' } };
}

function put(artifact: Artifact, query: URLSearchParams, content: Buffer): void {
  switch (query.get('comp')) {
    case 'block':
      artifact.blocks.set(query.get('blockid') ?? '', content);
      return;
    case 'blocklist': {
      const order = [...content.toString().matchAll(/<Latest>([^<]+)<\/Latest>/g)].map((match) => match[1] ?? '');
      artifact.content = Buffer.concat(order.map((id) => artifact.blocks.get(id) ?? Buffer.alloc(0)));
      artifact.blocks.clear();
      return;
    }
    default:
      artifact.content = content;
  }
}
