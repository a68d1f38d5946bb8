import { adjustHolm } from '../statistics/holm.ts';
import {
  addNight,
  type Episode,
  endFollowing,
  type Following,
  type IsAccepted,
  startFollowing,
} from './follow-series.ts';
import { compareNights, exceedsMargin, fewestNights } from './judge-point.ts';
import type { Night } from './night.schema.ts';
import { findPoint, type Point, seriesKinds } from './series.ts';
import { lastStretch, type Stretch, type Track } from './stretches.ts';

/** Level of all series of a night together, at which a night is suspected, and at which the next one confirms it. */
export const nightLevel = 0.01;

/** What the nights of one host and comparison come to. */
export interface Detection {
  readonly host: string;
  readonly comparison: string;
  /** The nights that were judged together; the last one is tonight. */
  readonly stretch: Stretch;
  /** In the order of their first nights; those of former stretches are over or `unfollowed`. */
  readonly episodes: readonly Episode[];
  /** Sentences for the reader: too few nights, a new stretch, cells that were not judged. */
  readonly notes: readonly string[];
}

/**
 * Judges every night by those before it, in the order of time, so that the same nights always give the same answer.
 *
 * A night is suspected when it lies outside the prediction interval of the 14 nights before (at least 10) on the worse
 * side, by more than the margin, at level 0.01 for all primary cells of the night together (Holm over two series a
 * cell). One night tells nobody: it may be anything. The next night that has a value must be outside too, at the same
 * level over those suspected; then it is a regression. Shifts too small for that are found by the change point model of
 * `monitorSeries`, one false alarm in 5,000 values of a series, which has looked at several nights by itself.
 *
 * To expect when nothing changes, for 24 cells and independent normal nights, simulated over 6,000 of them: a regression
 * of some cell in 230 nights, two in five of them from the change point model. A step of 3 standard deviations between
 * nights is told after 7 nights in the middle, of 4 after 3, of 7 after 2. Nights that resemble their neighbours, or
 * have tails, raise more. So this is no proof: what is told says that an interleaved run has to confirm it.
 *
 * @param isAccepted whether a person has accepted the change that began then; its nights become the new reference
 */
export function detectRegressions(track: Track, isAccepted: IsAccepted = () => false): Detection {
  const { host, comparison, stretches } = track;
  const [...former] = stretches;
  const last = former.pop() ?? lastStretch(track);
  const ended = former.flatMap((stretch) => followStretch(stretch, isAccepted).flatMap(endFollowing));
  const followed = followStretch(last, isAccepted);
  const current = followed.flatMap(({ past, episode }) => (episode === null ? past : [...past, episode]));
  const episodes = [...ended, ...current].sort((left, right) => firstTime(left) - firstTime(right));
  return {
    host,
    comparison,
    stretch: last,
    episodes,
    notes: [...describeStretch(last), ...describeLearning(last, followed)],
  };
}

function followStretch({ nights }: Stretch, isAccepted: IsAccepted): readonly Following[] {
  const followed = new Map<string, Following>();
  for (const night of nights) {
    const entries = listTonight(night, followed);
    const outside = findOutside(entries);
    for (const { key, following, point } of entries) {
      followed.set(key, addNight(following, point, outside.has(key), isAccepted));
    }
  }
  return [...followed.values()];
}

interface Entry {
  readonly key: string;
  readonly following: Following;
  readonly point: Point;
}

function listTonight(night: Night, followed: ReadonlyMap<string, Following>): readonly Entry[] {
  return night.cells
    .filter(({ role }) => role === 'primary')
    .flatMap((cell) =>
      seriesKinds.flatMap((kind) => {
        const point = findPoint(night, cell, kind);
        const key = `${kind} ${cell.id}`;
        return point === null ? [] : [{ key, following: followed.get(key) ?? startFollowing(cell.id, kind), point }];
      }),
    );
}

/** New suspicions are one family of questions; whether those of last night are confirmed is another, much smaller one. */
function findOutside(entries: readonly Entry[]): ReadonlySet<string> {
  const steady = entries.filter(({ following }) => following.episode === null);
  const suspected = entries.filter(({ following }) => following.episode?.state === 'suspected');
  return new Set([...testFamily(steady), ...testFamily(suspected)]);
}

function testFamily(entries: readonly Entry[]): readonly string[] {
  const tested = entries.flatMap(({ key, following, point }) => {
    const shift = compareNights(following.episode?.reference ?? following.steady, [point]);
    return shift === null ? [] : [{ key, point, shift }];
  });
  const adjusted = adjustHolm(tested.map(({ shift }) => shift.p));
  return tested
    .filter(({ shift, point }, index) => (adjusted[index] ?? 1) <= nightLevel && exceedsMargin(shift, point))
    .map(({ key }) => key);
}

function firstTime({ since }: Episode): number {
  return Date.parse(since[0].night.time);
}

/** After a change for the better, or one that was accepted, a series begins anew while the others go on. */
function describeLearning({ nights }: Stretch, followed: readonly Following[]): readonly string[] {
  if (nights.length <= fewestNights) return [];
  const learning = followed.filter(({ steady, episode }) => episode === null && steady.length < fewestNights);
  const ids = [...new Set(learning.map(({ cellId }) => cellId))];
  return ids.length === 0
    ? []
    : [`At a new level, which ${fewestNights} nights are needed to know: ${ids.join(', ')}.`];
}

function describeStretch({ nights, changes }: Stretch): readonly string[] {
  const tonight = nights.at(-1);
  if (tonight === undefined) return ['No night is recorded yet.'];
  const earlier = nights.length - 1;
  const began = changes.map(({ what, before, after }) => `${what} was ${before} and is ${after}`);
  const first = nights[0]?.time.slice(0, 10);
  const unusable = tonight.cells.filter(
    (cell) => cell.role === 'primary' && findPoint(tonight, cell, 'effect') === null,
  );
  return [
    ...(began.length === 0
      ? []
      : [`Nights are compared from ${first} on only, because then something changed: ${began.join('; ')}.`]),
    ...(earlier >= fewestNights
      ? []
      : [
          `Tonight cannot be judged yet: ${earlier} comparable ${earlier === 1 ? 'night' : 'nights'} before it, ${fewestNights} needed.`,
        ]),
    ...(unusable.length === 0
      ? []
      : [`Not judged tonight, for want of enough valid fresh starts: ${unusable.map(({ id }) => id).join(', ')}.`]),
  ];
}
