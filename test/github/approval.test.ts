import { describe, expect, it } from 'vitest';
import { approvalLabel, decideApproval, listDeciders, type PullRequestEvent } from '../../src/github/approval.ts';
import type { PullRequest } from '../../src/github/pull-request.ts';

const head = 'a'.repeat(40);
const older = 'b'.repeat(40);
const pull: PullRequest = { number: 7, isOpen: true, headSha: head, baseSha: 'c'.repeat(40), author: 'guest' };
const push = (sender: string, headSha = head): PullRequestEvent => ({
  kind: 'pull-request',
  action: 'synchronize',
  number: 7,
  headSha,
  sender,
});
const label = (sender: string, name: string = approvalLabel, headSha = head): PullRequestEvent => ({
  kind: 'label',
  number: 7,
  headSha,
  label: name,
  sender,
});
const comment = (author: string | null, body = `/tunegate run ${head}`): PullRequestEvent => ({
  kind: 'comment',
  number: 7,
  body,
  author,
});
const decide = (
  event: PullRequestEvent,
  changes: Partial<PullRequest> = {},
  writers: readonly string[] = ['owner', 'colleague'],
) => decideApproval(event, { ...pull, ...changes }, new Set(writers));

describe('decideApproval', () => {
  it('needs nobody where author and pusher may write', () => {
    const granted = { kind: 'granted', approvedBy: null, deployments: null };
    expect(decide(push('owner'), { author: 'owner' })).toEqual(granted);
    expect(decide(push('colleague'), { author: 'owner' })).toEqual(granted);
  });

  it.each([
    ['an author without permission', push('guest'), {}, 'guest has no write permission here'],
    [
      'a push of somebody who may write on top of what a stranger wrote',
      push('owner'),
      {},
      'guest has no write permission',
    ],
    [
      'a stranger who pushes to the branch of somebody who may write',
      push('stranger'),
      { author: 'owner' },
      'stranger, who pushed, has no',
    ],
    ['an author who is gone', push('owner'), { author: null }, 'The author, whose account is gone, has no'],
  ])('%s: nothing until somebody approves this commit', (_, event, changes, sentence) => {
    const approval = decide(event, changes);
    expect(approval).toMatchObject({ kind: 'missing', sentence: expect.stringContaining(sentence) });
    expect(approval).toMatchObject({ sentence: expect.stringContaining(`\`/tunegate run ${head}\``) });
  });

  it('takes a command of somebody who may write, for the head', () => {
    expect(decide(comment('owner', `/tunegate run ${head} --deployments 10`))).toEqual({
      kind: 'granted',
      approvedBy: 'owner',
      deployments: 10,
    });
  });

  it('takes the label of somebody who may write, for the head at that moment', () => {
    expect(decide(label('colleague'))).toEqual({ kind: 'granted', approvedBy: 'colleague', deployments: null });
  });

  it.each([
    ['a command of a stranger', comment('guest'), 'guest has no write permission here, which /tunegate run needs'],
    ['a command of nobody', comment(null), 'An account that is gone has no write permission'],
    [
      'a command for an older commit',
      comment('owner', `/tunegate run ${older}`),
      `names the commit ${older}, but the head`,
    ],
    ['a command that is wrong', comment('owner', '/tunegate run HEAD'), 'The command is not understood'],
    ['talk', comment('owner', 'Nice!'), 'The comment is no command.'],
    ['another label', label('owner', 'bug'), `Only the label ${approvalLabel}`],
    ['a label that looks the same', label('owner', 'tunegat\u0435:run'), `Only the label ${approvalLabel}`],
    [
      'the label of somebody who may only triage',
      label('triager'),
      'triager has no write permission here, which the label',
    ],
    ['the label before a push', label('owner', approvalLabel, older), 'a push ends an approval'],
    ['a push that another has followed', push('owner', older), 'a push ends an approval'],
  ])('%s changes nothing', (_, event, sentence) => {
    expect(decide(event)).toEqual({ kind: 'ignored', sentence: expect.stringContaining(sentence) });
  });

  it.each([push('owner'), label('owner'), comment('owner')])('a closed pull request: nothing %#', (event) => {
    expect(decide(event, { isOpen: false })).toEqual({ kind: 'ignored', sentence: 'Pull request 7 is closed.' });
  });

  it('asks about those who decide only', () => {
    expect(listDeciders(push('owner'), pull)).toEqual(['guest', 'owner']);
    expect(listDeciders(push('guest'), pull)).toEqual(['guest']);
    expect(listDeciders(label('owner'), pull)).toEqual(['owner']);
    expect(listDeciders(label('owner', 'bug'), pull)).toEqual([]);
    expect(listDeciders(comment('owner'), pull)).toEqual(['owner']);
    expect(listDeciders(comment('owner', 'hello'), pull)).toEqual([]);
    expect(listDeciders(comment(null), pull)).toEqual([]);
  });
});
