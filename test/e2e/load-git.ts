import { execFileSync } from 'node:child_process';
import type { Commit, GitObjects, Mode, Signature, TreeEntry } from '../fakes/github-server/git/objects.ts';

/** Puts every object of a repository on the disk into the objects of the stand-in, under the same names. */
export function loadGit(folder: string, objects: GitObjects): void {
  const all = execFileSync('git', ['-C', folder, 'cat-file', '--batch-all-objects', '--batch'], { maxBuffer: 1 << 30 });
  let at = 0;
  while (at < all.length) {
    // "SHA KIND LENGTH", the content, and a line end.
    const end = all.indexOf('\n', at);
    const [sha = '', kind, length] = all.subarray(at, end).toString().split(' ');
    const content = all.subarray(end + 1, end + 1 + Number(length));
    at = end + 1 + Number(length) + 1;
    if (kind === 'blob') objects.blobs.set(sha, content);
    if (kind === 'tree') objects.trees.set(sha, parseTree(content));
    if (kind === 'commit') objects.commits.set(sha, parseCommit(sha, content.toString()));
  }
}

/** Entries "MODE NAME", a zero byte, and 20 bytes of the name of the object. */
function parseTree(content: Buffer): readonly TreeEntry[] {
  const entries: TreeEntry[] = [];
  for (let at = 0; at < content.length; ) {
    const end = content.indexOf(0, at);
    const [, mode = '', name = ''] = /^(\d+) (.*)$/s.exec(content.subarray(at, end).toString()) ?? [];
    entries.push({ name, mode: parseMode(mode), sha: content.subarray(end + 1, end + 21).toString('hex') });
    at = end + 21;
  }
  return entries;
}

const modes: readonly Mode[] = ['100644', '100755', '120000', '040000', '160000'];

function parseMode(text: string): Mode {
  const mode = modes.find((known) => known === text.padStart(6, '0'));
  if (mode === undefined) throw new Error(`git has an entry of mode ${text}`);
  return mode;
}

function parseCommit(sha: string, text: string): Commit {
  const cut = text.indexOf('\n\n');
  const lines = text.slice(0, cut).split('\n');
  const valuesOf = (key: string) =>
    lines.flatMap((line) => (line.startsWith(`${key} `) ? [line.slice(key.length + 1)] : []));
  return {
    sha,
    tree: valuesOf('tree')[0] ?? '',
    parents: valuesOf('parent'),
    author: parseSignature(valuesOf('author')[0] ?? ''),
    committer: parseSignature(valuesOf('committer')[0] ?? ''),
    message: text.slice(cut + 2),
  };
}

function parseSignature(text: string): Signature {
  const [, name = '', email = '', seconds = '0'] = /^(.*) <(.*)> (\d+) /.exec(text) ?? [];
  return { name, email, date: new Date(Number(seconds) * 1000).toISOString().replace('.000Z', 'Z') };
}
