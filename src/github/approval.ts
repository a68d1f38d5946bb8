import { parseCommand } from './command.ts';
import type { TriggerEvent } from './event.ts';
import type { PullRequest } from './pull-request.ts';

/** An event of a pull request. */
export type PullRequestEvent = Extract<TriggerEvent, { kind: 'pull-request' | 'label' | 'comment' }>;

/** Setting this label approves the commit that is the head at that moment. */
export const approvalLabel = 'tunegate:run';

export type Approval =
  | {
      readonly kind: 'granted';
      /** Login; null: nobody had to, as the author may write to the repository. */
      readonly approvedBy: string | null;
      /** Fresh starts a side that the command asks for. */
      readonly deployments: number | null;
    }
  /** Nothing is measured until somebody approves. */
  | { readonly kind: 'missing'; readonly sentence: string }
  /** The event changes nothing: what an earlier one has started or shown stays. */
  | { readonly kind: 'ignored'; readonly sentence: string };

/** Logins whose permission decides; nobody where the event is nothing to us whatever they may do. */
export function listDeciders(event: PullRequestEvent, pull: PullRequest): readonly string[] {
  const logins: readonly (string | null)[] =
    event.kind === 'pull-request'
      ? [pull.author, event.sender]
      : event.kind === 'label'
        ? [event.label === approvalLabel ? event.sender : null]
        : [parseCommand(event.body)?.kind === 'run' ? event.author : null];
  return [...new Set(logins.filter((login) => login !== null))];
}

/**
 * Whether the head of a pull request may be measured. `writers`: the deciders who have write permission. An approval is
 * bound to one commit: what is approved is never what somebody pushes afterwards.
 */
export function decideApproval(event: PullRequestEvent, pull: PullRequest, writers: ReadonlySet<string>): Approval {
  if (!pull.isOpen) return ignore(`Pull request ${pull.number} is closed.`);
  const mayWrite = (login: string | null) => login !== null && writers.has(login);
  switch (event.kind) {
    case 'pull-request':
      if (event.headSha !== pull.headSha) return ignore(describeMove(event.headSha, pull));
      // The pusher too: others than the author can push to the branch of a fork.
      return mayWrite(pull.author) && mayWrite(event.sender)
        ? { kind: 'granted', approvedBy: null, deployments: null }
        : { kind: 'missing', sentence: describeMissing(event.sender, pull, mayWrite(pull.author)) };
    case 'label':
      if (event.label !== approvalLabel) return ignore(`Only the label ${approvalLabel} asks for a measurement.`);
      if (!mayWrite(event.sender)) return ignore(describeNoWriter(event.sender, `the label ${approvalLabel}`));
      if (event.headSha !== pull.headSha) return ignore(describeMove(event.headSha, pull));
      return { kind: 'granted', approvedBy: event.sender, deployments: null };
    case 'comment':
      return decideCommand(event.body, event.author, pull, mayWrite(event.author));
  }
}

function decideCommand(body: string, author: string | null, pull: PullRequest, mayWrite: boolean): Approval {
  const command = parseCommand(body);
  if (command === null) return ignore('The comment is no command.');
  if (command.kind === 'refused') return ignore(command.sentence);
  if (!mayWrite || author === null) return ignore(describeNoWriter(author, '/tunegate run'));
  if (command.sha !== pull.headSha) {
    return ignore(
      `The command names the commit ${command.sha}, but the head of pull request ${pull.number} is ${pull.headSha}; only the head can be approved.`,
    );
  }
  return { kind: 'granted', approvedBy: author, deployments: command.deployments };
}

function ignore(sentence: string): Approval {
  return { kind: 'ignored', sentence };
}

function describeMove(seen: string, { number, headSha }: PullRequest): string {
  return `The event is about the commit ${seen}, but the head of pull request ${number} is ${headSha} by now; a push ends an approval, and is an event of its own.`;
}

function describeNoWriter(login: string | null, what: string): string {
  return `${login ?? 'An account that is gone'} has no write permission here, which ${what} needs.`;
}

function describeMissing(sender: string, { author, headSha }: PullRequest, authorMayWrite: boolean): string {
  const who = authorMayWrite ? `${sender}, who pushed,` : `${author ?? 'The author, whose account is gone,'}`;
  return `${who} has no write permission here: somebody who has may look at the change and then comment \`/tunegate run ${headSha}\` or set the label ${approvalLabel}; a push ends the approval.`;
}
