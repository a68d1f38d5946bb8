import { monitorSeries } from '../statistics/monitor-series.ts';
import { computeMedian } from '../statistics/quantile.ts';
import { compareNights, exceedsMargin, nightsConsidered } from './judge-point.ts';
import { type Point, type SeriesKind, worseSign } from './series.ts';

/** Nights in a row back on the good side after which a regression counts as over. */
export const nightsToRecover = 5;
/** From here on a regression is said to be recovering; fewer nights would make it flap. */
const nightsToBeRecovering = 3;
/** Values from which on, and of which, the change point model speaks; see `monitorSeries`. */
const fewestForModel = 20;
const mostForModel = 60;
/** A night of a regression that lies inside this bound of the nights before it, one-sided, may be one of them. */
const backLevel = 0.01;

/** What became of nights that were worse than those before them. */
export interface Episode {
  readonly cellId: string;
  readonly kind: SeriesKind;
  /**
   * `suspected`: one night so far. `regressed`: a second night, or the change point model, agrees. `accepted`: a person
   * has said that this is the level from now on. `unfollowed`: profile, plan or environment changed meanwhile.
   */
  readonly state: 'suspected' | 'regressed' | 'recovering' | 'recovered' | 'accepted' | 'unfollowed';
  readonly foundBy: 'prediction interval' | 'change point model';
  /** The nights before, by which it is judged; frozen when it begins. */
  readonly reference: readonly Point[];
  /** All nights since the first outside, that one included. */
  readonly since: readonly [Point, ...Point[]];
  /** How many of the last of them, in a row, were back on the good side. */
  readonly back: number;
}

/** One series in the middle of being read. */
export interface Following {
  readonly cellId: string;
  readonly kind: SeriesKind;
  /** Nights without a finding, in the order of time. None is left out for being an outlier. */
  readonly steady: readonly Point[];
  readonly episode: Episode | null;
  /** Those that are over. */
  readonly past: readonly Episode[];
}

/** Tells whether a person has accepted the change that began with this night. */
export type IsAccepted = (cellId: string, first: Point) => boolean;

export function startFollowing(cellId: string, kind: SeriesKind): Following {
  return { cellId, kind, steady: [], episode: null, past: [] };
}

/** One night more. @param isOutside whether tonight is outside by the rule of `detect.ts`, for all series together */
export function addNight(following: Following, point: Point, isOutside: boolean, isAccepted: IsAccepted): Following {
  const { episode, steady } = following;
  if (episode === null) return isOutside ? begin(following, point) : keepSteady(following, [point], isAccepted);
  const grown: Episode = { ...episode, since: [...episode.since, point] };
  if (episode.state !== 'suspected') return goOn(following, grown);
  if (isOutside) return confirm({ ...following, episode: { ...grown, state: 'regressed' } }, isAccepted);
  // It was that one night: it stays among the nights, since nothing else is known against it.
  return keepSteady({ ...following, episode: null, steady }, grown.since, isAccepted);
}

/** The environment changed: what was going on cannot be followed any further. */
export function endFollowing(following: Following): readonly Episode[] {
  const { episode, past } = following;
  return episode === null || episode.state === 'suspected' ? past : [...past, { ...episode, state: 'unfollowed' }];
}

function begin(following: Following, point: Point): Following {
  const { cellId, kind, steady } = following;
  const reference = steady.slice(-nightsConsidered);
  const episode: Episode = {
    cellId,
    kind,
    state: 'suspected',
    foundBy: 'prediction interval',
    reference,
    since: [point],
    back: 0,
  };
  return { ...following, episode };
}

function confirm(following: Following, isAccepted: IsAccepted): Following {
  const { episode, past } = following;
  if (episode === null || !isAccepted(episode.cellId, episode.since[0])) return following;
  return { ...following, episode: null, past: [...past, { ...episode, state: 'accepted' }], steady: episode.since };
}

/** Small shifts that stay: no night of them is outside, but together they are. */
function keepSteady(following: Following, points: readonly Point[], isAccepted: IsAccepted): Following {
  const { cellId, kind } = following;
  const steady = [...following.steady, ...points];
  const window = steady.slice(-mostForModel);
  if (window.length < fewestForModel) return { ...following, steady };
  const alarm = monitorSeries(
    window.map(({ value }) => value),
    { kind: 'mann-whitney', runLength: 5000, first: window.length },
  );
  if (alarm === null) return { ...following, steady };
  const reference = window.slice(0, alarm.before);
  const [first, ...rest] = window.slice(alarm.before);
  if (first === undefined) return { ...following, steady };
  const since: Episode['since'] = [first, ...rest];
  const estimate = worseSign(first.cell) * (medianOf(since) - medianOf(reference));
  // A change for the better, or one that does not matter, is the level from now on.
  if (!exceedsMargin({ estimate }, first)) return { ...following, steady: since };
  const found = { cellId, kind, state: 'regressed', foundBy: 'change point model', reference, since, back: 0 } as const;
  return confirm({ ...following, steady: reference, episode: found }, isAccepted);
}

function goOn(following: Following, episode: Episode): Following {
  const isBack = isOnGoodSide(episode);
  const back = isBack ? episode.back + 1 : 0;
  const state = back >= nightsToBeRecovering ? 'recovering' : 'regressed';
  if (back < nightsToRecover) return { ...following, episode: { ...episode, back, state } };
  const steady = [...episode.reference, ...episode.since.slice(-nightsToRecover)];
  return { ...following, episode: null, past: [...following.past, { ...episode, back, state: 'recovered' }], steady };
}

/**
 * Whether the last night lies nearer to the nights before the regression than to the regression, and may be one of
 * them. A shift of one standard deviation, which only the change point model can see, comes to five such nights in a row
 * by chance in 0.3 % of the cases.
 */
function isOnGoodSide({ reference, since, back }: Episode): boolean {
  const tonight = since.at(-1) ?? since[0];
  const sign = worseSign(tonight.cell);
  const bad = since.slice(0, since.length - 1 - back);
  const middle = (medianOf(bad) + medianOf(reference)) / 2;
  const shift = compareNights(reference, [tonight]);
  return sign * (tonight.value - middle) < 0 && (shift === null || shift.p > backLevel);
}

function medianOf(points: readonly Point[]): number {
  return computeMedian(points.map(({ value }) => value));
}
