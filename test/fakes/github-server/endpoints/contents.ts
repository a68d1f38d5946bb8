import { posix } from 'node:path';
import * as z from 'zod';
import { type Answer, ApiError, type JsonObject, notFound } from '../answer.ts';
import { type Call, type Endpoint, findCommit, repositoryOf } from '../call.ts';
import { addBlob } from '../git/objects.ts';
import { type FileEntry, findEntry, listFiles, writeFiles } from '../git/trees.ts';
import { describeGitCommit } from '../shapes/commits.ts';
import { apiUrl, webUrl } from '../shapes/repositories.ts';
import type { Repository } from '../state.ts';
import { addCommitAs } from './git-commits.ts';

const mebibyte = 1024 * 1024;

/** A file, a folder, a link or a submodule at a commit. A link to a file of the repository gives that file, as on GitHub. */
const get: Endpoint = (call) => {
  const repository = repositoryOf(call);
  const ref = call.query.ref ?? repository.defaultBranch;
  const commit = findCommit(repository, ref);
  if (commit === null) throw new ApiError(404, `No commit found for the ref ${ref}`);
  const path = (call.params.path ?? '').replace(/^\/+|\/+$/g, '');
  const place: Place = { repository, ref, path };
  const entry = findEntry(repository.objects, commit.tree, path);
  if (entry === null) throw notFound();
  if (entry.mode === '040000') return { status: 200, body: describeFolder(place, entry.sha) };
  if (entry.mode === '160000')
    return {
      status: 200,
      body: { ...describeEntry(place, entry), submodule_git_url: `${webUrl(repository)}-submodule.git` },
    };
  if (entry.mode === '120000') return answerLink(call, place, entry, commit.tree);
  return answerFile(call, place, entry);
};

interface Place {
  readonly repository: Repository;
  readonly ref: string;
  readonly path: string;
}

/** Up to 1 MB the text is in the answer, up to 100 MB only on asking for it raw, above that not at all. */
function answerFile(call: Call, place: Place, entry: FileEntry): Answer {
  const bytes = place.repository.objects.blobs.get(entry.sha) ?? Buffer.alloc(0);
  if (bytes.length > 100 * mebibyte) throw tooLarge();
  if (/\braw\b/.test(call.accept)) {
    return { status: 200, raw: bytes, headers: { 'content-type': 'application/vnd.github.raw; charset=utf-8' } };
  }
  const small = bytes.length <= mebibyte;
  const content = small ? { content: wrapBase64(bytes), encoding: 'base64' } : { content: '', encoding: 'none' };
  return { status: 200, body: { ...describeEntry(place, entry), ...content } };
}

function answerLink(call: Call, place: Place, entry: FileEntry, tree: string): Answer {
  const target = (place.repository.objects.blobs.get(entry.sha) ?? '').toString();
  const resolved = posix.normalize(posix.join(posix.dirname(place.path), target));
  const leadsOut = target.startsWith('/') || resolved.startsWith('..');
  const file = leadsOut ? null : findEntry(place.repository.objects, tree, resolved);
  if (file !== null && (file.mode === '100644' || file.mode === '100755')) return answerFile(call, place, file);
  return { status: 200, body: { ...describeEntry(place, entry), target } };
}

function tooLarge(): ApiError {
  return new ApiError(403, 'This API returns blobs up to 100 MB in size.', {
    errors: [{ resource: 'Blob', field: 'data', code: 'too_large' }],
  });
}

/** A folder is a list of up to 1,000 entries. */
function describeFolder(place: Place, tree: string): JsonObject[] {
  const below = (name: string): Place => ({ ...place, path: place.path === '' ? name : `${place.path}/${name}` });
  return (place.repository.objects.trees.get(tree) ?? []).slice(0, 1000).map((entry) => {
    const described = describeEntry(below(entry.name), entry);
    // In a list a submodule calls itself a file, for the sake of old clients.
    return entry.mode === '160000' ? { ...described, type: 'file' } : described;
  });
}

const types = {
  '100644': 'file',
  '100755': 'file',
  '120000': 'symlink',
  '040000': 'dir',
  '160000': 'submodule',
} as const;

function describeEntry({ repository, ref, path }: Place, { mode, sha }: FileEntry): JsonObject {
  const encoded = path.split('/').map(encodeURIComponent).join('/');
  const [api, web] = [apiUrl(repository), webUrl(repository)];
  const type = types[mode];
  const self = `${api}/contents/${encoded}?ref=${encodeURIComponent(ref)}`;
  const git = type === 'submodule' ? null : `${api}/git/${type === 'dir' ? 'trees' : 'blobs'}/${sha}`;
  const html = `${web}/${type === 'dir' ? 'tree' : 'blob'}/${encodeURIComponent(ref)}/${encoded}`;
  return {
    name: path.split('/').at(-1) ?? '',
    path,
    sha,
    size: repository.objects.blobs.get(sha)?.length ?? 0,
    type,
    url: self,
    git_url: git,
    html_url: html,
    download_url:
      type === 'file'
        ? `https://raw.githubusercontent.com/${repository.owner}/${repository.name}/${ref}/${encoded}`
        : null,
    _links: { self, git, html },
  };
}

/** Lines of 60 characters, as GitHub breaks them. */
export function wrapBase64(bytes: Buffer): string {
  return bytes.toString('base64').replaceAll(/.{60}|.+$/g, '$&\n');
}

const putSchema = z.object({
  message: z.string(),
  content: z.string(),
  sha: z.string().optional(),
  branch: z.string().optional(),
});

/** One file, one commit. Who changes a file names the blob he saw; another one there by now is 409. */
const put: Endpoint = (call) => {
  const repository = repositoryOf(call);
  const { objects } = repository;
  const body = putSchema.parse(call.body);
  const branch = body.branch ?? repository.defaultBranch;
  const tip = objects.commits.get(repository.refs.get(`refs/heads/${branch}`) ?? '');
  if (tip === undefined) throw new ApiError(404, `Branch ${branch} not found`);
  const path = call.params.path ?? '';
  const files = listFiles(objects, tip.tree);
  const old = files.get(path);
  if (old !== undefined && body.sha === undefined) {
    throw new ApiError(422, `Invalid request.\n\n"sha" wasn't supplied.`);
  }
  if (body.sha !== undefined && body.sha !== old?.sha) throw new ApiError(409, `${path} does not match ${body.sha}`);
  const entry: FileEntry = { mode: '100644', sha: addBlob(objects, Buffer.from(body.content, 'base64')) };
  const tree = writeFiles(objects, files.set(path, entry));
  const commit = addCommitAs(call, repository, { tree, parents: [tip.sha], message: body.message });
  repository.refs.set(`refs/heads/${branch}`, commit.sha);
  return {
    status: old === undefined ? 201 : 200,
    body: {
      content: describeEntry({ repository, ref: branch, path }, entry),
      commit: describeGitCommit(repository, commit),
    },
  };
};

export const contentEndpoints = {
  'repos/get-content': get,
  'repos/create-or-update-file-contents': put,
} satisfies Readonly<Record<string, Endpoint>>;
