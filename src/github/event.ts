import { open } from 'node:fs/promises';
import * as z from 'zod';
import { ConfigurationError, messageOf } from '../errors.ts';
import { describeProblems } from '../schema-words.ts';
import { commentEventSchema, emptyEventSchema, pullRequestEventSchema, pushEventSchema } from './event.schema.ts';

/** What started the workflow, as far as it concerns us. Texts in it are other people's. */
export type TriggerEvent =
  | {
      readonly kind: 'pull-request';
      readonly action: 'opened' | 'synchronize' | 'reopened';
      readonly number: number;
      readonly headSha: string;
      readonly sender: string;
    }
  | {
      readonly kind: 'label';
      readonly number: number;
      /** Head when the label was set. */
      readonly headSha: string;
      readonly label: string;
      readonly sender: string;
    }
  | {
      readonly kind: 'comment';
      readonly number: number;
      readonly body: string;
      /** null: the account is gone. */
      readonly author: string | null;
    }
  | { readonly kind: 'schedule' }
  | { readonly kind: 'manual' }
  | { readonly kind: 'push'; readonly ref: string; readonly sha: string }
  /** Nothing that we act on. */
  | { readonly kind: 'other'; readonly sentence: string };

/** Bytes. A push of 2048 commits has some MiB; what is larger is no event of GitHub's. */
const largestEvent = 25 * 1024 * 1024;

const parsers: ReadonlyMap<string, (data: unknown) => TriggerEvent> = new Map([
  ['pull_request_target', (data) => describePullRequest(pullRequestEventSchema.parse(data))],
  ['issue_comment', (data) => describeComment(commentEventSchema.parse(data))],
  ['push', (data) => describePush(pushEventSchema.parse(data))],
  ['schedule', (data) => ({ ...emptyEventSchema.parse(data), kind: 'schedule' })],
  ['workflow_dispatch', (data) => ({ ...emptyEventSchema.parse(data), kind: 'manual' })],
]);

/** Reads the event of a workflow step. Throws `ConfigurationError` on one that is none of ours, or no event at all. */
export async function readEvent(source: {
  readonly eventName: string;
  readonly eventPath: string;
}): Promise<TriggerEvent> {
  return parseEvent(source.eventName, await readCapped(source.eventPath));
}

/** The event in a JSON text: hostile input, as whoever comments or pushes has a part in it. */
export function parseEvent(name: string, text: string): TriggerEvent {
  const parse = parsers.get(name);
  if (parse === undefined) {
    throw new ConfigurationError(
      `the event ${JSON.stringify(name.slice(0, 60))} is none that Tunegate acts on, accepted are ${[...parsers.keys()].join(', ')}`,
    );
  }
  try {
    return parse(JSON.parse(text));
  } catch (error) {
    const finding = error instanceof z.ZodError ? describeProblems(error) : messageOf(error);
    throw new ConfigurationError(`the event ${name} is not as GitHub describes it: ${finding.slice(0, 500)}`, {
      cause: error,
    });
  }
}

function describePullRequest(event: z.infer<typeof pullRequestEventSchema>): TriggerEvent {
  const { action, label, sender, pull_request: pull } = event;
  const common = { number: pull.number, headSha: pull.head.sha, sender: sender.login };
  switch (action) {
    case 'opened':
    case 'synchronize':
    case 'reopened':
      return { kind: 'pull-request', action, ...common };
    case 'labeled':
      return label === undefined
        ? { kind: 'other', sentence: 'A label was set, but the event does not say which.' }
        : { kind: 'label', label: label.name, ...common };
    default:
      return { kind: 'other', sentence: 'The change of the pull request is none that asks for a measurement.' };
  }
}

function describeComment({ action, issue, comment }: z.infer<typeof commentEventSchema>): TriggerEvent {
  if (action !== 'created') return { kind: 'other', sentence: 'Only a new comment can be a command.' };
  if (issue.pull_request === undefined || issue.pull_request === null) {
    return { kind: 'other', sentence: 'The comment is on an issue, not on a pull request.' };
  }
  return { kind: 'comment', number: issue.number, body: comment.body, author: comment.user?.login ?? null };
}

function describePush({ ref, after }: z.infer<typeof pushEventSchema>): TriggerEvent {
  return { kind: 'push', ref, sha: after };
}

async function readCapped(path: string): Promise<string> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    if (size > largestEvent) {
      throw new ConfigurationError(`the event has ${size} bytes, at most ${largestEvent} are accepted`);
    }
    return new TextDecoder('utf-8', { fatal: true }).decode(await file.readFile());
  } finally {
    await file.close();
  }
}
