import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connect } from './connect.ts';
import { lab, startLab } from './lab.ts';
import type { GitHubServer } from './server.ts';
import type { Scopes } from './tokens.ts';

let server: GitHubServer;
beforeAll(async () => {
  server = await startLab();
});
afterAll(async () => {
  expect(server.violations).toEqual([]);
  await server.close();
});

const withScopes = (scopes: Scopes) => connect(server, server.token(4711, scopes)).rest;
const comment = { ...lab, issue_number: 7, body: 'Hello' };
const refused = { status: 403, message: expect.stringContaining('Resource not accessible by integration') };

describe('tokens', () => {
  it('are needed', async () => {
    const answer = await fetch(`${server.origin}/repos/acme/lab`);
    expect([answer.status, await answer.json()]).toMatchObject([401, { message: 'Requires authentication' }]);
    await expect(connect(server, 'ghs_wrong').rest.repos.get(lab)).rejects.toMatchObject({ status: 401 });
    expect(server.requests.at(-1)).toMatchObject({ status: 401, login: null });
  });

  it('of a fork read and do not write', async () => {
    const rest = withScopes({ contents: 'read', issues: 'read', 'pull-requests': 'read', checks: 'read' });
    expect((await rest.issues.listComments({ ...lab, issue_number: 7 })).status).toBe(200);
    await expect(rest.issues.createComment(comment)).rejects.toMatchObject(refused);
    await expect(rest.checks.create({ ...lab, name: 'x', head_sha: server.sha('tune') })).rejects.toMatchObject(
      refused,
    );
    await expect(rest.git.createRef({ ...lab, ref: 'refs/heads/x', sha: server.sha('tune') })).rejects.toMatchObject(
      refused,
    );
    expect(server.repository().comments.size).toBe(0);
  });

  it('that may do nothing still see the repository and who may write to it', async () => {
    const rest = withScopes({});
    expect((await rest.repos.get(lab)).status).toBe(200);
    expect((await rest.repos.getCollaboratorPermissionLevel({ ...lab, username: 'a' })).status).toBe(200);
    await expect(rest.repos.getContent({ ...lab, path: 'README.md' })).rejects.toMatchObject(refused);
    await expect(rest.pulls.get({ ...lab, pull_number: 7 })).rejects.toMatchObject(refused);
    await expect(rest.actions.listWorkflowRunsForRepo(lab)).rejects.toMatchObject(refused);
  });

  it('for pull requests write comments on those, and not on issues', async () => {
    const rest = withScopes({ 'pull-requests': 'write' });
    const { data: issue } = await withScopes({ issues: 'write' }).issues.create({ ...lab, title: 'An issue' });
    expect((await rest.issues.createComment(comment)).status).toBe(201);
    await expect(rest.issues.createComment({ ...comment, issue_number: issue.number })).rejects.toMatchObject(refused);
    await expect(rest.issues.create({ ...lab, title: 'Another' })).rejects.toMatchObject(refused);
  });

  it('tell in a header what would have been enough', async () => {
    const asked = withScopes({}).issues.createComment(comment);
    await expect(asked).rejects.toMatchObject({
      response: { headers: { 'x-accepted-github-permissions': 'issues=write; pull_requests=write' } },
    });
  });

  it('of a person write in his name', async () => {
    const { data } = await connect(server, server.userToken('maintainer')).rest.issues.createComment(comment);
    expect(data).toMatchObject({ user: { login: 'maintainer', type: 'User' }, author_association: 'COLLABORATOR' });
  });
});
