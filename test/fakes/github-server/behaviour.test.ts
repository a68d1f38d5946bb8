import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Client, connect } from './connect.ts';
import { lab, startLab } from './lab.ts';
import { type GitHubServer, startGitHubServer } from './server.ts';

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
    expect(await ask('mallory')).toEqual(['read', 'read']);
  });
});

describe('check runs', () => {
  const check = { ...lab, name: 'tunegate' };

  it('are completed by a conclusion, and the newest of a name counts', async () => {
    const head_sha = server.sha('tune');
    const { data: old } = await rest.checks.create({ ...check, head_sha, status: 'in_progress' });
    const { data: fresh } = await rest.checks.create({ ...check, head_sha, status: 'in_progress' });
    await rest.checks.update({ ...lab, check_run_id: fresh.id, conclusion: 'failure' });
    const { data } = await rest.checks.listForRef({ ...lab, ref: head_sha });
    expect(data.check_runs.map(({ id, status, conclusion }) => [id, status, conclusion])).toEqual([
      [fresh.id, 'completed', 'failure'],
    ]);
    const { data: all } = await rest.checks.listForRef({ ...lab, ref: head_sha, filter: 'all' });
    expect(all.check_runs.map(({ id }) => id)).toEqual([fresh.id, old.id]);
  });

  it('have summaries of 65,535 bytes at most', async () => {
    const write = (summary: string) =>
      rest.checks.create({ ...check, head_sha: server.sha('tune'), output: { title: 'T', summary } });
    await write('x'.repeat(65_535));
    await expect(write('ü'.repeat(40_000))).rejects.toThrow(/summary exceeds a maximum bytesize of 65535/);
  });
});

describe('contents', () => {
  it('above one megabyte come only raw', async () => {
    const text = 'x'.repeat(1024 * 1024 + 1);
    const sha = server.push(7, { name: 'big', change: { 'big.txt': text } });
    const { data } = await rest.repos.getContent({ ...lab, path: 'big.txt', ref: sha });
    expect(data).toMatchObject({ content: '', encoding: 'none', size: text.length });
    const raw = await rest.repos.getContent({ ...lab, path: 'big.txt', ref: sha, mediaType: { format: 'raw' } });
    expect(raw.data).toBe(text);
  });

  it('show what is no file for what it is', async () => {
    const change = {
      away: { symlink: '/etc/passwd' },
      up: { symlink: '../../x' },
      module: { submodule: 'a'.repeat(40) },
    };
    const sha = server.push(7, { name: 'odd', change });
    const ask = async (path: string) => (await rest.repos.getContent({ ...lab, path, ref: sha })).data;
    expect(await ask('away')).toMatchObject({ type: 'symlink', target: '/etc/passwd' });
    expect(await ask('up')).toMatchObject({ type: 'symlink', target: '../../x' });
    expect(await ask('module')).toMatchObject({ type: 'submodule', sha: 'a'.repeat(40) });
    expect(await ask('profiles')).toHaveLength(2);
    await expect(ask('nothing')).rejects.toMatchObject({ status: 404 });
  });
});

describe('a branch with two writers', () => {
  it('moves forward only, and the slower writer is told', async () => {
    const add = async (parent: string, path: string) => {
      const { data: base } = await rest.git.getCommit({ ...lab, commit_sha: parent });
      const entry = { path, mode: '100644', type: 'blob', content: '{}' } as const;
      const { data: tree } = await rest.git.createTree({ ...lab, base_tree: base.tree.sha, tree: [entry] });
      return (await rest.git.createCommit({ ...lab, message: path, tree: tree.sha, parents: [parent] })).data.sha;
    };
    const move = (sha: string, force = false) => rest.git.updateRef({ ...lab, ref: 'heads/history', sha, force });
    await rest.git.createRef({ ...lab, ref: 'refs/heads/history', sha: server.sha('base') });
    const [first, second] = [await add(server.sha('base'), 'a.json'), await add(server.sha('base'), 'b.json')];
    await move(first);
    await expect(move(second)).rejects.toMatchObject({
      status: 422,
      message: expect.stringContaining('not a fast forward'),
    });
    await move(await add(first, 'b.json'));
    const { data } = await rest.git.getTree({ ...lab, tree_sha: 'history' });
    expect(data.tree.map(({ path }) => path)).toEqual(['README.md', 'a.json', 'b.json', 'profiles']);
    await expect(rest.git.createRef({ ...lab, ref: 'refs/heads/history', sha: first })).rejects.toThrow(
      /already exists/,
    );
    await expect(rest.git.updateRef({ ...lab, ref: 'heads/no', sha: first })).rejects.toThrow(/does not exist/);
  });

  it('written file by file wants the blob that was seen', async () => {
    const put = (text: string, sha?: string) =>
      rest.repos.createOrUpdateFileContents({
        ...lab,
        path: 'README.md',
        message: 'Write',
        content: Buffer.from(text).toString('base64'),
        ...(sha === undefined ? {} : { sha }),
      });
    await expect(put('x')).rejects.toMatchObject({ status: 422 });
    await expect(put('x', 'a'.repeat(40))).rejects.toMatchObject({ status: 409 });
    const { data } = await rest.repos.getContent({ ...lab, path: 'README.md' });
    expect('sha' in data && (await put('x', data.sha)).status).toBe(200);
  });
});

describe('workflow runs', () => {
  it('are found by commit, workflow and event, with their jobs', async () => {
    const jobs = [{ name: 'measure (tuned)', conclusion: 'success', labels: ['tuned'], runnerName: 'tuned-1' }];
    server.addRun(1, { path: '.github/workflows/nightly.yml', event: 'schedule', conclusion: 'success', jobs });
    server.addRun(2, { headSha: server.sha('tune'), headBranch: 'tune' });
    const ids = (runs: readonly { id: number }[]) => runs.map(({ id }) => id);
    const { data: nightly } = await rest.actions.listWorkflowRuns({
      ...lab,
      workflow_id: 'nightly.yml',
      status: 'success',
    });
    expect(ids(nightly.workflow_runs)).toEqual([1]);
    const { data: ofHead } = await rest.actions.listWorkflowRunsForRepo({ ...lab, head_sha: server.sha('tune') });
    expect(ids(ofHead.workflow_runs)).toEqual([2]);
    const { data } = await rest.actions.listJobsForWorkflowRun({ ...lab, run_id: 1 });
    expect(data.jobs.map(({ name, status, runner_name }) => [name, status, runner_name])).toEqual([
      ['measure (tuned)', 'completed', 'tuned-1'],
    ]);
  });
});

describe('a server', () => {
  it('keeps repositories apart and does not mind capitals', async () => {
    const two = await startGitHubServer({
      repositories: ['one', 'two'].map((name) => ({ owner: 'acme', name, commits: [{ name, files: { name } }] })),
    });
    const { data } = await connect(two).rest.repos.getContent({ owner: 'ACME', repo: 'Two', path: 'name' });
    expect('content' in data && Buffer.from(data.content, 'base64').toString()).toBe('two');
    await expect(connect(two).rest.repos.get({ owner: 'acme', repo: 'three' })).rejects.toMatchObject({ status: 404 });
    await two.close();
  });
});
