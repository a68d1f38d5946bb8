import * as z from 'zod';
import type { GitHub, RepositoryName } from './client.ts';
import { parseAnswer } from './parse-answer.ts';
import { readPullRequest } from './pull-request.ts';

const pullSchema = z.object({
  number: z.int().min(1),
  state: z.string(),
  head: z.object({ sha: z.string() }),
});

export interface PullRequestQuery {
  readonly github: GitHub;
  readonly repository: RepositoryName;
  /** Commit that was measured. */
  readonly headSha: string;
  /** Number in the event that started the workflow, which GitHub wrote; null: the event is about none. */
  readonly eventNumber: number | null;
}

export type FoundPullRequest =
  | { readonly kind: 'current'; readonly number: number }
  /** Its head is another commit by now. */
  | { readonly kind: 'moved'; readonly number: number; readonly headSha: string }
  | { readonly kind: 'none'; readonly reason: string };

/**
 * The pull request whose head a commit is. A number from an artifact is never used: whoever wrote the artifact could
 * aim a comment at any pull request with it. That of the event is GitHub's own, and is checked by its head.
 */
export async function findPullRequest(query: PullRequestQuery): Promise<FoundPullRequest> {
  const { github, repository, headSha, eventNumber } = query;
  if (eventNumber !== null) {
    const { number, headSha: head } = await readPullRequest(github, repository, eventNumber);
    return head === headSha ? { kind: 'current', number } : { kind: 'moved', number, headSha: head };
  }
  const open = await listOpen(query);
  const [only, ...others] = open;
  if (only === undefined) return { kind: 'none', reason: `no open pull request has ${headSha} as its head` };
  if (others.length === 0) return { kind: 'current', number: only };
  return { kind: 'none', reason: `${open.length} open pull requests have ${headSha} as their head` };
}

/** Not asked for by the commit: that list leaves out pull requests from forks, whose commits are in the fork alone. */
async function listOpen({ github, repository, headSha }: PullRequestQuery): Promise<readonly number[]> {
  const open: unknown = await github.paginate(github.rest.pulls.list, { ...repository, state: 'open', per_page: 100 });
  return parseAnswer(z.array(pullSchema), open, 'the open pull requests')
    .filter(({ state, head }) => state === 'open' && head.sha === headSha)
    .map(({ number }) => number);
}
