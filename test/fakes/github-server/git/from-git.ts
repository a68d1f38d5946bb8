import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Repository } from '../state.ts';
import { type Commit, createObjects, type GitObjects, type Mode, type Signature, type TreeEntry } from './objects.ts';

const run = promisify(execFile);

async function git(folder: string, ...args: readonly string[]): Promise<Buffer> {
  const { stdout } = await run('git', ['-C', folder, ...args], { encoding: 'buffer', maxBuffer: 2 ** 30 });
  return stdout;
}

export interface GitContent {
  readonly objects: GitObjects;
  readonly refs: ReadonlyMap<string, string>;
}

/** All objects and branches of a repository on this machine as they are now; `{ git: await fromGit(folder) }` in a seed. */
export async function fromGit(folder: string): Promise<GitContent> {
  const objects = createObjects();
  const dump = await git(folder, 'cat-file', '--batch-all-objects', '--batch');
  for (let at = 0; at < dump.length; ) {
    const end = dump.indexOf('\n', at);
    const [sha = '', kind, size] = dump.toString('latin1', at, end).split(' ');
    const content = dump.subarray(end + 1, end + 1 + Number(size));
    if (kind === 'blob') objects.blobs.set(sha, content);
    if (kind === 'tree') objects.trees.set(sha, parseTree(content));
    if (kind === 'commit') objects.commits.set(sha, parseCommit(sha, content));
    at = end + 1 + Number(size) + 1;
  }
  const listed = await git(folder, 'for-each-ref', '--format=%(objectname) %(refname)');
  const refs = listed
    .toString()
    .split('\n')
    .flatMap((line): [string, string][] => {
      const [sha, ref] = line.split(' ');
      // A tag with a text of its own is an object we do not keep.
      return sha === undefined || ref === undefined || !objects.commits.has(sha) ? [] : [[ref, sha]];
    });
  return { objects, refs: new Map(refs) };
}

/** Takes over what the folder has by now, as after a push to it; what was written through the API stays. */
export async function refreshFromGit(repository: Repository, folder: string): Promise<void> {
  const { objects, refs } = await fromGit(folder);
  for (const [sha, blob] of objects.blobs) repository.objects.blobs.set(sha, blob);
  for (const [sha, tree] of objects.trees) repository.objects.trees.set(sha, tree);
  for (const [sha, commit] of objects.commits) repository.objects.commits.set(sha, commit);
  for (const [ref, sha] of refs) repository.refs.set(ref, sha);
}

const modes: Readonly<Record<string, Mode>> = {
  '40000': '040000',
  '100755': '100755',
  '120000': '120000',
  '160000': '160000',
};

/** Entries `MODE NAME\0` and twenty bytes of SHA, one after the other. */
function parseTree(content: Buffer): TreeEntry[] {
  const entries: TreeEntry[] = [];
  for (let at = 0; at < content.length; ) {
    const end = content.indexOf(0, at);
    const head = content.toString('utf8', at, end);
    const space = head.indexOf(' ');
    const sha = content.toString('hex', end + 1, end + 21);
    entries.push({ name: head.slice(space + 1), mode: modes[head.slice(0, space)] ?? '100644', sha });
    at = end + 21;
  }
  return entries;
}

/** `tree SHA`, `parent SHA` ..., `author NAME <EMAIL> SECONDS ZONE`, `committer ...`, an empty line, the message. */
function parseCommit(sha: string, content: Buffer): Commit {
  const text = content.toString();
  const end = text.indexOf('\n\n');
  const head = text.slice(0, end).split('\n');
  const read = (key: string) =>
    head.filter((line) => line.startsWith(`${key} `)).map((line) => line.slice(key.length + 1));
  return {
    sha,
    tree: read('tree')[0] ?? '',
    parents: read('parent'),
    author: parseSignature(read('author')[0] ?? ''),
    committer: parseSignature(read('committer')[0] ?? ''),
    message: text.slice(end + 2),
  };
}

function parseSignature(line: string): Signature {
  const [, name = '', email = '', seconds = '0'] = /^(.*?) ?<(.*)> (\d+) [+-]\d+$/.exec(line) ?? [];
  return { name, email, date: new Date(Number(seconds) * 1000).toISOString().replace('.000Z', 'Z') };
}
