import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Client, connect } from './connect.ts';
import { lab, startLab } from './lab.ts';
import type { GitHubServer } from './server.ts';

let server: GitHubServer;
let client: Client;
let rest: Client['rest'];

beforeEach(async () => {
  server = await startLab();
  client = connect(server);
  rest = client.rest;
});
afterEach(async () => {
  expect(server.violations).toEqual([]);
  await server.close();
});

describe('pull requests', () => {
  it('have the files that changed since both sides were one', async () => {
    const { data } = await rest.pulls.listFiles({ ...lab, pull_number: 7 });
    expect(data.map(({ filename, status, additions, deletions }) => [filename, status, additions, deletions])).toEqual([
      ['profiles/stock.yaml', 'modified', 1, 0],
      ['profiles/tuned.yaml', 'added', 1, 0],
    ]);
    const { data: comparison } = await rest.repos.compareCommitsWithBasehead({
      ...lab,
      basehead: 'main...mallory:tune',
    });
    expect(comparison).toMatchObject({ status: 'diverged', ahead_by: 1, behind_by: 1 });
    expect(comparison.merge_base_commit.sha).toBe(server.sha('base'));
    expect(comparison.files?.map(({ filename }) => filename)).toEqual(data.map(({ filename }) => filename));
  });

  it('come from a fork, and move with a push', async () => {
    const { data: before } = await rest.pulls.get({ ...lab, pull_number: 7 });
    expect(before.head).toMatchObject({
      label: 'mallory:tune',
      sha: server.sha('tune'),
      repo: { fork: true, full_name: 'mallory/lab' },
    });
    expect(before).toMatchObject({ commits: 1, changed_files: 2, author_association: 'NONE' });
    const pushed = server.push(7, { name: 'more', change: { 'profiles/stock.yaml': null } });
    const { data: after } = await rest.pulls.get({ ...lab, pull_number: 7 });
    expect(after.head.sha).toBe(pushed);
    expect((await rest.pulls.listFiles({ ...lab, pull_number: 7 })).data[0]?.status).toBe('removed');
    expect((await rest.repos.getContent({ ...lab, path: 'profiles', ref: `refs/pull/7/head` })).data).toHaveLength(1);
  });

  it('of a fork are found by a commit in the fork alone', async () => {
    const commit_sha = server.sha('tune');
    server.addPull({ author: 'maintainer', head: { branch: 'own', commit: 'tune' } });
    const find = async (owner: string) =>
      (await rest.repos.listPullRequestsAssociatedWithCommit({ ...lab, owner, commit_sha })).data.map(
        ({ number }) => number,
      );
    expect(await find('mallory')).toEqual([7]);
    expect(await find('acme')).toEqual([8]);
  });

  it('are listed by branch and page', async () => {
    for (let count = 0; count < 40; count++)
      server.addPull({ author: 'a', head: { branch: `b${count}`, commit: 'tune' } });
    expect((await rest.pulls.list({ ...lab, head: 'mallory:tune' })).data.map(({ number }) => number)).toEqual([7]);
    expect((await rest.pulls.list(lab)).data).toHaveLength(30);
    const all = await client.paginate('GET /repos/{owner}/{repo}/pulls', lab);
    expect(all.map(({ number }) => number)).toEqual(Array.from({ length: 41 }, (_, index) => 47 - index));
  });
});

describe('comments and issues', () => {
  it('are by the workflow bot, and are edited in place', async () => {
    const { data: made } = await rest.issues.createComment({ ...lab, issue_number: 7, body: 'One' });
    expect(made.user).toMatchObject({ login: 'github-actions[bot]', type: 'Bot', id: 41_898_282 });
    await rest.issues.updateComment({ ...lab, comment_id: made.id, body: 'Two' });
    const { data } = await rest.issues.listComments({ ...lab, issue_number: 7 });
    expect(data.map(({ id, body }) => [id, body])).toEqual([[made.id, 'Two']]);
  });

  it('may have 65,536 characters, and not one more', async () => {
    const write = (body: string) => rest.issues.createComment({ ...lab, issue_number: 7, body });
    await write('ü'.repeat(65_536));
    await expect(write('x'.repeat(65_537))).rejects.toThrow(/Body is too long \(maximum is 65536 characters\)/);
    expect(server.repository().comments.size).toBe(1);
  });

  it('are found by label and state, opened and closed', async () => {
    const { data: issue } = await rest.issues.create({ ...lab, title: 'Slower', labels: ['Night', 'cell a'] });
    expect(issue.number).toBe(8);
    const find = async (labels: string, state: 'open' | 'closed') =>
      (await rest.issues.listForRepo({ ...lab, labels, state })).data.map(({ number }) => number);
    expect(await find('night,cell a', 'open')).toEqual([8]);
    expect(await find('night,other', 'open')).toEqual([]);
    const { data: closed } = await rest.issues.update({ ...lab, issue_number: 8, state: 'closed' });
    expect(closed).toMatchObject({ state: 'closed', state_reason: 'completed' });
    expect([await find('night', 'open'), await find('night', 'closed')]).toEqual([[], [8]]);
    const all = (await rest.issues.listForRepo(lab)).data;
    expect(all.map(({ number, pull_request }) => [number, pull_request !== undefined])).toEqual([[7, true]]);
  });

  it('of somebody else are not changed by a person who may not write', async () => {
    const { data } = await rest.issues.createComment({ ...lab, issue_number: 7, body: 'One' });
    const edit = (login: string) =>
      connect(server, server.userToken(login)).rest.issues.updateComment({ ...lab, comment_id: data.id, body: login });
    await expect(edit('mallory')).rejects.toMatchObject({ status: 403 });
    expect((await edit('maintainer')).data.body).toBe('maintainer');
  });
});

describe('permissions', () => {
  it('are rough, with the fine role beside them', async () => {
    const ask = async (username: string) => {
      const { data } = await rest.repos.getCollaboratorPermissionLevel({ ...lab, username });
      return [data.permission, data.role_name];
    };
    expect(await ask('maintainer')).toEqual(['write', 'write']);
    expect(await ask('helper')).toEqual(['read', 'triage']);
    expect(await ask('acme')).toEqual(['admin', 'admin']);
    expect(await ask('Mallory')).toEqual(['read', 'read']);
    expect(await ask('MAINTAINER')).toEqual(['write', 'write']);
    await expect(ask('helper[bot]')).rejects.toThrow('helper[bot] is not a user');
  });
});
