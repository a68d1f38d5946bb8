import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import { ConfigurationError, messageOf } from '../errors.ts';
import { largestNight } from '../history/night-file.ts';
import { decodeText, type FileStore, type StoredFile, UnreadableFile } from '../history/night-store.ts';
import type { GitHub, RepositoryName } from './client.ts';
import { parseAnswer } from './parse-answer.ts';
import { isRefusal, statusOf } from './request-errors.ts';

export interface BranchOptions {
  readonly github: GitHub;
  readonly repository: RepositoryName;
  /** Without `refs/heads/`; made, with no parent, by the first file. */
  readonly branch: string;
  /** Waits so long, or less by chance, after each lost race; doubled each time. Milliseconds. */
  readonly waitMilliseconds?: number;
}

/** Writers that meet here are the jobs of one night: with eight tries each, even ten at once all come through. */
const mostTries = 8;

/**
 * A store on a branch, written through the git data API: nothing is checked out, and no job needs git. Files are only
 * added, never changed or taken away. A commit is laid on the head that was read and the branch moved without force, so
 * of several writers at once one wins and the others begin anew on its commit.
 */
export function createBranchStore(options: BranchOptions): FileStore {
  return {
    list: (folder) => explainRefusal(options, () => listFiles(options, folder)),
    add: (path, text) => explainRefusal(options, () => addFile(options, path, text)),
  };
}

const sha = z.string().regex(/^[0-9a-f]{40}$/);
const refSchema = z.object({ object: z.object({ type: z.literal('commit'), sha }) });
const commitSchema = z.object({ sha, tree: z.object({ sha }) });
const madeSchema = z.object({ sha });
const treeSchema = z.object({
  truncated: z.boolean(),
  tree: z.array(
    z.object({ path: z.string(), mode: z.string(), type: z.string(), sha, size: z.int().min(0).optional() }),
  ),
});
const blobSchema = z.object({ content: z.string(), encoding: z.literal('base64') });

type Entry = z.infer<typeof treeSchema>['tree'][number];

interface Head {
  readonly commit: string;
  readonly tree: string;
}

async function addFile(options: BranchOptions, path: string, text: string): Promise<'added' | 'present'> {
  let blob: string | null = null;
  for (let tries = 1; ; tries += 1) {
    const head = await readHead(options);
    const there = head === null ? null : await findEntry(options, head.tree, path);
    if (there !== null) return requireSame(options, path, text, there);
    blob ??= await createBlob(options, text);
    if (await putOn(options, head, path, blob)) return 'added';
    if (tries === mostTries) {
      throw new Error(`${path} could not be added to branch ${options.branch}: it was moved ${tries} times meanwhile`);
    }
    const { waitMilliseconds = 500 } = options;
    // By chance, so that writers who met once do not meet again.
    await sleep(waitMilliseconds * 2 ** (tries - 1) * Math.random());
  }
}

function requireSame({ branch }: BranchOptions, path: string, text: string, there: Entry): 'present' {
  if (there.type === 'blob' && there.sha === hashBlob(text)) return 'present';
  throw new ConfigurationError(
    `${path} on branch ${branch} holds something else already; a night is written once and never changed`,
  );
}

/** The name git gives to these bytes. */
function hashBlob(text: string): string {
  const bytes = Buffer.from(text);
  return createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
}

/** null: the branch is missing. */
async function readHead({ github, repository, branch }: BranchOptions): Promise<Head | null> {
  let found: unknown;
  try {
    found = (await github.rest.git.getRef({ ...repository, ref: `heads/${branch}` })).data;
  } catch (thrown) {
    if (statusOf(thrown) === 404) return null;
    throw thrown;
  }
  const { object } = parseAnswer(refSchema, found, `branch ${branch}`);
  const { data } = await github.rest.git.getCommit({ ...repository, commit_sha: object.sha });
  const commit = parseAnswer(commitSchema, data, `commit ${object.sha}`);
  return { commit: commit.sha, tree: commit.tree.sha };
}

async function createBlob({ github, repository }: BranchOptions, content: string): Promise<string> {
  const { data } = await github.rest.git.createBlob({ ...repository, content, encoding: 'utf-8' });
  return parseAnswer(madeSchema, data, 'the file that was written').sha;
}

/** @returns false when somebody else has moved or made the branch meanwhile, or may have */
async function putOn(options: BranchOptions, head: Head | null, path: string, blob: string): Promise<boolean> {
  const { github, repository, branch } = options;
  const tree = await github.rest.git.createTree({
    ...repository,
    ...(head === null ? {} : { base_tree: head.tree }),
    tree: [{ path, mode: '100644', type: 'blob', sha: blob }],
  });
  const commit = await github.rest.git.createCommit({
    ...repository,
    message: `Add ${path}`,
    tree: parseAnswer(madeSchema, tree.data, 'the tree that was written').sha,
    parents: head === null ? [] : [head.commit],
  });
  const made = parseAnswer(madeSchema, commit.data, 'the commit that was written').sha;
  try {
    if (head === null) await github.rest.git.createRef({ ...repository, ref: `refs/heads/${branch}`, sha: made });
    else await github.rest.git.updateRef({ ...repository, ref: `heads/${branch}`, sha: made, force: false });
    return true;
  } catch (thrown) {
    if (!mayHaveLost(thrown)) throw thrown;
    return false;
  }
}

/** 422: not a fast forward, or the branch exists; 409: locked by another write. After 5xx or silence it may be done: looked at anew. */
function mayHaveLost(thrown: unknown): boolean {
  const status = statusOf(thrown);
  return status === null || status === 409 || status === 422 || status >= 500;
}

async function readTree(
  { github, repository }: BranchOptions,
  tree_sha: string,
  recursive: boolean,
): Promise<z.infer<typeof treeSchema>> {
  const { data } = await github.rest.git.getTree({ ...repository, tree_sha, ...(recursive ? { recursive: '1' } : {}) });
  return parseAnswer(treeSchema, data, `tree ${tree_sha}`);
}

/** Walks down, one folder after the other; null where there is nothing of that path. */
async function findEntry(options: BranchOptions, root: string, path: string): Promise<Entry | null> {
  let folder = root;
  const names = path.split('/');
  for (const [index, name] of names.entries()) {
    const entry = (await readTree(options, folder, false)).tree.find((candidate) => candidate.path === name);
    if (entry === undefined) return null;
    if (index === names.length - 1) return entry;
    if (entry.type !== 'tree') return entry;
    folder = entry.sha;
  }
  return null;
}

async function listFiles(options: BranchOptions, folder: string): Promise<readonly StoredFile[]> {
  const head = await readHead(options);
  const root = head === null ? null : await findEntry(options, head.tree, folder);
  if (root === null || root.type !== 'tree') return [];
  return (await listBlobs(options, root.sha, `${folder}/`)).map((entry) => ({
    path: entry.path,
    read: () => readBlob(options, entry),
  }));
}

/** At once where GitHub can; a tree it cuts off (from 100,000 entries) folder by folder. Links and submodules are no files. */
async function listBlobs(options: BranchOptions, tree: string, prefix: string): Promise<readonly Entry[]> {
  const whole = await readTree(options, tree, true);
  if (!whole.truncated) return whole.tree.filter(isFile).map((entry) => ({ ...entry, path: prefix + entry.path }));
  const { tree: entries } = await readTree(options, tree, false);
  const files: Entry[] = entries.filter(isFile).map((entry) => ({ ...entry, path: prefix + entry.path }));
  for (const entry of entries.filter(({ type }) => type === 'tree')) {
    files.push(...(await listBlobs(options, entry.sha, `${prefix}${entry.path}/`)));
  }
  return files;
}

function isFile({ type, mode }: Entry): boolean {
  return type === 'blob' && mode.startsWith('100');
}

async function readBlob({ github, repository }: BranchOptions, { path, sha: file_sha, size }: Entry): Promise<string> {
  // Not fetched at all: its size is in the tree, which GitHub made.
  if ((size ?? 0) > largestNight) {
    throw new UnreadableFile(`has ${size} bytes, at most ${largestNight} are accepted`);
  }
  const { data } = await github.rest.git.getBlob({ ...repository, file_sha });
  const { content } = parseAnswer(blobSchema, data, path);
  return decodeText(Buffer.from(content, 'base64'));
}

async function explainRefusal<T>({ branch, repository }: BranchOptions, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (thrown) {
    const where = `branch ${branch} of ${repository.owner}/${repository.repo}`;
    if (statusOf(thrown) === 409) {
      throw new ConfigurationError(
        `${where} cannot be used (${messageOf(thrown)}); a repository with at least one commit is accepted`,
        { cause: thrown },
      );
    }
    if (!isRefusal(thrown)) throw thrown;
    throw new ConfigurationError(
      `GitHub does not let this job use ${where} (${messageOf(thrown)}); the job needs \`permissions: contents: write\``,
      { cause: thrown },
    );
  }
}
