import * as z from 'zod';
import { ApiError, notFound } from '../answer.ts';
import { type Endpoint, findCommit, repositoryOf } from '../call.ts';
import { addBlob, addTree, type GitObjects } from '../git/objects.ts';
import { listFiles, writeFiles } from '../git/trees.ts';
import { apiUrl } from '../shapes/repositories.ts';
import { nodeId } from '../shapes/users.ts';
import type { Repository } from '../state.ts';
import { wrapBase64 } from './contents.ts';

const getBlob: Endpoint = (call) => {
  const repository = repositoryOf(call);
  const sha = call.params.file_sha ?? '';
  const bytes = repository.objects.blobs.get(sha);
  if (bytes === undefined) throw notFound();
  if (/\braw\b/.test(call.accept)) return { status: 200, raw: bytes };
  const url = `${apiUrl(repository)}/git/blobs/${sha}`;
  const content = { content: wrapBase64(bytes), encoding: 'base64' };
  return { status: 200, body: { sha, node_id: nodeId('Blob', sha), size: bytes.length, url, ...content } };
};

const blobSchema = z.object({ content: z.string(), encoding: z.enum(['utf-8', 'base64']).default('utf-8') });

const createBlob: Endpoint = (call) => {
  const repository = repositoryOf(call);
  const { content, encoding } = blobSchema.parse(call.body);
  const sha = addBlob(repository.objects, Buffer.from(content, encoding === 'base64' ? 'base64' : 'utf8'));
  return { status: 201, body: { sha, url: `${apiUrl(repository)}/git/blobs/${sha}` } };
};

/** A tree by its SHA, or by a commit or branch whose tree is meant. */
const getTree: Endpoint = (call) => {
  const repository = repositoryOf(call);
  const named = call.params.tree_sha ?? '';
  const sha = repository.objects.trees.has(named) ? named : findCommit(repository, named)?.tree;
  if (sha === undefined) throw notFound();
  // Any value switches it on, even `false`.
  return { status: 200, body: describeTree(repository, sha, call.query.recursive !== undefined) };
};

function describeTree(repository: Repository, sha: string, recursive: boolean): unknown {
  return {
    sha,
    url: `${apiUrl(repository)}/git/trees/${sha}`,
    tree: listEntries(repository, sha, recursive),
    truncated: false,
  };
}

function listEntries(repository: Repository, tree: string, recursive: boolean, prefix = ''): unknown[] {
  return (repository.objects.trees.get(tree) ?? []).flatMap(({ name, mode, sha }) => {
    const path = `${prefix}${name}`;
    const type = mode === '040000' ? 'tree' : mode === '160000' ? 'commit' : 'blob';
    const size = type === 'blob' ? { size: repository.objects.blobs.get(sha)?.length ?? 0 } : {};
    const url = type === 'commit' ? {} : { url: `${apiUrl(repository)}/git/${type}s/${sha}` };
    const entry = { path, mode, type, sha, ...size, ...url };
    return recursive && type === 'tree' ? [entry, ...listEntries(repository, sha, true, `${path}/`)] : [entry];
  });
}

const treeSchema = z.object({
  base_tree: z.string().optional(),
  tree: z.array(
    z.object({
      path: z.string(),
      mode: z.enum(['100644', '100755', '040000', '160000', '120000']),
      sha: z.string().nullish(),
      content: z.string().optional(),
    }),
  ),
});

/** Entries laid over a base: with content or a SHA they are put, with SHA null they are taken away. */
const createTree: Endpoint = (call) => {
  const repository = repositoryOf(call);
  const { objects } = repository;
  const body = treeSchema.parse(call.body);
  const base = body.base_tree === undefined ? undefined : (objects.commits.get(body.base_tree)?.tree ?? body.base_tree);
  if (base !== undefined && !objects.trees.has(base)) throw new ApiError(404, 'Not Found');
  const files = base === undefined ? new Map() : listFiles(objects, base);
  for (const { path, mode, sha, content } of body.tree) {
    if (/^\/|\/$|\/\/|^$/.test(path)) throw new ApiError(422, 'tree.path contains a malformed path component');
    if (sha === null) {
      const below = [...files.keys()].filter((known) => known === path || known.startsWith(`${path}/`));
      if (below.length === 0) throw new ApiError(422, 'GitRPC::BadObjectState');
      for (const known of below) files.delete(known);
    } else if (mode === '040000') {
      for (const [below, file] of listFiles(objects, requireObject(objects, sha))) files.set(`${path}/${below}`, file);
    } else
      files.set(path, { mode, sha: content === undefined ? requireObject(objects, sha) : addBlob(objects, content) });
  }
  const sha = files.size === 0 ? addTree(objects, []) : writeFiles(objects, files);
  return { status: 201, body: describeTree(repository, sha, false) };
};

function requireObject(objects: GitObjects, sha: string | undefined): string {
  if (sha !== undefined && (objects.blobs.has(sha) || objects.trees.has(sha) || objects.commits.has(sha))) return sha;
  throw new ApiError(422, `tree.sha ${sha} is not a valid blob`);
}

export const gitObjectEndpoints = {
  'git/get-blob': getBlob,
  'git/create-blob': createBlob,
  'git/get-tree': getTree,
  'git/create-tree': createTree,
} satisfies Readonly<Record<string, Endpoint>>;
