import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createClient, type GitHub } from '../../src/github/client.ts';
import { type CommentOrder, postComment } from '../../src/github/comment.ts';
import { type GitHubServer, startGitHubServer } from '../fakes/github-server/server.ts';

const prefix = '<!-- tunegate:comment ';
const buildBody = (runId: string, attempt: number, text: string) => `${prefix}${runId}/${attempt} -->\n${text}`;
const readRun = (body: string) => {
  const [, runId, attempt] = /^<!-- tunegate:comment (\d+)\/(\d+) -->/.exec(body) ?? [];
  return runId === undefined ? null : { runId, attempt: Number(attempt) };
};

let server: GitHubServer;
let github: GitHub;
const connect = () => createClient(server.token(7), { apiUrl: server.origin, waitUnitMilliseconds: 1 });
beforeEach(async () => {
  server = await startGitHubServer({
    repositories: [
      {
        owner: 'lab',
        name: 'tuning',
        commits: [
          { name: 'main', files: { a: '1' } },
          { name: 'head', parents: ['main'], change: { a: '2' } },
        ],
        branches: { change: 'head' },
        pulls: [{ number: 3, author: 'ann', head: { branch: 'change' } }],
      },
    ],
  });
  github = connect();
});
afterEach(async () => {
  const { violations } = server;
  await server.close();
  expect(violations).toEqual([]);
});

const comments = () => [...server.repository().comments.values()].map(({ body }) => body);

/** Each time with a client of its own, as each job has. */
function post(runId: string, more: Partial<CommentOrder> = {}, attempt = 1) {
  const client = github;
  github = connect();
  return postComment({
    github: client,
    repository: { owner: 'lab', repo: 'tuning' },
    pullRequest: 3,
    author: 'github-actions[bot]',
    run: { runId, attempt },
    create: true,
    bodies: [
      buildBody(runId, attempt, 'full'),
      buildBody(runId, attempt, 'linked'),
      buildBody(runId, attempt, 'least'),
    ],
    markerPrefix: prefix,
    readRun,
    ...more,
  });
}

/** Puts a comment there without asking the API. */
function add(author: string, body: string): number {
  const id = server.state.nextId();
  const now = server.state.now();
  server.repository().comments.set(id, { id, issueNumber: 3, author, body, createdAt: now, updatedAt: now });
  return id;
}

const paths = {
  create: 'POST /repos/{owner}/{repo}/issues/{issue_number}/comments',
  read: 'GET /repos/{owner}/{repo}/issues/comments/{comment_id}',
};

/** Does something right before a request of ours leaves; `count` from 1. */
function interfere(request: keyof typeof paths, act: (count: number) => void): void {
  let count = 0;
  github.hook.before('request', ({ method, url }) => {
    if (`${method} ${url}` === paths[request]) act(++count);
  });
}

describe('the comment of a pull request', () => {
  it('is made once and written anew in place, also by a later attempt', async () => {
    const first = await post('10');
    expect(first).toMatchObject({ kind: 'written' });
    expect(await post('10', { bodies: [buildBody('10', 1, 'done')] })).toEqual(first);
    expect(await post('10', {}, 2)).toEqual(first);
    expect(comments()).toEqual([buildBody('10', 2, 'full')]);
  });

  it('is never written over by an older run or an earlier attempt', async () => {
    await post('10', {}, 2);
    expect(await post('9')).toMatchObject({ kind: 'newer' });
    expect(await post('10')).toMatchObject({ kind: 'newer' });
    // Not by letters: 9 comes before 10.
    expect(comments()).toEqual([buildBody('10', 2, 'full')]);
  });

  it('is found by its author too: a copied marker is nobody', async () => {
    add('mallory', buildBody('999', 1, 'copied'));
    await post('10');
    expect(comments()).toEqual([buildBody('999', 1, 'copied'), buildBody('10', 1, 'full')]);
  });

  it('is not made where there is nothing to say, but written anew where it is there', async () => {
    expect(await post('10', { create: false })).toEqual({ kind: 'none' });
    expect(comments()).toEqual([]);
    await post('10');
    expect(await post('11', { create: false })).toMatchObject({ kind: 'written' });
    expect(comments()).toEqual([buildBody('11', 1, 'full')]);
  });

  it('is found behind a hundred others', async () => {
    await post('10');
    for (let count = 0; count < 105; count += 1) add('ann', `comment ${count}`);
    expect(await post('11')).toMatchObject({ kind: 'written' });
    expect(comments().filter((body) => body.startsWith(prefix))).toEqual([buildBody('11', 1, 'full')]);
  });

  it('takes the next smaller text where GitHub finds one too long', async () => {
    const long = (text: string) => buildBody('10', 1, text.repeat(70_000));
    await post('10', { bodies: [long('a'), long('b'), buildBody('10', 1, 'least')] });
    expect(comments()).toEqual([buildBody('10', 1, 'least')]);
    await post('11', { bodies: [long('a'), buildBody('11', 1, 'linked')] });
    expect(comments()).toEqual([buildBody('11', 1, 'linked')]);
  });

  it('is not tried shorter for another reason', async () => {
    server.misbehave({ kind: 'unprocessable', operation: 'issues/create-comment' });
    await expect(post('10')).rejects.toThrow('Validation Failed');
    expect(comments()).toEqual([]);
  });
});

describe('two runs at once', () => {
  it('leave one comment, that of the later run', async () => {
    for (let round = 0; round < 2; round += 1) {
      server.repository().comments.clear();
      const outcomes = await Promise.all([post('10'), post('11')]);
      expect(comments()).toEqual([buildBody('11', 1, 'full')]);
      expect(outcomes[1]).toMatchObject({ kind: 'written' });
    }
  });

  it('made one each: the oldest stays and gets the later text, the other goes', async () => {
    let other = 0;
    // Between our look and our comment.
    interfere('create', () => {
      other = add('github-actions[bot]', buildBody('9', 1, 'older run'));
    });
    await post('10');
    expect([...server.repository().comments.keys()]).toEqual([other]);
    expect(comments()).toEqual([buildBody('10', 1, 'full')]);
  });

  it('end with the later text although the older run wrote last', async () => {
    await post('8');
    const [id] = [...server.repository().comments.keys()];
    let done = false;
    // Right after our write, the older run that looked before it writes too.
    interfere('read', (count) => {
      const found = server.repository().comments.get(id ?? 0);
      if (found !== undefined && count === 2 && !done) {
        found.body = buildBody('9', 1, 'late');
        done = true;
      }
    });
    expect(await post('10')).toMatchObject({ kind: 'written' });
    expect(done).toBe(true);
    expect(comments()).toEqual([buildBody('10', 1, 'full')]);
  });

  it('leave alone what a later run wrote since the list was read', async () => {
    await post('8');
    const [id] = [...server.repository().comments.keys()];
    interfere('read', () => {
      const found = server.repository().comments.get(id ?? 0);
      if (found !== undefined) found.body = buildBody('11', 1, 'later');
    });
    expect(await post('10')).toMatchObject({ kind: 'newer' });
    expect(comments()).toEqual([buildBody('11', 1, 'later')]);
  });

  it('make it again where it was deleted meanwhile', async () => {
    await post('8');
    interfere('read', (count) => {
      if (count === 1) server.repository().comments.clear();
    });
    expect(await post('10')).toMatchObject({ kind: 'written' });
    expect(comments()).toEqual([buildBody('10', 1, 'full')]);
  });
});

describe('trouble with the API', () => {
  it.each(['bad-gateway', 'truncated', 'disconnect', 'secondary-rate-limit', 'too-many-requests'] as const)(
    'at every second call (%s) leaves one whole comment',
    async (kind) => {
      server.misbehave({ kind, every: 2, retryAfterSeconds: 1 });
      expect(await post('10')).toMatchObject({ kind: 'written' });
      expect(await post('11')).toMatchObject({ kind: 'written' });
      server.behave();
      expect(comments()).toEqual([buildBody('11', 1, 'full')]);
    },
  );

  it('loses an answer, but not the comment that was made', async () => {
    server.misbehave({ kind: 'bad-gateway', operation: 'issues/create-comment', afterEffect: true });
    expect(await post('10')).toMatchObject({ kind: 'written' });
    expect(comments()).toEqual([buildBody('10', 1, 'full')]);
  });

  it('that stays is an error', async () => {
    server.misbehave({ kind: 'bad-gateway', times: Number.POSITIVE_INFINITY });
    await expect(post('10')).rejects.toThrow();
  });

  it.each(['forbidden', 'not-found'] as const)('%s is an outcome with the permission to set', async (kind) => {
    server.misbehave({ kind, operation: 'issues/create-comment' });
    expect(await post('10')).toMatchObject({
      kind: 'refused',
      reason: expect.stringContaining('pull-requests: write'),
    });
    expect(comments()).toEqual([]);
  });

  it('is told from a limit that is reached', async () => {
    server.misbehave({ kind: 'secondary-rate-limit', times: Number.POSITIVE_INFINITY });
    await expect(post('10')).rejects.toThrow('secondary rate limit');
  });

  it('with a token that may only read is refused', async () => {
    const reader = createClient(server.token(7, { 'pull-requests': 'read' }), { apiUrl: server.origin });
    expect(await post('10', { github: reader })).toMatchObject({ kind: 'refused' });
  });
});
