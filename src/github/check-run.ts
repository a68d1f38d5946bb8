import * as z from 'zod';
import { messageOf } from '../errors.ts';
import type { GitHub, RepositoryName } from './client.ts';
import { parseAnswer } from './parse-answer.ts';
import { isRefusal } from './request-errors.ts';
import type { RunOrder } from './run-order.ts';

/** The name that a repository requires. */
export const checkRunName = 'tunegate';

/** GitHub refuses a longer summary of a check run, characters. */
const longestSummary = 65_535;
const longestTitle = 255;
const cutNote = '\n\nThe rest is left out, because GitHub takes no longer text here.\n';

const textSchema = z.string().nullish();
const checkRunSchema = z.object({
  id: z.int(),
  html_url: textSchema,
  external_id: textSchema,
  output: z.object({ title: textSchema, summary: textSchema }).nullish(),
});
const checkRunsSchema = z.object({ check_runs: z.array(checkRunSchema) });
type CheckRun = z.infer<typeof checkRunSchema>;

export interface CheckRunText {
  readonly title: string;
  /** Markdown. */
  readonly summary: string;
}

export interface CheckRunOrder {
  readonly github: GitHub;
  readonly repository: RepositoryName;
  /** Head of the pull request. */
  readonly headSha: string;
  readonly run: RunOrder;
  /** Address of the workflow run. */
  readonly detailsUrl: string;
  /** null: still in progress. */
  readonly conclusion: 'success' | 'failure' | 'neutral' | null;
  /** Its text, from the one that it has; null: nobody has written one. */
  readonly describe: (before: CheckRunText | null) => CheckRunText;
}

export type CheckRunOutcome =
  | { readonly kind: 'written'; readonly url: string | null }
  | { readonly kind: 'refused'; readonly reason: string };

/**
 * Makes the check run of this attempt of a workflow run, or changes it where it is there already, so that every job of
 * the workflow may call this and in any order. A later run has its own, and GitHub requires the newest.
 */
export async function writeCheckRun(order: CheckRunOrder): Promise<CheckRunOutcome> {
  try {
    const found = await listOwn(order);
    let last: CheckRun | undefined;
    if (found.length === 0) last = await createCheckRun(order);
    // An answer that was lost may have left two; what stays in progress would block the pull request for ever.
    for (const checkRun of found) last = await updateCheckRun(order, checkRun);
    return { kind: 'written', url: last?.html_url ?? null };
  } catch (thrown) {
    if (!isRefusal(thrown)) throw thrown;
    const needed = 'the job needs `permissions: checks: write` and a token that is not that of a fork';
    return {
      kind: 'refused',
      reason: `GitHub does not let this job write a check run (${messageOf(thrown)}); ${needed}`,
    };
  }
}

async function listOwn({ github, repository, headSha, run }: CheckRunOrder): Promise<readonly CheckRun[]> {
  const { data } = await github.rest.checks.listForRef({
    ...repository,
    ref: headSha,
    check_name: checkRunName,
    // Newest first: more than a hundred later ones on one commit there are not.
    filter: 'all',
    per_page: 100,
  });
  const { check_runs: found } = parseAnswer(checkRunsSchema, data, `the check runs of commit ${headSha}`);
  return found.filter(({ external_id }) => external_id === buildExternalId(run));
}

function buildExternalId({ runId, attempt }: RunOrder): string {
  return `tunegate/${runId}/${attempt}`;
}

async function createCheckRun(order: CheckRunOrder): Promise<CheckRun> {
  const { github, repository, headSha, run } = order;
  const { data } = await github.rest.checks.create({
    ...repository,
    name: checkRunName,
    head_sha: headSha,
    external_id: buildExternalId(run),
    ...describeState(order, null),
  });
  return parseAnswer(checkRunSchema, data, 'the check run that was made');
}

async function updateCheckRun(order: CheckRunOrder, { id, output }: CheckRun): Promise<CheckRun> {
  const { github, repository } = order;
  const before = output?.title && output.summary ? { title: output.title, summary: output.summary } : null;
  const parameters = { ...repository, check_run_id: id };
  const { data } = await github.rest.checks.update({ ...parameters, ...describeState(order, before) });
  return parseAnswer(checkRunSchema, data, 'the check run that was changed');
}

function describeState({ detailsUrl, conclusion, describe }: CheckRunOrder, before: CheckRunText | null) {
  const { title, summary } = describe(before);
  const state = conclusion === null ? { status: 'in_progress' as const } : { status: 'completed' as const, conclusion };
  return {
    details_url: detailsUrl,
    ...state,
    output: { title: title.slice(0, longestTitle), summary: cutSummary(summary) },
  };
}

/** Cut at the end of a line, so that no row of a table or link is left half. */
function cutSummary(summary: string): string {
  if (summary.length <= longestSummary) return summary;
  const cut = summary.slice(0, longestSummary - cutNote.length);
  return `${cut.slice(0, Math.max(cut.lastIndexOf('\n'), 0))}${cutNote}`;
}
