import * as z from 'zod';
import { ConfigurationError, messageOf } from '../errors.ts';
import { readIssueMarker } from '../history/issue-marker.ts';
import type { IssueStep, KnownIssue } from '../history/plan-issues.ts';
import type { GitHub, RepositoryName } from './client.ts';
import { parseAnswer } from './parse-answer.ts';
import { isRefusal, statusOf } from './request-errors.ts';

export const regressionLabel = 'tunegate:regression';

export interface IssueRoom {
  readonly github: GitHub;
  readonly repository: RepositoryName;
  /** Login under which the token writes: an issue by anybody else is not ours, whatever its text says. */
  readonly author: string;
}

const issueSchema = z.object({
  number: z.int(),
  title: z.string(),
  body: z.string().nullish(),
  state: z.enum(['open', 'closed']),
  state_reason: z.string().nullish(),
  closed_at: z.iso.datetime().nullish(),
  user: z.object({ login: z.string() }).nullish(),
  pull_request: z.unknown().optional(),
});
const madeSchema = z.object({ number: z.int() });

/** Our issues, open and closed, found by label, author and marker. */
export async function listRegressionIssues({ github, repository, author }: IssueRoom): Promise<readonly KnownIssue[]> {
  const answers = await explainRefusal(() =>
    github.paginate(github.rest.issues.listForRepo, {
      ...repository,
      labels: regressionLabel,
      state: 'all',
      per_page: 100,
    }),
  );
  return parseAnswer(z.array(issueSchema), answers, `the issues labelled ${regressionLabel}`).flatMap((issue) => {
    const marker = readIssueMarker(issue.body ?? '');
    if (marker === null || issue.user?.login !== author || issue.pull_request !== undefined) return [];
    const { number, title, body, state, state_reason, closed_at } = issue;
    return [
      {
        number,
        isOpen: state === 'open',
        reason: state_reason ?? null,
        closedAt: closed_at ?? null,
        marker,
        title,
        body: (body ?? '').replaceAll('\r\n', '\n'),
      },
    ];
  });
}

/** Does what was planned, in order. @returns the numbers of the issues that were opened or edited */
export async function applyIssueSteps(room: IssueRoom, steps: readonly IssueStep[]): Promise<readonly number[]> {
  if (steps.length === 0) return [];
  return explainRefusal(async () => {
    await ensureLabel(room);
    const numbers: number[] = [];
    for (const step of steps) numbers.push(await applyStep(room, step));
    return numbers;
  });
}

async function applyStep({ github, repository }: IssueRoom, step: IssueStep): Promise<number> {
  if (step.kind === 'open') {
    const { title, body } = step;
    // Not sent again by the client: it may have been made although the answer was an error. Then the next night finds it.
    const request = { retries: 0 };
    const { data } = await github.rest.issues.create({
      ...repository,
      title,
      body,
      labels: [regressionLabel],
      request,
    });
    return parseAnswer(madeSchema, data, 'the issue that was opened').number;
  }
  const { number, title, body, comment, state } = step;
  // The comment first: should the text fail, the next night sees the old state and says it again rather than never.
  if (comment !== null) {
    await github.rest.issues.createComment({
      ...repository,
      issue_number: number,
      body: comment,
      request: { retries: 0 },
    });
  }
  const change =
    state === 'close'
      ? ({ state: 'closed', state_reason: 'completed' } as const)
      : state === 'reopen'
        ? ({ state: 'open', state_reason: 'reopened' } as const)
        : {};
  await github.rest.issues.update({ ...repository, issue_number: number, title, body, ...change });
  return number;
}

/** Made once, so that it has a colour and says what it is for. */
async function ensureLabel({ github, repository }: IssueRoom): Promise<void> {
  try {
    await github.rest.issues.getLabel({ ...repository, name: regressionLabel });
  } catch (thrown) {
    if (statusOf(thrown) !== 404) throw thrown;
    const description = 'A cell of the nightly run has got worse; opened and closed by Tunegate';
    await github.rest.issues
      .createLabel({ ...repository, name: regressionLabel, color: 'd93f0b', description })
      .catch((error: unknown) => {
        // Somebody else was faster.
        if (statusOf(error) !== 422) throw error;
      });
  }
}

async function explainRefusal<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (thrown) {
    if (!isRefusal(thrown)) throw thrown;
    throw new ConfigurationError(
      `GitHub does not let this job write issues (${messageOf(thrown)}); the job needs \`permissions: issues: write\` and a repository with issues`,
      { cause: thrown },
    );
  }
}
