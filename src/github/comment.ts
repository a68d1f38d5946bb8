import * as z from 'zod';
import { messageOf } from '../errors.ts';
import type { GitHub, RepositoryName } from './client.ts';
import { parseAnswer } from './parse-answer.ts';
import { isRefusal, isTooLong, statusOf } from './request-errors.ts';
import { isLater, type RunOrder } from './run-order.ts';

const commentSchema = z.object({
  id: z.int(),
  body: z.string().nullish(),
  html_url: z.url({ protocol: /^https?$/ }),
  user: z.object({ login: z.string() }).nullish(),
});
type Comment = z.infer<typeof commentSchema>;

export interface CommentOrder {
  readonly github: GitHub;
  readonly repository: RepositoryName;
  readonly pullRequest: number;
  /** Login under which the token writes. */
  readonly author: string;
  readonly run: RunOrder;
  /** false: only what is there already is written anew, where there is nothing to say to people who saw nothing. */
  readonly create: boolean;
  /** The same comment, largest first; each begins with `markerPrefix`. The next is taken where one is too long. */
  readonly bodies: readonly string[];
  readonly markerPrefix: string;
  /** Which run wrote a body; null where it does not say. */
  readonly readRun: (body: string) => RunOrder | null;
}

export type CommentOutcome =
  | { readonly kind: 'written'; readonly url: string }
  /** There was none, and none was to be made. */
  | { readonly kind: 'none' }
  /** A later run has written meanwhile, and that stays. */
  | { readonly kind: 'newer'; readonly url: string }
  | { readonly kind: 'refused'; readonly reason: string };

/** Somebody may delete the comment, or write it, while we do; more often than this is no accident. */
const mostTries = 4;

/**
 * Writes the one comment of a pull request: in place where there is one by the same author with our marker, else anew.
 * What a later run wrote stays. GitHub has no way to do this in one step, so it is looked at again right before and
 * after each write: of two that were made at once the older is kept, and an older run that wrote last is written over.
 */
export async function postComment(order: CommentOrder): Promise<CommentOutcome> {
  try {
    for (let tries = 1; ; tries += 1) {
      const outcome = await tryToPost(order, tries);
      if (outcome !== 'again') return outcome;
    }
  } catch (thrown) {
    if (!isRefusal(thrown)) throw thrown;
    const needed = 'the job needs `permissions: pull-requests: write` and a token that is not that of a fork';
    return { kind: 'refused', reason: `GitHub does not let this job comment (${messageOf(thrown)}); ${needed}` };
  }
}

async function tryToPost(order: CommentOrder, tries: number): Promise<CommentOutcome | 'again'> {
  const [first] = await listOwn(order, order.author);
  if (first === undefined && !order.create) return { kind: 'none' };
  const written = first === undefined ? await createComment(order) : await updateComment(order, first, tries);
  if (written === 'again') return 'again';
  if (written.kind !== 'written') return written;
  // An older run may have looked before we wrote, and written after.
  const now = await readComment(order, written.id);
  const run = now === null ? null : order.readRun(now.body ?? '');
  const overwritten = run !== null && isLater(order.run, run);
  return overwritten && tries < mostTries ? 'again' : { kind: 'written', url: written.url };
}

type Written = { readonly kind: 'written'; readonly id: number; readonly url: string };
type Newer = { readonly kind: 'newer'; readonly url: string };

async function updateComment(order: CommentOrder, found: Comment, tries: number): Promise<Written | Newer | 'again'> {
  const { github, repository } = order;
  const now = await readComment(order, found.id);
  if (now === null) return lost(tries);
  const run = order.readRun(now.body ?? '');
  if (run !== null && isLater(run, order.run)) return { kind: 'newer', url: now.html_url };
  const write = (body: string) => github.rest.issues.updateComment({ ...repository, comment_id: found.id, body });
  try {
    const { data } = await writeLongest(order.bodies, write);
    const { id, html_url } = parseAnswer(commentSchema, data, 'the comment that was written');
    return { kind: 'written', id, url: html_url };
  } catch (thrown) {
    if (statusOf(thrown) === 404 && (await readComment(order, found.id)) === null) return lost(tries);
    throw thrown;
  }
}

function lost(tries: number): 'again' {
  if (tries < mostTries) return 'again';
  throw new Error(`the comment was deleted ${tries} times while it was being written`);
}

async function createComment(order: CommentOrder): Promise<Written | Newer | 'again'> {
  const { github, repository, pullRequest } = order;
  const write = (body: string) => github.rest.issues.createComment({ ...repository, issue_number: pullRequest, body });
  const { data } = await writeLongest(order.bodies, write);
  return keepOldest(order, parseAnswer(commentSchema, data, 'the comment that was made'));
}

/**
 * Of several comments the oldest stays; ours goes if it is another, and its text moves there unless a later run's is
 * there. Several there are when two runs looked at once, and when the answer to a first try was lost.
 */
async function keepOldest(order: CommentOrder, made: Comment): Promise<Written | Newer | 'again'> {
  // The answer says who we are, also where the token is not the one that was thought.
  const own = await listOwn(order, made.user?.login ?? order.author);
  const oldest = own[0];
  if (oldest === undefined || oldest.id === made.id) return { kind: 'written', id: made.id, url: made.html_url };
  const outcome = await updateComment(order, oldest, 1);
  await deleteComment(order, made.id);
  return outcome;
}

async function deleteComment({ github, repository }: CommentOrder, id: number): Promise<void> {
  try {
    await github.rest.issues.deleteComment({ ...repository, comment_id: id });
  } catch (thrown) {
    // Also where a first try worked and its answer was lost.
    if (statusOf(thrown) !== 404) throw thrown;
  }
}

async function writeLongest<T>(bodies: readonly string[], write: (body: string) => Promise<T>): Promise<T> {
  const [body, ...shorter] = bodies;
  if (body === undefined) throw new RangeError('a comment needs a text');
  try {
    return await write(body);
  } catch (thrown) {
    if (shorter.length === 0 || !isTooLong(thrown)) throw thrown;
    return writeLongest(shorter, write);
  }
}

/** Ours by marker and author, oldest first: the marker alone can be copied. */
async function listOwn(order: CommentOrder, author: string): Promise<readonly Comment[]> {
  const { github, repository, pullRequest } = order;
  const query = { ...repository, issue_number: pullRequest, per_page: 100 };
  const answers = await github.paginate(github.rest.issues.listComments, query);
  return parseAnswer(z.array(commentSchema), answers, `the comments of pull request ${pullRequest}`)
    .filter(({ body, user }) => user?.login === author && (body ?? '').startsWith(order.markerPrefix))
    .sort((one, other) => one.id - other.id);
}

/** null: it is not there any more. */
async function readComment({ github, repository }: CommentOrder, id: number): Promise<Comment | null> {
  try {
    const { data } = await github.rest.issues.getComment({ ...repository, comment_id: id });
    return parseAnswer(commentSchema, data, `comment ${id}`);
  } catch (thrown) {
    if (statusOf(thrown) === 404) return null;
    throw thrown;
  }
}
