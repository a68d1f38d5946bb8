import { addTree, type GitObjects, type Mode, type TreeEntry } from './objects.ts';

export interface FileEntry {
  readonly mode: Mode;
  readonly sha: string;
}

/** Every file, link and submodule below a tree, by its path; folders are left out. */
export function listFiles(objects: GitObjects, tree: string, prefix = ''): Map<string, FileEntry> {
  const files = new Map<string, FileEntry>();
  for (const entry of objects.trees.get(tree) ?? []) {
    const path = `${prefix}${entry.name}`;
    if (entry.mode !== '040000') files.set(path, { mode: entry.mode, sha: entry.sha });
    else for (const [below, file] of listFiles(objects, entry.sha, `${path}/`)) files.set(below, file);
  }
  return files;
}

/** The tree that holds exactly these files. */
export function writeFiles(objects: GitObjects, files: ReadonlyMap<string, FileEntry>): string {
  const entries: TreeEntry[] = [];
  const folders = new Map<string, Map<string, FileEntry>>();
  for (const [path, file] of files) {
    const slash = path.indexOf('/');
    if (slash === -1) entries.push({ name: path, ...file });
    else {
      const folder = path.slice(0, slash);
      const below = folders.get(folder) ?? new Map<string, FileEntry>();
      folders.set(folder, below.set(path.slice(slash + 1), file));
    }
  }
  for (const [name, below] of folders) entries.push({ name, mode: '040000', sha: writeFiles(objects, below) });
  return addTree(objects, entries);
}

/** What stands at a path of a tree; the empty path is the tree itself, null is nothing. */
export function findEntry(objects: GitObjects, tree: string, path: string): FileEntry | null {
  let found: FileEntry = { mode: '040000', sha: tree };
  for (const name of path.split('/').filter((part) => part !== '')) {
    if (found.mode !== '040000') return null;
    const next: TreeEntry | undefined = objects.trees.get(found.sha)?.find((entry) => entry.name === name);
    if (next === undefined) return null;
    found = { mode: next.mode, sha: next.sha };
  }
  return found;
}
