import type { ProfileFiles } from '../plans/profile-changes.ts';
import type { Change } from './changed-files.ts';
import type { FileReader, FolderEntry } from './repository-files.ts';

/** Also names of folders of a plan directory and parts of artifact names. */
const plainName = /^[a-z0-9][a-z0-9-]{0,63}$/;

const ending = '.yaml';

/** Files of one folder at one commit, by name without the ending. */
export interface TuningFolder {
  readonly files: ReadonlyMap<string, FolderEntry>;
  /** Files whose name no profile or plan can have. */
  readonly misnamed: readonly FolderEntry[];
}

export async function listTuningFolder(reader: FileReader, commit: string, folder: string): Promise<TuningFolder> {
  const entries = await reader.listFolder(commit, folder, ending);
  const nameOf = ({ name }: FolderEntry) => name.slice(0, -ending.length);
  return {
    files: new Map(
      entries.filter((entry) => plainName.test(nameOf(entry))).map((entry) => [nameOf(entry), entry] as const),
    ),
    // A hidden file is meant for nobody.
    misnamed: entries.filter((entry) => !plainName.test(nameOf(entry)) && !entry.name.startsWith('.')),
  };
}

/** The folder as profiles; each file is read when it is needed. */
export function toProfileFiles(reader: FileReader, { files }: TuningFolder): ProfileFiles {
  return new Map(
    [...files].map(([name, entry]) => [name, { sha: entry.sha, read: () => reader.readText(entry) }] as const),
  );
}

/** One sentence for each file that `head` has new or changed under a name that cannot be. */
export function listMisnamed(base: TuningFolder, head: TuningFolder): readonly string[] {
  const known = new Set(base.misnamed.map(({ path, sha }) => `${sha} ${path}`));
  return head.misnamed
    .filter(({ path, sha }) => !known.has(`${sha} ${path}`))
    .map(({ path }) => `${path}: the name of a file must be lower-case words joined by hyphens, at most 64 letters`);
}

/**
 * Throws when two commits differ in a file of a folder that GitHub does not name among those that changed. A folder that
 * is not found is an empty one, so a wrong 404 would otherwise pass for a change that deletes everything, which is green.
 */
export function requireAgreement(base: TuningFolder, head: TuningFolder, change: Change): void {
  if (!change.isComplete) return;
  const names = new Set([...base.files.keys(), ...head.files.keys()]);
  for (const name of names) {
    const [before, after] = [base.files.get(name), head.files.get(name)];
    const path = (after ?? before)?.path ?? name;
    if (before?.sha === after?.sha || change.files.includes(path)) continue;
    throw new Error(`GitHub's answers contradict each other: ${path} differs, but is not among the changed files`);
  }
}
