import { once } from 'node:events';
import { createServer } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readChange } from '../../src/github/changed-files.ts';
import { createClient } from '../../src/github/client.ts';
import { readWriters } from '../../src/github/permissions.ts';
import { createFileReader } from '../../src/github/repository-files.ts';
import { type GitHubServer, startGitHubServer } from '../fakes/github-server/server.ts';

const repository = { owner: 'acme', repo: 'lab' };
const folder = 'lab/profiles';
const many = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`other/${index}.txt`, `${index}`]));
let server: GitHubServer;

beforeEach(async () => {
  server = await startGitHubServer({
    repositories: [
      {
        owner: 'acme',
        name: 'lab',
        commits: [
          {
            name: 'base',
            files: { [`${folder}/stock.yaml`]: 'name: stock\n', [`${folder}/README.md`]: 'x', plain: 'file' },
          },
          {
            name: 'moved',
            parents: ['base'],
            change: { [`${folder}/stock.yaml`]: null, [`${folder}/plain.yaml`]: 'name: stock\n' },
          },
          { name: 'many', parents: ['base'], change: { ...many(301), [`${folder}/z.yaml`]: 'z' } },
        ],
        branches: { main: 'base', moved: 'moved', many: 'many' },
        pulls: [
          { number: 7, author: 'guest', head: { branch: 'moved', commit: 'moved' } },
          { number: 8, author: 'guest', head: { branch: 'many', commit: 'many' } },
        ],
        permissions: { owner: 'admin', maintainer: 'maintain', writer: 'write', triager: 'triage', reader: 'read' },
      },
    ],
  });
});
afterEach(async () => {
  expect(server.violations).toEqual([]);
  await server.close();
});
const connect = (more: object = {}) =>
  createClient(server.token(1), { apiUrl: server.origin, waitUnitMilliseconds: 1, ...more });

describe('createClient', () => {
  const read = (client = connect()) => client.rest.repos.get(repository);

  it.each(['bad-gateway', 'disconnect', 'secondary-rate-limit', 'too-many-requests', 'truncated'] as const)(
    'tries again after %s',
    async (kind) => {
      server.misbehave({ kind, times: 2 });
      expect((await read()).data.full_name).toBe('acme/lab');
    },
  );

  it('gives up on an answer that does not come, and says so', async () => {
    server.misbehave({ kind: 'slow', delayMilliseconds: 30_000, every: 1 });
    const began = performance.now();
    await expect(read(connect({ deadlineSeconds: 0.2 }))).rejects.toThrow(/timeout|aborted/);
    expect(performance.now() - began).toBeLessThan(10_000);
  });

  it('gives every try a deadline of its own', async () => {
    server.misbehave({ kind: 'slow', delayMilliseconds: 30_000, times: 1 });
    expect((await read(connect({ deadlineSeconds: 1 }))).status).toBe(200);
  });

  it.each(['forbidden', 'not-found', 'unprocessable'] as const)('does not repeat what is refused: %s', async (kind) => {
    const { stop } = server.misbehave({ kind });
    await expect(read()).rejects.toThrow();
    stop();
    expect(server.requests).toHaveLength(1);
  });

  it('writes once in a second, tells people of it once in three, and reads as it likes', async () => {
    const client = connect({ waitUnitMilliseconds: 200 });
    const sent: number[] = [];
    const request = {
      fetch: (url: string, init: RequestInit) => {
        sent.push(performance.now());
        return fetch(url, init);
      },
    };
    const ask = () => client.rest.repos.get({ ...repository, request });
    const label = (name: string) => client.rest.issues.createLabel({ ...repository, name, color: '112233', request });
    const issue = (title: string) => client.rest.issues.create({ ...repository, title, request });
    const measureShortest = async (work: readonly Promise<unknown>[]) => {
      await Promise.all(work);
      const times = sent.splice(0);
      return Math.min(...times.slice(1).map((time, index) => time - (times[index] ?? 0)));
    };
    expect(await measureShortest([ask(), ask(), ask()])).toBeLessThan(150);
    expect(await measureShortest([label('a'), label('b'), label('c')])).toBeGreaterThan(150);
    expect(await measureShortest([issue('a'), issue('b')])).toBeGreaterThan(450);
  });

  it('does not wait an hour for a limit to end', async () => {
    server.misbehave({ kind: 'rate-limit', retryAfterSeconds: 3600, every: 1 });
    await expect(read()).rejects.toThrow(/rate limit/i);
  });
});

describe('readWriters', () => {
  it('knows who may write, by every role', async () => {
    const logins = ['owner', 'maintainer', 'writer', 'triager', 'reader', 'stranger'];
    expect([...(await readWriters(connect(), repository, logins))]).toEqual(['owner', 'maintainer', 'writer']);
  });

  it('takes whom GitHub does not know for nobody', async () => {
    server.misbehave({ kind: 'not-found', operation: 'repos/get-collaborator-permission-level' });
    expect((await readWriters(connect(), repository, ['owner'])).size).toBe(0);
  });

  it('does not take the permission of another account that has the name now', async () => {
    const body = JSON.stringify({ permission: 'admin', user: { login: 'somebody-else' } });
    const other = createServer((_request, answer) => answer.setHeader('content-type', 'application/json').end(body));
    other.listen(0, '127.0.0.1');
    await once(other, 'listening');
    const address = other.address();
    const apiUrl = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
    expect((await readWriters(createClient('token', { apiUrl }), repository, ['owner'])).size).toBe(0);
    other.close();
    other.closeAllConnections();
  });

  it('does not take a failure for an answer', async () => {
    server.misbehave({ kind: 'forbidden', operation: 'repos/get-collaborator-permission-level' });
    await expect(readWriters(connect(), repository, ['owner'])).rejects.toThrow();
  });
});

describe('readChange', () => {
  it('names both names of a file that was renamed', async () => {
    const sides = { number: 7, baseSha: server.sha('base'), headSha: server.sha('moved') };
    expect(await readChange(connect(), repository, sides)).toEqual({
      mergeBase: server.sha('base'),
      files: expect.arrayContaining([`${folder}/plain.yaml`, `${folder}/stock.yaml`]),
      isComplete: true,
    });
  });

  it('asks for the list of the pull request where a comparison has no more room', async () => {
    const sides = { number: 8, baseSha: server.sha('base'), headSha: server.sha('many') };
    const { files, isComplete } = await readChange(connect(), repository, sides);
    expect(files).toHaveLength(302);
    expect(files).toContain(`${folder}/z.yaml`);
    expect(isComplete).toBe(true);
  });
});

describe('createFileReader', () => {
  it('lists a folder and reads a file by its content', async () => {
    const reader = createFileReader(connect(), repository);
    const [entry] = await reader.listFolder(server.sha('base'), folder, '.yaml');
    expect(entry).toMatchObject({ name: 'stock.yaml', path: `${folder}/stock.yaml`, isFile: true });
    if (entry === undefined) return;
    expect(await reader.readText(entry)).toEqual({ text: 'name: stock\n', fileName: `${folder}/stock.yaml` });
    // Under another name on another side: not read again.
    const [other] = await reader.listFolder(server.sha('moved'), folder, '.yaml');
    expect(other && (await reader.readText(other)).fileName).toBe(`${folder}/plain.yaml`);
    expect(server.requests.filter(({ operation }) => operation === 'git/get-blob')).toHaveLength(1);
  });

  it('has nothing where there is no folder, and refuses a file in its place', async () => {
    const reader = createFileReader(connect(), repository);
    expect(await reader.listFolder(server.sha('base'), 'no/such', '.yaml')).toEqual([]);
    await expect(reader.listFolder(server.sha('base'), 'plain', '.yaml')).rejects.toThrow(
      'plain is no folder at the commit',
    );
  });

  it('notices a file that is not the one that was asked for', async () => {
    const reader = createFileReader(connect(), repository);
    const [entry] = await reader.listFolder(server.sha('base'), folder, '.yaml');
    if (entry === undefined) throw new Error('the folder is empty');
    server.repository().objects.blobs.set(entry.sha, Buffer.from('name: other\n'));
    await expect(reader.readText(entry)).rejects.toThrow(/is not the whole file: its SHA-1 is [0-9a-f]{40}, not/);
  });
});
