import {
  type CommentInput,
  type CommentText,
  chooseRung,
  markerPrefix,
  parseMarker,
  renderCheck,
  renderComment,
  summaryLimit,
} from '../../reports/comment.ts';
import { writeCheckRun } from '../../src/github/check-run.ts';
import { postComment } from '../../src/github/comment.ts';
import { settle } from './settle.ts';
import type { ReportWorld } from './world.ts';

export interface Publication {
  readonly input: CommentInput;
  /** null: the workflow is about no pull request, so there is neither a comment nor a check. */
  readonly pullRequest: number | null;
  readonly author: string;
}

/**
 * Tells people: the page of the run, the comment, the check. What GitHub does not let this token do is a warning. Other
 * trouble with one of them keeps the others from nothing, and is thrown in the end.
 *
 * @returns address of the comment; empty where there is none
 */
export async function publish(publication: Publication, world: ReportWorld): Promise<string> {
  const { input, pullRequest } = publication;
  const text = renderComment(input);
  await world.writeSummary(chooseRung(text, summaryLimit));
  if (pullRequest === null) return '';
  const comment = () => publishComment(publication, text, pullRequest, world);
  const check = () => publishCheck(input, world);
  const [commented, checked] = [await settle(comment), await settle(check)];
  if (commented.kind === 'failed') throw commented.thrown;
  if (checked.kind === 'failed') throw checked.thrown;
  return commented.value;
}

async function publishComment(
  { input, author }: Publication,
  text: CommentText,
  pullRequest: number,
  world: ReportWorld,
): Promise<string> {
  const { full, linked, minimum } = text;
  const outcome = await postComment({
    github: world.github,
    repository: world.environment.repository,
    pullRequest,
    author,
    run: input.marker,
    // Who changes no tuning file is not bothered.
    create: input.request?.reason !== 'no-tuning-files',
    bodies: [full, linked, minimum].slice([full, linked, minimum].indexOf(chooseRung(text))),
    markerPrefix,
    readRun: parseMarker,
  });
  switch (outcome.kind) {
    case 'written':
      world.info(`The comment is at ${outcome.url}`);
      return outcome.url;
    case 'newer':
      world.info(`A later run has written the comment already: ${outcome.url}`);
      return outcome.url;
    case 'none':
      return '';
    case 'refused':
      world.warning(`${outcome.reason}. The report is on the page of this run.`);
      return '';
  }
}

async function publishCheck(input: CommentInput, world: ReportWorld): Promise<void> {
  const outcome = await writeCheckRun({
    github: world.github,
    repository: world.environment.repository,
    headSha: input.marker.headSha,
    run: input.marker,
    detailsUrl: input.links.run,
    // The gate has the last word, since it always runs.
    conclusion: null,
    describe: () => renderCheck(input),
  });
  if (outcome.kind === 'refused') world.warning(outcome.reason);
}
