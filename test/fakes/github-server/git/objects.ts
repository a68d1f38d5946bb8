import { createHash } from 'node:crypto';

export type Mode = '100644' | '100755' | '120000' | '040000' | '160000';

export interface TreeEntry {
  readonly name: string;
  readonly mode: Mode;
  readonly sha: string;
}

export interface Signature {
  readonly name: string;
  readonly email: string;
  /** RFC 3339, whole seconds, UTC. */
  readonly date: string;
}

export interface Commit {
  readonly sha: string;
  readonly tree: string;
  readonly parents: readonly string[];
  readonly author: Signature;
  readonly committer: Signature;
  readonly message: string;
}

/** The objects of one repository and its forks, under the names git itself would give them. */
export interface GitObjects {
  readonly blobs: Map<string, Buffer>;
  readonly trees: Map<string, readonly TreeEntry[]>;
  readonly commits: Map<string, Commit>;
}

export function createObjects(): GitObjects {
  return { blobs: new Map(), trees: new Map(), commits: new Map() };
}

/** SHA-1 of "KIND LENGTH\0CONTENT", as in gitformat-loose. */
function hash(kind: string, content: Buffer): string {
  return createHash('sha1').update(`${kind} ${content.length}\0`).update(content).digest('hex');
}

export function addBlob(objects: GitObjects, content: string | Uint8Array): string {
  const bytes = Buffer.from(content);
  const sha = hash('blob', bytes);
  objects.blobs.set(sha, bytes);
  return sha;
}

export function addTree(objects: GitObjects, entries: readonly TreeEntry[]): string {
  // git sorts a folder as if its name ended with a slash.
  const key = (entry: TreeEntry) => Buffer.from(entry.mode === '040000' ? `${entry.name}/` : entry.name);
  const sorted = [...entries].sort((a, b) => Buffer.compare(key(a), key(b)));
  const content = Buffer.concat(
    sorted.flatMap(({ mode, name, sha }) => [
      Buffer.from(`${mode.replace(/^0/, '')} ${name}\0`),
      Buffer.from(sha, 'hex'),
    ]),
  );
  const sha = hash('tree', content);
  objects.trees.set(sha, sorted);
  return sha;
}

export function addCommit(objects: GitObjects, commit: Omit<Commit, 'sha'>): Commit {
  const sign = ({ name, email, date }: Signature) => `${name} <${email}> ${Math.floor(Date.parse(date) / 1000)} +0000`;
  const head = [
    `tree ${commit.tree}`,
    ...commit.parents.map((parent) => `parent ${parent}`),
    `author ${sign(commit.author)}`,
    `committer ${sign(commit.committer)}`,
  ];
  const sha = hash('commit', Buffer.from(`${head.join('\n')}\n\n${commit.message}`));
  const added = { ...commit, sha };
  objects.commits.set(sha, added);
  return added;
}
