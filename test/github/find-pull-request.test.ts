import { afterEach, beforeEach, expect, it } from 'vitest';
import { createClient } from '../../src/github/client.ts';
import { findPullRequest } from '../../src/github/find-pull-request.ts';
import { pullNumber, repository, startLab } from '../actions/report/stage.ts';
import type { GitHubServer } from '../fakes/github-server/server.ts';

let server: GitHubServer;
beforeEach(async () => {
  server = await startLab();
});
afterEach(async () => {
  const { violations } = server;
  await server.close();
  expect(violations).toEqual([]);
});

const find = (headSha: string, eventNumber: number | null) =>
  findPullRequest({
    github: createClient(server.token(1), { apiUrl: server.origin, waitUnitMilliseconds: 1 }),
    ...{ repository, headSha, eventNumber },
  });

it('finds the pull request of the event where its head is the commit', async () => {
  expect(await find(server.sha('tune'), pullNumber)).toEqual({ kind: 'current', number: pullNumber });
});

it('says so where the head of that pull request is another by now', async () => {
  const headSha = server.push(pullNumber, { name: 'more', change: { 'a.txt': 'a' } });
  expect(await find(server.sha('tune'), pullNumber)).toEqual({ kind: 'moved', number: pullNumber, headSha });
});

it('finds the only open one by its head where the event names none', async () => {
  expect(await find(server.sha('other'), null)).toEqual({ kind: 'current', number: 8 });
});

it('takes none that is closed, has another head, or of which there are two', async () => {
  expect(await find(server.sha('base'), null)).toMatchObject({ kind: 'none' });
  server.addPull({ number: 9, author: 'eve', head: { branch: 'same', commit: server.sha('other'), fork: 'eve' } });
  expect(await find(server.sha('other'), null)).toMatchObject({
    kind: 'none',
    reason: expect.stringContaining('2 open'),
  });
  const closed = { branch: 'old', commit: server.sha('base'), fork: 'eve' };
  server.addPull({ number: 10, author: 'eve', head: closed, state: 'closed' });
  expect(await find(server.sha('base'), null)).toMatchObject({ kind: 'none' });
});
