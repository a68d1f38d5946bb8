import { getOctokit } from '@actions/github';
import { retry } from '@octokit/plugin-retry';
import { throttling } from '@octokit/plugin-throttling';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Client, connect } from './connect.ts';
import { lab, startLab } from './lab.ts';
import type { Trouble } from './misbehaviour.ts';
import type { GitHubServer } from './server.ts';

let server: GitHubServer;
let client: Client;

beforeAll(async () => {
  server = await startLab();
  client = connect(server);
});
afterEach(() => {
  server.behave();
  expect(server.violations).toEqual([]);
});
afterAll(() => server.close());

const get = () => client.rest.pulls.get({ ...lab, pull_number: 7 });
const write = (from: Pick<Client, 'rest'> = client) =>
  from.rest.issues.createComment({ ...lab, issue_number: 7, body: 'Hello' });

const refusals: readonly (readonly [Trouble, number, RegExp, object])[] = [
  ['forbidden', 403, /not accessible by integration/, {}],
  ['not-found', 404, /Not Found/, {}],
  ['unprocessable', 422, /Validation Failed/, {}],
  ['too-many-requests', 429, /Too many requests/, { 'retry-after': '3' }],
  ['secondary-rate-limit', 403, /You have exceeded a secondary rate limit/, { 'retry-after': '3' }],
  ['rate-limit', 403, /API rate limit exceeded/, { 'x-ratelimit-remaining': '0' }],
  ['bad-gateway', 502, /502/, { 'content-type': 'text/html' }],
];

describe('misbehaviour', () => {
  it.each(refusals)('%s is seen once, then all is well', async (kind, status, message, headers) => {
    const trouble = server.misbehave({ kind, operation: 'pulls/get', retryAfterSeconds: 3 });
    await client.rest.repos.get(lab);
    await expect(get()).rejects.toMatchObject({
      status,
      message: expect.stringMatching(message),
      response: { headers },
    });
    expect(server.requests.at(-1)).toMatchObject({ operation: 'pulls/get', status, misbehaviour: kind });
    expect((await get()).status).toBe(200);
    expect(trouble.spoilt).toBe(1);
  });

  it('slow lets wait', async () => {
    server.misbehave({ kind: 'slow', delayMilliseconds: 300 });
    const start = performance.now();
    expect((await get()).status).toBe(200);
    expect(performance.now() - start).toBeGreaterThan(290);
  });

  it('truncated breaks the answer off, which Octokit passes on as a good one without data', async () => {
    server.misbehave({ kind: 'truncated' });
    expect(await get()).toMatchObject({ status: 200, data: '' });
    server.misbehave({ kind: 'truncated' });
    const answer = await fetch(`${server.origin}/rate_limit`, {
      headers: { authorization: `Bearer ${server.token(1)}` },
    });
    await expect(answer.json()).rejects.toThrow('terminated');
  });

  it('disconnect gives no answer', async () => {
    server.misbehave({ kind: 'disconnect' });
    await expect(get()).rejects.toMatchObject({ status: 500, response: undefined });
  });

  it('hits every second call', async () => {
    const trouble = server.misbehave({ kind: 'bad-gateway', every: 2, method: 'GET' });
    const statuses: number[] = [];
    for (let call = 0; call < 5; call++)
      statuses.push(
        await get().then(
          ({ status }) => status,
          () => 502,
        ),
      );
    expect(statuses).toEqual([502, 200, 502, 200, 502]);
    expect((await write()).status).toBe(201);
    trouble.stop();
    expect((await get()).status).toBe(200);
  });

  it('hits as often and those that were asked for', async () => {
    server.misbehave({ kind: 'not-found', operation: /^issues\//, times: 2 });
    for (const status of [404, 404, 201])
      expect(
        await write().then(
          (answer) => answer.status,
          (thrown) => thrown.status,
        ),
      ).toBe(status);
  });

  it('has no effect, or loses only the answer', async () => {
    const count = () => server.repository().comments.size;
    const before = count();
    server.misbehave({ kind: 'bad-gateway', operation: 'issues/create-comment' });
    await expect(write()).rejects.toMatchObject({ status: 502 });
    expect(count()).toBe(before);
    server.misbehave({ kind: 'bad-gateway', operation: 'issues/create-comment', afterEffect: true });
    await expect(write()).rejects.toMatchObject({ status: 502 });
    expect(count()).toBe(before + 1);
  });

  it('is what the plugins for retrying and throttling know', async () => {
    const limits: string[] = [];
    const limited = (name: string) => (_seconds: number) => {
      limits.push(name);
      return true;
    };
    const patient = getOctokit(
      server.token(4711),
      {
        baseUrl: server.origin,
        retry: { retryAfterBaseValue: 5 },
        throttle: {
          retryAfterBaseValue: 5,
          fallbackSecondaryRateRetryAfter: 1,
          onRateLimit: limited('primary'),
          onSecondaryRateLimit: limited('secondary'),
        },
      },
      retry,
      throttling,
    );
    for (const kind of ['bad-gateway', 'too-many-requests', 'secondary-rate-limit', 'rate-limit'] as const) {
      server.misbehave({ kind, operation: 'pulls/get' });
      expect((await patient.rest.pulls.get({ ...lab, pull_number: 7 })).status).toBe(200);
    }
    expect(limits).toEqual(['secondary', 'primary']);
  });
});
