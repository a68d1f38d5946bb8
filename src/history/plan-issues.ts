import type { IsAccepted } from './follow-series.ts';
import type { IssueMarker } from './issue-marker.ts';
import type { Night } from './night.schema.ts';
import { isOngoing, type Regression } from './regressions.ts';

/** An issue that we have written. */
export interface KnownIssue {
  readonly number: number;
  readonly isOpen: boolean;
  /** Why it was closed: `not_planned` accepts the new level. */
  readonly reason: string | null;
  /** RFC 3339; null while it is open. */
  readonly closedAt: string | null;
  readonly marker: IssueMarker;
  readonly title: string;
  readonly body: string;
}

export interface IssueText {
  readonly title: string;
  readonly body: string;
  /** What a comment says when the state has changed. */
  readonly comment: string;
}

/** What is to be done. A comment is made only when the state has changed: it is what sends mail. */
export type IssueStep =
  | { readonly kind: 'open'; readonly title: string; readonly body: string }
  | {
      readonly kind: 'edit';
      readonly number: number;
      readonly title: string;
      readonly body: string;
      /** null: nothing that anybody has to hear of. */
      readonly comment: string | null;
      readonly state: 'keep' | 'close' | 'reopen';
    };

/** The first night outside may be told differently once older nights are no longer read. */
const sameBeginningDays = 7;
/** Nights after somebody closed the issue as completed, all bad, from which on that was not so. */
const nightsToReopen = 2;

/**
 * From what the nights come to, and the issues that are there, to what is to be done. One issue a cell: opened when a
 * regression is first known, its text kept up to date, closed when it has recovered. Closed by a person as completed, it
 * is opened again after two more bad nights; closed as not planned, the level of those nights is the new reference and
 * `isAcceptedBy` makes the detector know. A suspicion of one night tells nobody.
 */
export function planIssues(
  regressions: readonly Regression[],
  issues: readonly KnownIssue[],
  write: (regression: Regression) => IssueText,
): readonly IssueStep[] {
  return regressions.flatMap((regression) => {
    const own = issues.filter(({ marker }) => isAbout(marker, regression)).sort((a, b) => a.number - b.number);
    const open = own.find(({ isOpen }) => isOpen);
    if (open !== undefined) return editOpen(regression, open, write(regression));
    if (!isOngoing(regression)) return [];
    const closed = own.findLast(({ marker }) => isSameBeginning(marker, regression.first));
    const text = write(regression);
    if (closed === undefined) return [{ kind: 'open', title: text.title, body: text.body }];
    return shouldReopen(regression, closed) ? [edit(closed, text, text.comment, 'reopen')] : [];
  });
}

/** What the issues say of accepted changes, for `detectRegressions`. */
export function isAcceptedBy(
  issues: readonly KnownIssue[],
  { host, comparison }: Pick<Night, 'host' | 'comparison'>,
): IsAccepted {
  const accepted = issues.filter(({ isOpen, reason }) => !isOpen && reason === 'not_planned');
  return (cellId, { night }) =>
    accepted.some(({ marker }) => isAbout(marker, { host, comparison, cellId }) && isSameBeginning(marker, night));
}

function editOpen(regression: Regression, issue: KnownIssue, text: IssueText): readonly IssueStep[] {
  if (regression.state === 'suspected' || regression.state === 'accepted') return [];
  const hasChanged = issue.marker.state !== regression.state;
  if (regression.state === 'recovered') return [edit(issue, text, text.comment, 'close')];
  // What can no longer be followed is said once and then left to people.
  if (regression.state === 'unfollowed' && !hasChanged) return [];
  if (!hasChanged && issue.body === text.body && issue.title === text.title) return [];
  return [edit(issue, text, hasChanged ? text.comment : null, 'keep')];
}

function edit(
  { number }: KnownIssue,
  { title, body }: IssueText,
  comment: string | null,
  state: 'keep' | 'close' | 'reopen',
): IssueStep {
  return { kind: 'edit', number, title, body, comment, state };
}

function shouldReopen({ series, back, state }: Regression, { reason, closedAt }: KnownIssue): boolean {
  if (reason === 'not_planned' || state !== 'regressed' || back > 0 || closedAt === null) return false;
  const since = series[0]?.points.filter(({ night }) => Date.parse(night.time) > Date.parse(closedAt)) ?? [];
  return since.length >= nightsToReopen;
}

function isAbout(marker: IssueMarker, place: Pick<Regression, 'host' | 'comparison' | 'cellId'>): boolean {
  return marker.host === place.host && marker.comparison === place.comparison && marker.cell === place.cellId;
}

function isSameBeginning(marker: IssueMarker, first: Pick<Night, 'time'>): boolean {
  const apart = Math.abs(Date.parse(marker.first) - Date.parse(first.time));
  return apart <= sameBeginningDays * 24 * 60 * 60 * 1000;
}
