import type { Detection } from './detect.ts';
import type { Episode } from './follow-series.ts';
import { compareNights, nightsConsidered, type Shift } from './judge-point.ts';
import type { Night, NightCell } from './night.schema.ts';
import { listSpreads, type Point, type SeriesKind } from './series.ts';

/** A cell that has got worse, as people are told: one issue each. */
export interface Regression {
  readonly host: string;
  readonly comparison: string;
  readonly cellId: string;
  readonly metric: NightCell['metric'];
  readonly state: Episode['state'];
  /** Its series that tell so, the effect of the tuning before the level of the candidate. */
  readonly series: readonly RegressedSeries[];
  /** First night outside, and the last one before it; null where that is not known. */
  readonly first: Night;
  readonly lastGood: Night | null;
  /** The last night of the series. */
  readonly tonight: Night;
  /** Nights in a row back on the good side. */
  readonly back: number;
}

export interface RegressedSeries {
  readonly kind: SeriesKind;
  readonly foundBy: Episode['foundBy'];
  /** Nights before and since, back nights not counted; null where the nights before are all equal. */
  readonly shift: Shift | null;
  readonly nightsBefore: number;
  readonly nightsSince: number;
  /** Scatter inside fresh starts of the candidate, since / before; null where starts had one sample only. */
  readonly spreadRatio: number | null;
  /** The nights before that count, and all since, for a picture. */
  readonly points: readonly Point[];
  /** Index of the first night outside in `points`. */
  readonly outsideFrom: number;
}

/** From the worst to what is over. */
const states: readonly Episode['state'][] = [
  'regressed',
  'recovering',
  'suspected',
  'unfollowed',
  'accepted',
  'recovered',
];

/** Whether it is still going on, so that somebody should know. */
export function isOngoing({ state }: Pick<Regression, 'state'>): boolean {
  return state === 'regressed' || state === 'recovering';
}

/**
 * One entry for each cell that has anything to tell: what is going on, or how its last regression ended. A cell both of
 * whose series regress is one regression, which began with the earlier of them.
 */
export function listRegressions({ host, comparison, episodes }: Detection): readonly Regression[] {
  return [...Map.groupBy(episodes, ({ cellId }) => cellId)].flatMap(([cellId, group]) => {
    const chosen = chooseEpisodes(group);
    const [leading] = chosen;
    if (leading === undefined) return [];
    const [point] = leading.since;
    const earliest = chosen.reduce((a, b) => (b.since[0].night.time < a.since[0].night.time ? b : a));
    return [
      {
        host,
        comparison,
        cellId,
        metric: point.cell.metric,
        state: leading.state,
        series: chosen.map(describeSeries),
        first: earliest.since[0].night,
        lastGood: earliest.reference.at(-1)?.night ?? null,
        tonight: (leading.since.at(-1) ?? point).night,
        back: Math.min(...chosen.map(({ back }) => back)),
      },
    ];
  });
}

/** Those in the worst state there is; of ended ones the last, for each series. */
function chooseEpisodes(episodes: readonly Episode[]): readonly Episode[] {
  const latest = [...Map.groupBy(episodes, ({ kind }) => kind).values()].flatMap((group) => group.slice(-1));
  const worst = states.find((state) => latest.some((episode) => episode.state === state));
  return latest.filter(({ state }) => state === worst).sort((left) => (left.kind === 'effect' ? -1 : 1));
}

function describeSeries({ kind, foundBy, reference, since, back }: Episode): RegressedSeries {
  const bad = since.slice(0, since.length - back);
  const before = reference.slice(-nightsConsidered);
  return {
    kind,
    foundBy,
    shift: compareNights(reference, bad),
    nightsBefore: before.length,
    nightsSince: bad.length,
    spreadRatio: compareSpreads(before, bad),
    points: [...before, ...since],
    outsideFrom: before.length,
  };
}

function compareSpreads(before: readonly Point[], since: readonly Point[]): number | null {
  const [left, right] = [meanSpread(before), meanSpread(since)];
  return left === null || right === null || left === 0 ? null : right / left;
}

function meanSpread(points: readonly Point[]): number | null {
  const spreads = points.flatMap(({ cell }) => listSpreads(cell.candidate));
  return spreads.length === 0 ? null : spreads.reduce((sum, spread) => sum + spread, 0) / spreads.length;
}
