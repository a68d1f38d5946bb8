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
      up: { symlink: '../README.md' },
      'profiles/in': { symlink: '../README.md' },
      module: { submodule: 'a'.repeat(40) },
    };
    const sha = server.push(7, { name: 'odd', change });
    const ask = async (path: string) => (await rest.repos.getContent({ ...lab, path, ref: sha })).data;
    expect(await ask('away')).toMatchObject({ type: 'symlink', target: '/etc/passwd' });
    expect(await ask('up')).toMatchObject({ type: 'symlink', target: '../README.md' });
    expect(await ask('profiles/in')).toMatchObject({ type: 'file', content: expect.any(String) });
    expect(await ask('module')).toMatchObject({ type: 'submodule', sha: 'a'.repeat(40) });
    expect(await ask('profiles')).toHaveLength(3);
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
