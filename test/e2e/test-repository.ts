import { execFileSync } from 'node:child_process';
import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const home = fileURLToPath(new URL('../..', import.meta.url));

export const repositoryName = { owner: 'octo-lab', name: 'tuning' } as const;

/** Text of a file by its path; null takes the file away. */
export type Change = Readonly<Record<string, string | null>>;

export interface TestRepository {
  readonly folder: string;
  /** Commits a change on top of a commit, on a branch of that name; returns the new commit. */
  commit(branch: string, from: string, change: Change): Promise<string>;
  /** The commit that a branch is at. */
  tip(branch: string): string;
}

/** So that the same files give the same commits. */
const author = {
  GIT_AUTHOR_NAME: 'A Maintainer',
  GIT_AUTHOR_EMAIL: 'maintainer@example.com',
  GIT_AUTHOR_DATE: '2026-01-05T08:00:00Z',
  GIT_COMMITTER_NAME: 'A Maintainer',
  GIT_COMMITTER_EMAIL: 'maintainer@example.com',
  GIT_COMMITTER_DATE: '2026-01-05T08:00:00Z',
};

function git(folder: string, ...args: readonly string[]): string {
  const env = { PATH: process.env.PATH, HOME: folder, GIT_CONFIG_NOSYSTEM: '1', ...author };
  return execFileSync('git', ['-C', folder, ...args], { encoding: 'utf8', env, maxBuffer: 64 << 20 }).trim();
}

/**
 * A repository with the files of this checkout as they are now, tests and documents left out, `main` as its default
 * branch: what somebody has who uses Tunegate in its own repository. Actions are the built ones.
 */
export async function createTestRepository(folder: string, change: Change): Promise<TestRepository> {
  await mkdir(folder, { recursive: true });
  git(folder, 'init', '--quiet', '--initial-branch=main');
  git(folder, 'remote', 'add', 'origin', `https://github.com/${repositoryName.owner}/${repositoryName.name}.git`);
  const listed = git(home, 'ls-files', '-z', '--cached', '--others', '--exclude-standard', '--deduplicate');
  for (const path of listed.split('\0').filter((name) => name !== '' && !/^(test|docs|out)\//.test(name))) {
    await cp(join(home, path), join(folder, path)).catch(ignoreMissing);
  }
  const repository: TestRepository = {
    folder,
    tip: (branch) => git(folder, 'rev-parse', branch),
    commit: async (branch, from, files) => {
      git(folder, 'checkout', '--quiet', '--force', '-B', branch, ...(from === '' ? [] : [from]));
      await applyChange(folder, files);
      git(folder, 'add', '--all', '--force');
      git(
        folder,
        'commit',
        '--quiet',
        '--allow-empty',
        '--message',
        `Change ${Object.keys(files).join(', ') || 'nothing'}`,
      );
      const sha = git(folder, 'rev-parse', 'HEAD');
      // HEAD is what events without a commit of their own run for.
      if (branch !== 'main') git(folder, 'checkout', '--quiet', '--force', 'main');
      return sha;
    },
  };
  await repository.commit('main', '', change);
  return repository;
}

/** Listed, but deleted in the checkout. */
function ignoreMissing(thrown: unknown): void {
  if (!(thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT')) throw thrown;
}

async function applyChange(folder: string, change: Change): Promise<void> {
  for (const [path, text] of Object.entries(change)) {
    const file = join(folder, path);
    if (text === null) {
      await rm(file);
    } else {
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, text);
    }
  }
}
