import type { CommentInput } from '../../reports/comment-input.ts';
import type { Request } from '../../src/plans/request.schema.ts';
import type { ReportInputs } from './inputs.ts';
import type { Publication } from './publish.ts';
import type { ReportWorld } from './world.ts';

/** What a report is about. */
export interface Subject {
  /** null: no pull request, and no commit that is known from elsewhere. */
  readonly headSha: string | null;
  readonly pullRequest: number | null;
  /** What a reader must know first. */
  readonly note: string | null;
}

export interface Said extends Pick<CommentInput, 'state' | 'request' | 'sections' | 'gate'> {
  readonly artifacts: readonly { readonly name: string; readonly id: number }[];
}

const nobody = '0'.repeat(40);

/** Who and where is filled in from what GitHub says; of the request only what was to be measured is taken. */
export function buildInput(
  { artifacts, ...said }: Said,
  { commentAuthor }: ReportInputs,
  { subject, world }: { readonly subject: Subject; readonly world: ReportWorld },
): Publication {
  const { repository, runId, attempt, serverUrl } = world.environment;
  const run = `${serverUrl}/${repository.owner}/${repository.repo}/actions/runs/${runId}`;
  const marker = {
    // Without a pull request the text goes to the page of the run only, where the marker says nothing to anybody.
    pullRequest: subject.pullRequest ?? 1,
    headSha: subject.headSha ?? said.request?.headSha ?? nobody,
    runId: String(runId),
    attempt,
  };
  const links = { run, artifacts: artifacts.map(({ name, id }) => ({ name, url: `${run}/artifacts/${id}` })) };
  const request = said.request === null ? null : correct(said.request, subject);
  return {
    input: { ...said, request, marker, links },
    pullRequest: subject.headSha === null ? null : subject.pullRequest,
    author: commentAuthor,
  };
}

function correct(request: Request, { pullRequest, note }: Subject): Request {
  return { ...request, pullRequest, notes: note === null ? request.notes : [note, ...request.notes] };
}
