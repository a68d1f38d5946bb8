import { createRandom } from '../../../src/statistics/random.ts';
import { type SeriesRule, tolerance } from '../detectors/series-rule.ts';
import { drawNights, type NightlyChange, type NightlyNoise } from '../simulation/nightly.ts';
import type { Setting } from './setting.ts';

/** What one rule did on many series of one kind. */
export interface NightlyTally {
  /** Alarms of all series, right and wrong. */
  readonly alarms: number;
  /** Series with at least one alarm that is not about the change. */
  readonly seriesWithFalseAlarm: number;
  /** Series whose change was reported, placed within 3 nights, at any time. */
  readonly placed: number;
  /** Series in which the first alarm came after the change. */
  readonly detected: number;
  /** Nights from the change to that alarm, and from the true place to the reported one, of the detected. */
  readonly delays: readonly number[];
  readonly placeErrors: readonly number[];
}

export interface NightlyOutcome {
  readonly kind: 'nightly';
  readonly noise: NightlyNoise;
  readonly change: NightlyChange | null;
  readonly series: number;
  /** Nights of one series in which an alarm could be raised. */
  readonly nightsWatched: number;
  readonly rules: Readonly<Record<string, NightlyTally>>;
}

const nights = 100;
const firstWatched = 20;

export function runNightly(
  rules: readonly SeriesRule[],
  noise: NightlyNoise,
  change: NightlyChange | null,
  { seed, repetitions }: Setting,
): NightlyOutcome {
  const random = createRandom(`${seed}:nightly:${noise}:${JSON.stringify(change)}`);
  const series = Array.from({ length: repetitions }, () => drawNights(noise, nights, change, random));
  const tallies = rules.map((rule) => [rule.name, watchAll(rule, series, change)] as const);
  return {
    kind: 'nightly',
    noise,
    change,
    series: repetitions,
    nightsWatched: nights - firstWatched,
    rules: Object.fromEntries(tallies),
  };
}

function watchAll(rule: SeriesRule, all: readonly (readonly number[])[], change: NightlyChange | null): NightlyTally {
  const counts = { alarms: 0, seriesWithFalseAlarm: 0, placed: 0, detected: 0 };
  const [delays, placeErrors]: [number[], number[]] = [[], []];
  for (const series of all) {
    const alarms = rule.watch(series, firstWatched);
    const isRight = ({ place }: { place: number }) => change !== null && Math.abs(place - change.at) <= tolerance;
    counts.alarms += alarms.length;
    if (alarms.some((alarm) => !isRight(alarm))) counts.seriesWithFalseAlarm += 1;
    if (alarms.some(isRight)) counts.placed += 1;
    const [first] = alarms;
    if (change === null || first === undefined || first.raised < change.at) continue;
    counts.detected += 1;
    delays.push(first.raised - change.at);
    placeErrors.push(Math.abs(first.place - change.at));
  }
  return { ...counts, delays, placeErrors };
}
