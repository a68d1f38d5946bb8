import type { Policy } from '../comparison/policy.schema.ts';
import type { Run } from '../results/journal.schema.ts';
import { describeRun, nameRun } from './build-night.ts';
import { isSameTwice, learnHistory } from './learn.ts';
import type { Night } from './night.schema.ts';
import { type Change, type Comparable, listChanges } from './night-environment.ts';
import { buildTracks, lastStretch, sortNights, type Track } from './stretches.ts';

type Today = Comparable & Pick<Night, 'host' | 'comparison'>;

export interface Recalled {
  /** The policy, with what was learned of cells of which it says nothing itself. */
  readonly policy: Policy;
  /** One sentence: which nights count, or why none does. */
  readonly note: string;
}

/**
 * Lets the nights of a host tell a policy what to expect of a run on it; see `learnHistory`. Those of the last stretch of
 * the same comparison count, and of every one whose sides have the same profile (A/A), when design, topology, environment
 * and the baseline's profile are still those of the run. The candidate's profile may differ: it is what a pull request
 * changes, and what differs between fresh starts is mostly the host's; where it is not, the noise regime of the cell is
 * another and its verdict inconclusive.
 */
export function recallNights(
  nights: readonly Night[],
  policy: Policy,
  { run, ...names }: { readonly run: Run; readonly host?: string; readonly comparison?: string },
): Recalled {
  const today = { ...describeRun(run), ...nameRun(run), ...names };
  const tracks = buildTracks(nights).filter(({ host }) => host === today.host);
  const found = tracks.map((track) => judgeTrack(track, today));
  const counted = found.flatMap((outcome) => (outcome.kind === 'counts' ? outcome.nights : []));
  const history = counted.length === 0 ? {} : learnHistory(sortNights(counted));
  return { policy: { ...policy, history: { ...history, ...policy.history } }, note: describe(found, today) };
}

type Outcome = { readonly comparison: string } & (
  | { readonly kind: 'counts'; readonly nights: readonly Night[] }
  | { readonly kind: 'changed'; readonly change: Change }
  | { readonly kind: 'other' }
);

function judgeTrack(track: Track, today: Today): Outcome {
  const { nights, environment } = lastStretch(track);
  const { comparison } = track;
  const last = nights.at(-1);
  if (last === undefined || (comparison !== today.comparison && !isSameTwice(last)))
    return { comparison, kind: 'other' };
  const [change] = listChanges({ ...last, environment }, { ...today, candidate: last.candidate });
  return change === undefined ? { comparison, kind: 'counts', nights } : { comparison, kind: 'changed', change };
}

/** Of other comparisons only what counts is worth a word. */
function describe(found: readonly Outcome[], { comparison, host }: Today): string {
  const counts = found.flatMap((outcome) =>
    outcome.kind === 'counts' ? [`${countNights(outcome.nights)} of ${outcome.comparison}`] : [],
  );
  const told = counts.length === 0 ? [] : [`${counts.join(' and ')} on ${host} tell what differs without a change.`];
  const own = found.find((outcome) => outcome.comparison === comparison);
  if (own === undefined) return [`No night of ${comparison} on ${host} is recorded.`, ...told].join(' ');
  if (own.kind !== 'changed') return told.join(' ');
  const { what, before, after } = own.change;
  const reason = `The nights of ${comparison} on ${host} do not count: ${what} was ${before}, and is ${after}.`;
  return [reason, ...told].join(' ');
}

function countNights({ length }: readonly Night[]): string {
  return length === 1 ? '1 night' : `${length} nights`;
}
