import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JsonObject } from './answer.ts';
import {
  buildCommentEvent,
  buildDispatchEvent,
  buildEvent,
  buildPullEvent,
  buildScheduleEvent,
  readExample,
} from './events.ts';
import { startLab } from './lab.ts';
import type { GitHubServer } from './server.ts';

let server: GitHubServer;
beforeAll(async () => {
  server = await startLab();
});
afterAll(() => server.close());

/** Paths of what GitHub's example has and the event has not, or has in another type; null says nothing of a type. */
function listDifferences(example: unknown, event: unknown, path = ''): string[] {
  if (example === null || event === null) return [];
  if (Array.isArray(example) || Array.isArray(event))
    return Array.isArray(example) === Array.isArray(event) ? [] : [path];
  if (typeof example !== typeof event) return [path];
  if (typeof example !== 'object' || typeof event !== 'object') return [];
  const other = new Map<string, unknown>(Object.entries(event));
  return Object.entries(example).flatMap(([key, value]) =>
    other.has(key) ? listDifferences(value, other.get(key), `${path}/${key}`) : [`${path}/${key}`],
  );
}

/** Keys of organisations and installations are left out on purpose; of an example inputs are its own. */
function expectShape(name: string, event: JsonObject): void {
  const { installation: _, organization: __, inputs: ___, ...example } = readExample(name);
  expect(listDifferences(example, event)).toEqual([]);
}

describe('events', () => {
  it.each(['opened', 'synchronize', 'reopened'])(
    'pull_request.%s has the shape of GitHub and tells of the state',
    (action) => {
      const event = buildPullEvent(server, action, 7, { before: server.sha('base') });
      expectShape(`pull_request.${action}`, event);
      expect(event).toMatchObject({
        action,
        number: 7,
        pull_request: {
          number: 7,
          user: { login: 'mallory' },
          head: { sha: server.sha('tune'), repo: { full_name: 'mallory/lab', fork: true } },
        },
        repository: { full_name: 'acme/lab', default_branch: 'main', fork: false },
        sender: { login: 'mallory' },
      });
      if (action === 'synchronize')
        expect(event).toMatchObject({ before: server.sha('base'), after: server.sha('tune') });
    },
  );

  it('pull_request.labeled tells the label and who gave it', () => {
    const event = buildPullEvent(server, 'labeled', 7, { label: 'tunegate:run', sender: 'maintainer' });
    expectShape('pull_request.labeled', event);
    expect(event).toMatchObject({ label: { name: 'tunegate:run' }, sender: { login: 'maintainer' } });
  });

  it('issue_comment.created has a comment that is there', () => {
    const event = buildCommentEvent(server, 7, { author: 'maintainer', body: '/tunegate run' });
    expectShape('issue_comment.created', event);
    const [comment] = server.repository().comments.values();
    expect(event).toMatchObject({
      action: 'created',
      issue: { number: 7, pull_request: { url: expect.stringContaining('/pulls/7') } },
      comment: {
        id: comment?.id,
        body: '/tunegate run',
        user: { login: 'maintainer' },
        author_association: 'COLLABORATOR',
      },
    });
  });

  it('workflow_dispatch has the inputs, and schedule the time', () => {
    const dispatch = buildDispatchEvent(server, {
      workflow: '.github/workflows/nightly.yml',
      inputs: { plan: 'full' },
    });
    expectShape('workflow_dispatch', dispatch);
    expect(dispatch).toMatchObject({ inputs: { plan: 'full' }, ref: 'refs/heads/main', sender: { login: 'acme' } });
    expect(buildScheduleEvent(server, { schedule: '0 2 * * *' })).toMatchObject({
      schedule: '0 2 * * *',
      workflow: '.github/workflows/nightly.yml',
      repository: { full_name: 'acme/lab' },
    });
  });

  it('take any field, and come from nowhere but GitHub', () => {
    const event = buildEvent('workflow_run.completed', { workflow_run: { id: 5, pull_requests: [] } });
    expectShape('workflow_run.completed', event);
    expect(event).toMatchObject({ action: 'completed', workflow_run: { id: 5, pull_requests: [] } });
    expect(() => buildEvent('pull_request.exploded')).toThrow('no example of the event pull_request.exploded');
  });
});
