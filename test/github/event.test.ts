import { writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseEvent, readEvent } from '../../src/github/event.ts';

const examples: readonly { readonly name: string; readonly examples: readonly unknown[] }[] = createRequire(
  import.meta.url,
)('@octokit/webhooks-examples');

const sha = 'a'.repeat(40);
const pullRequest = (overrides: object = {}) => ({
  action: 'opened',
  pull_request: { number: 7, head: { sha, ref: '$(reboot)`x`', repo: null }, title: '::set-output name=x::y' },
  sender: { login: 'octocat', id: 1 },
  ...overrides,
});
const comment = (overrides: object = {}) => ({
  action: 'created',
  issue: { number: 7, pull_request: { url: 'https://example.test' } },
  comment: { body: '/tunegate run', user: { login: 'octocat' } },
  ...overrides,
});
const parse = (name: string, payload: unknown) => parseEvent(name, JSON.stringify(payload));

describe('parseEvent', () => {
  it.each(['opened', 'synchronize', 'reopened'])('%s: what we use, and nothing else', (action) => {
    expect(parse('pull_request_target', pullRequest({ action }))).toEqual({
      kind: 'pull-request',
      action,
      number: 7,
      headSha: sha,
      sender: 'octocat',
    });
  });

  it('labeled: with the label', () => {
    const event = pullRequest({ action: 'labeled', label: { name: '<b>tunegate:run</b>' } });
    expect(parse('pull_request_target', event)).toMatchObject({
      kind: 'label',
      label: '<b>tunegate:run</b>',
      number: 7,
    });
  });

  it.each([
    ['pull_request_target', pullRequest({ action: 'closed' })],
    ['pull_request_target', pullRequest({ action: 'labeled' })],
    ['pull_request_target', pullRequest({ action: 'constructor' })],
    ['issue_comment', comment({ action: 'edited' })],
    ['issue_comment', comment({ issue: { number: 7 } })],
    ['issue_comment', comment({ issue: { number: 7, pull_request: null } })],
  ])('%s %#: nothing to us, with a sentence', (name, payload) => {
    expect(parse(name, payload)).toEqual({ kind: 'other', sentence: expect.stringMatching(/^[A-Z].*\.$/) });
  });

  it('takes a comment of an account that is gone', () => {
    expect(parse('issue_comment', comment({ comment: { body: 'x', user: null } }))).toMatchObject({ author: null });
  });

  it('knows schedule, workflow_dispatch and push', () => {
    expect(parse('schedule', { schedule: '0 3 * * *' })).toEqual({ kind: 'schedule' });
    expect(parse('workflow_dispatch', { inputs: { plan: 'full' } })).toEqual({ kind: 'manual' });
    expect(parse('push', { ref: 'refs/heads/main', after: sha })).toEqual({
      kind: 'push',
      ref: 'refs/heads/main',
      sha,
    });
  });

  it.each(['pull_request', 'workflow_run', '__proto__', 'constructor', '', '\u001b[31m'])(
    '%j: no event of ours',
    (name) => {
      expect(() => parse(name, {})).toThrow(
        /is none that Tunegate acts on, accepted are pull_request_target, issue_comment/,
      );
    },
  );

  it.each([
    ['no JSON', '{"action": "ope'],
    ['null', 'null'],
    ['a list', '[]'],
    ['a short commit', JSON.stringify(pullRequest({ pull_request: { number: 7, head: { sha: 'abc' } } }))],
    ['a number that is none', JSON.stringify(pullRequest({ pull_request: { number: '7', head: { sha } } }))],
    ['a login with a path', JSON.stringify(pullRequest({ sender: { login: '../admin' } }))],
    ['a login in letters that only look alike', JSON.stringify(pullRequest({ sender: { login: '\u043ectocat' } }))],
    ['a prototype', `{"__proto__":${JSON.stringify(pullRequest())}}`],
  ])('refuses %s in one line', (_, text) => {
    expect(() => parseEvent('pull_request_target', text)).toThrow(
      /^the event pull_request_target is not as GitHub describes it: [^\n]+$/,
    );
  });

  it('refuses a comment beyond every limit', () => {
    const huge = comment({ comment: { body: 'x'.repeat(70_001), user: { login: 'octocat' } } });
    expect(() => parse('issue_comment', huge)).toThrow('is not as GitHub describes it');
  });

  it("takes GitHub's own examples", () => {
    const events = examples
      .filter(({ name }) => name === 'pull_request' || name === 'issue_comment' || name === 'push')
      .flatMap(({ name, examples: payloads }) =>
        payloads.map((payload) => parse(name === 'pull_request' ? 'pull_request_target' : name, payload).kind),
      );
    expect(new Set(events)).toEqual(new Set(['pull-request', 'label', 'push', 'other']));
  });
});

describe('readEvent', () => {
  it('reads the file, and refuses one that is no text', async () => {
    const eventPath = join(tmpdir(), 'event.json');
    await writeFile(eventPath, JSON.stringify(pullRequest()));
    expect(await readEvent({ eventName: 'pull_request_target', eventPath })).toMatchObject({ number: 7 });
    await writeFile(eventPath, Buffer.from([0x22, 0xff, 0x22]));
    await expect(readEvent({ eventName: 'push', eventPath })).rejects.toThrow();
  });

  it('refuses a file that is larger than any event', async () => {
    const eventPath = join(tmpdir(), 'large-event.json');
    await writeFile(eventPath, Buffer.alloc(25 * 1024 * 1024 + 1, 0x20));
    await expect(readEvent({ eventName: 'push', eventPath })).rejects.toThrow('at most 26214400 are accepted');
  });
});
