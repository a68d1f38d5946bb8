import { execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connect } from './connect.ts';
import { listDifferences } from './git/difference.ts';
import { fromGit, refreshFromGit } from './git/from-git.ts';
import { findMergeBase, listCommitsBetween } from './git/history.ts';
import { addBlob, addCommit, createObjects } from './git/objects.ts';
import { listFiles, writeFiles } from './git/trees.ts';
import { lab } from './lab.ts';
import { type GitHubServer, startGitHubServer } from './server.ts';

const folder = mkdtempSync(join(tmpdir(), 'git-'));
const person = {
  GIT_AUTHOR_NAME: 'A Person',
  GIT_AUTHOR_EMAIL: 'a@example.org',
  GIT_COMMITTER_NAME: 'B',
  GIT_COMMITTER_EMAIL: 'b@example.org',
};
const date = '2026-01-05T08:00:00Z';

function git(...args: readonly string[]): string {
  const environment = {
    PATH: process.env.PATH ?? '',
    HOME: folder,
    ...person,
    GIT_AUTHOR_DATE: date,
    GIT_COMMITTER_DATE: date,
  };
  return execFileSync('git', ['-C', folder, ...args], { env: environment, encoding: 'utf8' }).trim();
}

async function commit(message: string, files: Readonly<Record<string, string>>): Promise<string> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  git('add', '--all');
  git('commit', '--quiet', '--message', message);
  return git('rev-parse', 'HEAD');
}

let base: string;
let main: string;
let tune: string;

beforeAll(async () => {
  git('init', '--quiet', '--initial-branch=main');
  await symlink('profiles/stock.yaml', join(folder, 'link'));
  base = await commit('First', {
    'profiles/stock.yaml': 'a\nb\nc\n',
    'profiles.yaml': 'x',
    'profiles-old': 'y',
    'gone.txt': 'gone\n',
    'old/name.txt': 'moved\n',
  });
  git('switch', '--quiet', '--create', 'tune');
  git('rm', '--quiet', 'gone.txt');
  git('mv', 'old/name.txt', 'new.txt');
  tune = await commit('Tune', { 'profiles/stock.yaml': 'a\nB\nB2\nc\n', 'profiles/tüned.yaml': 'ü\n' });
  git('switch', '--quiet', 'main');
  main = await commit('Move on', { 'README.md': 'Lab\n' });
});

describe('objects', () => {
  it('have the names git gives them', async () => {
    const { objects } = await fromGit(folder);
    const own = createObjects();
    for (const blob of objects.blobs.values()) addBlob(own, blob);
    expect([...own.blobs.keys()].sort()).toEqual([...objects.blobs.keys()].sort());
    for (const sha of [base, main, tune]) {
      const { sha: _, ...read } = objects.commits.get(sha) ?? {};
      if (!('tree' in read)) throw new Error(`no commit ${sha}`);
      expect(writeFiles(own, listFiles(objects, read.tree))).toBe(read.tree);
      expect(addCommit(own, read).sha).toBe(sha);
    }
    expect([...own.trees.keys()].sort()).toEqual([...objects.trees.keys()].sort());
  });

  it('are found through history as git finds them', async () => {
    const { objects, refs } = await fromGit(folder);
    expect(refs).toEqual(
      new Map([
        ['refs/heads/main', main],
        ['refs/heads/tune', tune],
      ]),
    );
    expect(findMergeBase(objects, 'main-is-no-sha', tune)).toBeNull();
    expect(findMergeBase(objects, main, tune)?.sha).toBe(git('merge-base', 'main', 'tune'));
    expect(findMergeBase(objects, base, tune)?.sha).toBe(base);
    expect(listCommitsBetween(objects, main, tune).map(({ sha }) => sha)).toEqual([tune]);
  });

  it('differ as git says', async () => {
    const { objects } = await fromGit(folder);
    const tree = (sha: string) => objects.commits.get(sha)?.tree ?? '';
    const differences = listDifferences(objects, tree(base), tree(tune));
    const numbers = differences.map(
      ({ additions, deletions, path, previousPath }) =>
        `${additions}\t${deletions}\t${previousPath === undefined ? path : `${previousPath} => ${path}`}`,
    );
    expect(numbers.sort()).toEqual(
      git('-c', 'core.quotePath=false', 'diff', '--numstat', '-M100%', base, tune).split('\n').sort(),
    );
    expect(differences.map(({ status }) => status).sort()).toEqual(['added', 'modified', 'removed', 'renamed']);
    expect(differences.find(({ path }) => path === 'profiles/stock.yaml')?.patch).toBe('@@ -2,1 +2,2 @@\n-b\n+B\n+B2');
  });
});

describe('a server over a real repository', () => {
  let server: GitHubServer;
  beforeAll(async () => {
    const pulls = [{ number: 3, author: 'mallory', head: { branch: 'tune' } }];
    server = await startGitHubServer({
      repositories: [{ owner: lab.owner, name: lab.repo, git: await fromGit(folder), pulls }],
    });
  });
  afterAll(() => server.close());

  it('gives its files, and a link to a file as that file', async () => {
    const { rest } = connect(server);
    const { data: files } = await rest.pulls.listFiles({ ...lab, pull_number: 3 });
    expect(files.map(({ filename }) => filename)).toEqual([
      'gone.txt',
      'new.txt',
      'profiles/stock.yaml',
      'profiles/tüned.yaml',
    ]);
    for (const path of ['profiles/stock.yaml', 'link']) {
      const { data } = await rest.repos.getContent({ ...lab, path, ref: base });
      expect('content' in data && Buffer.from(data.content, 'base64').toString()).toBe('a\nb\nc\n');
    }
    expect(server.violations).toEqual([]);
  });

  it('sees a push after a refresh', async () => {
    const pushed = await commit('Later', { 'later.txt': 'later\n' });
    await refreshFromGit(server.repository(), folder);
    const { data } = await connect(server).rest.git.getRef({ ...lab, ref: 'heads/main' });
    expect(data.object.sha).toBe(pushed);
  });
});
