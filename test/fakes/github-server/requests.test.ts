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
