import { type Detection, detectRegressions } from './detect.ts';
import type { IsAccepted } from './follow-series.ts';
import type { Night } from './night.schema.ts';
import { isOngoing, listRegressions, type Regression } from './regressions.ts';
import type { Stall } from './stalls.ts';
import { buildTracks } from './stretches.ts';

/** Everything that the recorded nights come to. */
export interface NightJudgement {
  readonly detections: readonly Detection[];
  readonly regressions: readonly Regression[];
}

/** All hosts and comparisons, each for itself: their families of questions are separate. */
export function judgeNights(
  nights: readonly Night[],
  findAccepted: (place: Pick<Night, 'host' | 'comparison'>) => IsAccepted = () => () => false,
): NightJudgement {
  const detections = buildTracks(nights).map((track) => detectRegressions(track, findAccepted(track)));
  return { detections, regressions: detections.flatMap(listRegressions) };
}

/** `tunegate.alarms/1`: what the nights come to, for programs. */
export function buildAlarms(
  { detections, regressions }: NightJudgement,
  stalls: readonly Stall[],
  warnings: readonly string[],
) {
  return {
    schema: 'tunegate.alarms/1',
    /** Regressions that are going on, and nights that did not come. */
    alarms: countAlarms(regressions, stalls),
    regressions: regressions.map(describeRegression),
    stalls: stalls.map(({ host, comparison, lastTime }) => ({ host, comparison, lastTime })),
    nights: detections.map(({ host, comparison, stretch, notes }) => ({
      host,
      comparison,
      comparable: stretch.nights.length,
      last: stretch.nights.at(-1)?.time ?? null,
      notes,
    })),
    warnings,
  };
}

export function countAlarms(regressions: readonly Regression[], stalls: readonly Stall[]): number {
  return regressions.filter(isOngoing).length + stalls.length;
}

function describeRegression({ host, comparison, cellId, metric, state, series, ...more }: Regression) {
  const { first, lastGood, tonight } = more;
  return {
    host,
    comparison,
    cell: cellId,
    metric,
    state,
    first: first.time,
    last: tonight.time,
    lastGoodCommit: lastGood?.commit ?? null,
    firstBadCommit: first.commit,
    series: series.map(({ kind, foundBy, shift, nightsBefore, nightsSince, spreadRatio }) => ({
      kind,
      foundBy,
      /** Natural logarithms, positive is worse. */
      worse: shift === null ? null : { estimate: shift.estimate, interval95: shift.interval95, p: shift.p },
      nightsBefore,
      nightsSince,
      spreadRatio,
    })),
  };
}
