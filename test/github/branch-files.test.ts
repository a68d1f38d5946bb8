import { getOctokit } from '@actions/github';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createBranchStore } from '../../src/github/branch-files.ts';
import { createClient } from '../../src/github/client.ts';
import { largestNight, nightPath } from '../../src/history/night-file.ts';
import { addNight, readNights } from '../../src/history/night-store.ts';
import { type GitHubServer, startGitHubServer } from '../fakes/github-server/server.ts';
import { createNight } from '../history/night-factory.ts';

const branch = 'tunegate-history';
const repository = { owner: 'lab', repo: 'tuning' };

let server: GitHubServer;
async function start(hostile: Record<string, string | Uint8Array | { symlink: string }> | null = null): Promise<void> {
  server = await startGitHubServer({
    repositories: [
      {
        owner: 'lab',
        name: 'tuning',
        commits: [
          { name: 'main', files: { README: 'x' } },
          ...(hostile === null ? [] : [{ name: 'old', files: hostile }]),
        ],
        branches: hostile === null ? {} : { [branch]: 'old' },
      },
    ],
  });
}
beforeEach(() => start());
afterEach(async () => {
  const { violations } = server;
  await server.close();
  expect(violations).toEqual([]);
});

/** A client that sends at once: ours waits a second before each write, and all of a process wait for each other. */
const createStore = (runId = 7, scopes: Record<string, 'read' | 'write'> = { contents: 'write' }) => {
  const github = getOctokit(server.token(runId, scopes), { baseUrl: server.origin });
  return createBranchStore({ github, repository, branch, waitMilliseconds: 2 });
};
const createPatientStore = () => {
  const github = createClient(server.token(7), { apiUrl: server.origin, waitUnitMilliseconds: 1 });
  return createBranchStore({ github, repository, branch, waitMilliseconds: 2 });
};
const headOf = (name: string) => server.repository().refs.get(`refs/heads/${name}`);
const countCommits = () => {
  const { commits } = server.repository().objects;
  let count = 0;
  for (let at = headOf(branch); at !== undefined; at = commits.get(at)?.parents[0]) count += 1;
  return count;
};

describe('files on a branch', () => {
  it('begin a branch of their own that leaves the others alone', async () => {
    const store = createStore();
    expect(await store.list('nights')).toEqual([]);
    const main = headOf('main');
    expect(await store.add('nights/a.json', '1')).toBe('added');
    expect(headOf('main')).toBe(main);
    expect(countCommits()).toBe(1);
    const files = await store.list('nights');
    expect(files.map(({ path }) => path)).toEqual(['nights/a.json']);
    expect(await files[0]?.read()).toBe('1');
  });

  it('are the same when added again, and never changed', async () => {
    const store = createStore();
    await store.add('nights/2026/ä.json', 'grüße\n');
    expect(await store.add('nights/2026/ä.json', 'grüße\n')).toBe('present');
    expect(countCommits()).toBe(1);
    await expect(store.add('nights/2026/ä.json', 'other')).rejects.toThrow(/holds something else already/);
    await expect(store.add('nights/2026', 'other')).rejects.toThrow(/holds something else already/);
    await expect(store.add('nights/2026/ä.json/deeper', 'x')).rejects.toThrow(/holds something else already/);
    expect(countCommits()).toBe(1);
  });

  it.each([2, 6])('all land when %i writers add at once, also when the branch is missing', async (writers) => {
    const nights = Array.from({ length: writers }, (_, index) => createNight({ host: `host-${index}` }));
    const outcomes = await Promise.all(nights.map((night, index) => addNight(createStore(100 + index), night)));
    expect(outcomes).toEqual(nights.map(() => 'added'));
    const read = await readNights(createStore());
    expect(read.nights.map(({ host }) => host).sort()).toEqual(nights.map(({ host }) => host));
    expect(countCommits()).toBe(writers);
    // They did meet: somebody had to begin anew.
    const lost = server.requests.filter(({ operation, status }) => operation?.endsWith('-ref') && status === 422);
    expect(lost.length).toBeGreaterThan(0);
  });

  it('of one name and two contents: one writer lands, the other is told', async () => {
    const results = await Promise.allSettled([
      createStore(1).add('nights/x', '1'),
      createStore(2).add('nights/x', '2'),
    ]);
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  it('arrive although GitHub fails on the way, with our client', async () => {
    server.misbehave({ kind: 'bad-gateway', operation: 'git/create-tree', times: 2 });
    expect(await createPatientStore().add('nights/a', '1')).toBe('added');
    expect((await createStore().list('nights')).map(({ path }) => path)).toEqual(['nights/a']);
  });

  it.each([true, false])('arrive although the answer to the last step is lost (done: %s)', async (afterEffect) => {
    await createStore().add('nights/first', '0');
    server.misbehave({ kind: 'bad-gateway', operation: 'git/update-ref', afterEffect, times: 1 });
    expect(await createStore().add('nights/a', '1')).toBe(afterEffect ? 'present' : 'added');
    expect(countCommits()).toBe(2);
  });

  it('give up when the branch never stands still', async () => {
    await createStore().add('nights/first', '0');
    server.misbehave({ kind: 'unprocessable', operation: 'git/update-ref', times: 8 });
    await expect(createStore().add('nights/a', '1')).rejects.toThrow(/moved 8 times meanwhile/);
  });

  it('say which permission is missing', async () => {
    await expect(createStore(8, { contents: 'read' }).add('nights/a', '1')).rejects.toThrow(/contents: write/);
  });
});

describe('nights on a branch that others can write to', () => {
  it('are read past whatever else is there, with a warning for each', async () => {
    await server.close();
    const good = createNight();
    const other = createNight({ day: 1 });
    const at = (day: number) => nightPath(createNight({ day }));
    await start({
      README: 'not looked at',
      [at(0)]: JSON.stringify(good),
      [at(1)]: '{"schema":"tunegate.night/1"}',
      [at(2)]: 'no JSON',
      [at(3)]: JSON.stringify(other),
      [at(4)]: 'x'.repeat(largestNight + 1),
      [at(5)]: new Uint8Array([0xff, 0xfe]),
      [at(6)]: { symlink: '/etc/passwd' },
      [at(7)]: JSON.stringify({ ...createNight({ day: 7 }), __proto__: null, more: 1 }),
      'nights/2026/::error::x/tuned/2026-01-01T020000Z-1-1.json': '{}',
      'nights/notes.md': 'hello',
    });
    const { nights, warnings } = await readNights(createStore());
    expect(nights).toEqual([good]);
    const about = (day: number) => warnings.filter((line) => line.startsWith(at(day)));
    expect(about(1)[0]).toMatch(/is missing/);
    expect(about(2)[0]).toMatch(/is no JSON/);
    expect(about(3)[0]).toMatch(/belongs elsewhere/);
    expect(about(4)[0]).toMatch(/bytes, at most/);
    expect(about(5)[0]).toMatch(/no text in UTF-8/);
    expect(about(6)).toEqual([]);
    expect(about(7)[0]).toMatch(/unknown key/);
    expect(warnings).toHaveLength(8);
    const large = server.requests.filter(({ operation }) => operation === 'git/get-blob');
    expect(large).toHaveLength(6);
  });
});
