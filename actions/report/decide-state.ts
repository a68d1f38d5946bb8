import type { CommentSection, CommentState } from '../../reports/comment-input.ts';
import type { Needs } from '../../src/github/needs.ts';
import type { Request } from '../../src/plans/request.schema.ts';

/** What a comment says before anything is measured. null: it is not known what was to be measured. */
export function decideAnnouncedState(request: Request | null): CommentState {
  if (request === null) return 'failed';
  if (request.shouldMeasure) return 'measuring';
  return request.reason === 'needs-approval' ? 'waiting-for-approval' : 'nothing-to-measure';
}

/** What it says in the end. A section that has no result, or only a part of one, says why in `missing`. */
export function decideFinalState(
  request: Request | null,
  sections: readonly CommentSection[],
  needs: Needs | null,
): CommentState {
  if (request?.shouldMeasure !== true) return decideAnnouncedState(request);
  if (sections.length > 0 && sections.every(({ missing }) => missing === null)) return 'finished';
  if (needs !== null && Object.hasOwn(needs, 'measure') && needs.measure?.result === 'cancelled') return 'cancelled';
  return sections.some(({ result }) => result !== null) ? 'partial' : 'failed';
}
