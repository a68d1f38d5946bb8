import type { GitObjects } from './objects.ts';
import { type FileEntry, listFiles } from './trees.ts';

export interface FileDifference {
  readonly path: string;
  readonly status: 'added' | 'removed' | 'modified' | 'renamed';
  /** Blob of the new side; of the old side where the file was removed. */
  readonly sha: string;
  readonly previousPath?: string;
  readonly additions: number;
  readonly deletions: number;
  /** null: binary, a submodule or nothing but a new name. */
  readonly patch: string | null;
}

/** What changed between two trees, in the order of the paths. A file that only moved is one `renamed`, as on GitHub. */
export function listDifferences(objects: GitObjects, before: string, after: string): FileDifference[] {
  const [old, fresh] = [listFiles(objects, before), listFiles(objects, after)];
  const removed = new Map([...old].filter(([path]) => !fresh.has(path)));
  const differences: FileDifference[] = [];
  for (const [path, file] of fresh) {
    const earlier = old.get(path);
    if (earlier?.sha === file.sha && earlier.mode === file.mode) continue;
    const moved = earlier === undefined ? [...removed].find(([, { sha }]) => sha === file.sha) : undefined;
    if (moved !== undefined) {
      removed.delete(moved[0]);
      differences.push({
        path,
        status: 'renamed',
        sha: file.sha,
        previousPath: moved[0],
        additions: 0,
        deletions: 0,
        patch: null,
      });
    } else {
      const status = earlier === undefined ? 'added' : 'modified';
      differences.push({ path, status, sha: file.sha, ...compareTexts(objects, earlier, file) });
    }
  }
  for (const [path, file] of removed) {
    differences.push({ path, status: 'removed', sha: file.sha, ...compareTexts(objects, file, undefined) });
  }
  return differences.sort((a, b) => (a.path < b.path ? -1 : 1));
}

interface TextDifference {
  readonly additions: number;
  readonly deletions: number;
  readonly patch: string | null;
}

/** One hunk: what is the same at both ends is left out, the rest is taken out and put in. Valid, though not the shortest. */
function compareTexts(
  objects: GitObjects,
  before: FileEntry | undefined,
  after: FileEntry | undefined,
): TextDifference {
  const [old, fresh] = [readLines(objects, before), readLines(objects, after)];
  if (old === null || fresh === null) return { additions: 0, deletions: 0, patch: null };
  const shortest = Math.min(old.length, fresh.length);
  let start = 0;
  while (start < shortest && old[start] === fresh[start]) start++;
  let end = 0;
  while (end < shortest - start && old.at(-1 - end) === fresh.at(-1 - end)) end++;
  const [out, into] = [old.slice(start, old.length - end), fresh.slice(start, fresh.length - end)];
  const place = (lines: readonly string[]) => `${lines.length === 0 ? start : start + 1},${lines.length}`;
  const head = `@@ -${place(out)} +${place(into)} @@`;
  const patch = [head, ...out.map((line) => `-${line}`), ...into.map((line) => `+${line}`)].join('\n');
  return { additions: into.length, deletions: out.length, patch };
}

function readLines(objects: GitObjects, file: FileEntry | undefined): string[] | null {
  if (file === undefined) return [];
  const bytes = objects.blobs.get(file.sha);
  if (bytes === undefined || bytes.includes(0)) return null;
  const lines = bytes.toString().split('\n');
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines;
}
