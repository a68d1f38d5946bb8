import * as z from 'zod';
import type { GitHub, RepositoryName } from './client.ts';
import { loginSchema } from './event.schema.ts';
import { parseAnswer } from './parse-answer.ts';

export interface PullRequest {
  readonly number: number;
  readonly isOpen: boolean;
  readonly headSha: string;
  /** Newest commit of the branch that it is to be merged into, when GitHub last looked. */
  readonly baseSha: string;
  /** null: the account is gone. */
  readonly author: string | null;
}

const sha = z.string().regex(/^[0-9a-f]{40}$/);

const pullRequestSchema = z.object({
  number: z.int().min(1),
  state: z.enum(['open', 'closed']),
  head: z.object({ sha }),
  base: z.object({ sha }),
  user: z.object({ login: loginSchema }).nullable(),
});

export async function readPullRequest(
  client: GitHub,
  repository: RepositoryName,
  number: number,
): Promise<PullRequest> {
  const { data } = await client.rest.pulls.get({ ...repository, pull_number: number });
  const { state, head, base, user } = parseAnswer(pullRequestSchema, data, `pull request ${number}`);
  return { number, isOpen: state === 'open', headSha: head.sha, baseSha: base.sha, author: user?.login ?? null };
}
