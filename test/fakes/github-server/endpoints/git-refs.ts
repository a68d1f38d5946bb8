import * as z from 'zod';
import { ApiError, type JsonObject } from '../answer.ts';
import { answerPage, type Call, type Endpoint, repositoryOf } from '../call.ts';
import { listAncestors } from '../git/history.ts';
import { apiUrl } from '../shapes/repositories.ts';
import { nodeId } from '../shapes/users.ts';
import type { Repository } from '../state.ts';

function describeRef(repository: Repository, ref: string, sha: string): JsonObject {
  return {
    ref,
    node_id: nodeId('Ref', ref),
    url: `${apiUrl(repository)}/git/${ref}`,
    object: { sha, type: 'commit', url: `${apiUrl(repository)}/git/commits/${sha}` },
  };
}

const get: Endpoint = (call) => {
  const repository = repositoryOf(call);
  const ref = `refs/${call.params.ref}`;
  const sha = repository.refs.get(ref);
  if (sha === undefined) throw new ApiError(404, 'Not Found');
  return { status: 200, body: describeRef(repository, ref, sha) };
};

const listMatching: Endpoint = (call) => {
  const repository = repositoryOf(call);
  const matching = [...repository.refs]
    .filter(([ref]) => ref.startsWith(`refs/${call.params.ref}`))
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return answerPage(
    { ...call, query: { ...call.query, per_page: '100' } },
    matching.map(([ref, sha]) => describeRef(repository, ref, sha)),
  );
};

const createSchema = z.object({ ref: z.string(), sha: z.string() });
const updateSchema = z.object({ sha: z.string(), force: z.boolean().default(false) });

const create: Endpoint = (call) => {
  const repository = repositoryOf(call);
  const { ref, sha } = createSchema.parse(call.body);
  if (!/^refs\/[^/]+\/.+/.test(ref))
    throw new ApiError(422, "Reference name must start with 'refs/' and have at least two slashes.");
  if (repository.refs.has(ref)) throw new ApiError(422, 'Reference already exists');
  requireCommit(repository, sha);
  repository.refs.set(ref, sha);
  return { status: 201, body: describeRef(repository, ref, sha) };
};

/** Without `force` only forward: a branch that somebody else moved meanwhile is 422, and that is how a writer learns of it. */
const update: Endpoint = (call) => {
  const repository = repositoryOf(call);
  const { ref, sha: old } = refOf(call, repository);
  const { sha, force } = updateSchema.parse(call.body);
  requireCommit(repository, sha);
  if (!force && !listAncestors(repository.objects, sha).some((commit) => commit.sha === old)) {
    throw new ApiError(422, 'Update is not a fast forward');
  }
  repository.refs.set(ref, sha);
  return { status: 200, body: describeRef(repository, ref, sha) };
};

const remove: Endpoint = (call) => {
  const repository = repositoryOf(call);
  repository.refs.delete(refOf(call, repository).ref);
  return { status: 204 };
};

function refOf(call: Call, repository: Repository): { ref: string; sha: string } {
  const ref = `refs/${call.params.ref}`;
  const sha = repository.refs.get(ref);
  if (sha === undefined) throw new ApiError(422, 'Reference does not exist');
  return { ref, sha };
}

function requireCommit(repository: Repository, sha: string): void {
  if (!repository.objects.commits.has(sha)) throw new ApiError(422, 'Object does not exist');
}

export const gitRefEndpoints = {
  'git/get-ref': get,
  'git/list-matching-refs': listMatching,
  'git/create-ref': create,
  'git/update-ref': update,
  'git/delete-ref': remove,
} satisfies Readonly<Record<string, Endpoint>>;
