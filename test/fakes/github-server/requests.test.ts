import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Client, connect } from './connect.ts';
import { lab, startLab } from './lab.ts';
import { operationIds } from './operations.ts';
import { rightRequests } from './right-requests.ts';
import type { GitHubServer } from './server.ts';
import { wrongRequests } from './wrong-requests.ts';

let server: GitHubServer;
let client: Client;

beforeAll(async () => {
  server = await startLab();
  client = connect(server);
  const artifact = { name: 'a', createdAt: server.state.now(), blocks: new Map(), content: Buffer.from('a') };
  const ready = { ...artifact, contentType: 'text/plain', finalized: true, expired: false };
  server.state.artifacts.set(1, { id: 1, runId: 4711, ...ready });
});
afterAll(() => server.close());

describe('requests as a client makes them', () => {
  it.each(operationIds)('%s is answered as GitHub describes', async (operation) => {
    const { status } = await rightRequests[operation]({ client, server });
    expect(status).toBeLessThan(300);
    expect(server.requests.map((request) => request.operation)).toContain(operation);
    expect(server.violations).toEqual([]);
  });
});

describe('wrong requests', () => {
  let wrongServer: GitHubServer;
  beforeAll(async () => {
    wrongServer = await startLab();
  });
  beforeEach(() => expect(wrongServer.violations).toHaveLength(wrongServer.requests.length));
  afterAll(() => wrongServer.close());

  it.each(operationIds)('%s is refused and remembered', async (operation) => {
    const [asked, body] = wrongRequests[operation];
    const [method = '', path = ''] = asked.split(' ');
    const url = path.startsWith('//') ? path.slice(1) : `/repos/${lab.owner}/${lab.repo}${path}`;
    const answer = await fetch(`${wrongServer.origin}${url}`, {
      method,
      headers: { authorization: `Bearer ${wrongServer.token(4711)}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    expect(answer.status).toBe(500);
    expect(wrongServer.requests.at(-1)?.operation).toBe(operation);
    expect(wrongServer.violations.at(-1)).toMatch(new RegExp(`GitHub describes .*${operation}`));
  });
});

describe('what is wrong beyond one request', () => {
  let strict: GitHubServer;
  beforeAll(async () => {
    strict = await startLab();
  });
  afterAll(() => strict.close());

  it('is a property nobody knows', async () => {
    const asked = connect(strict).rest.issues.createComment({ ...lab, issue_number: 7, body: 'Hello', title: 'Slip' });
    await expect(asked).rejects.toMatchObject({ status: 500 });
    expect(strict.violations.at(-1)).toContain('no property "title" in the body of issues/create-comment');
    expect(strict.repository().comments.size).toBe(0);
  });

  it('is an answer of the stand-in itself', async () => {
    const { rest } = connect(strict);
    const { data } = await rest.checks.create({ ...lab, name: 'tunegate', head_sha: strict.sha('tune') });
    const check = strict.repository().checkRuns.get(data.id);
    if (check !== undefined) check.status = 'done';
    await expect(rest.checks.get({ ...lab, check_run_id: data.id })).rejects.toMatchObject({ status: 500 });
    expect(strict.violations.at(-1)).toContain(
      'The answer is not as GitHub describes checks/get: /status must be equal',
    );
  });

  it('is an operation the stand-in has not', async () => {
    await expect(connect(strict).rest.repos.listTags(lab)).rejects.toMatchObject({ status: 404 });
    expect(strict.violations.at(-1)).toContain('/repos/acme/lab/tags: the stand-in has no such operation');
  });
});
