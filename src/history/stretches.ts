import type { Night } from './night.schema.ts';
import { type Change, listChanges } from './night-environment.ts';
import { placeKey } from './night-file.ts';

/** Nights of one host and comparison that may be compared with each other, in the order of time. */
export interface Stretch {
  readonly nights: readonly Night[];
  /** What changed at its beginning; empty for the first stretch. */
  readonly changes: readonly Change[];
  /** What is known of it at its end: a fact that is missing tonight is still remembered tomorrow. */
  readonly environment: Night['environment'];
}

/** All nights of one host and comparison. */
export interface Track {
  readonly host: string;
  readonly comparison: string;
  /** At least one, each with at least one night. */
  readonly stretches: readonly Stretch[];
}

/** The nights by host and comparison, in the order of names, cut wherever profile, plan or environment changed. */
export function buildTracks(nights: readonly Night[]): readonly Track[] {
  const groups = Map.groupBy(nights, placeKey);
  return [...groups]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .flatMap(([, group]) => {
      const [first] = group;
      return first === undefined
        ? []
        : [{ host: first.host, comparison: first.comparison, stretches: cutStretches(sortNights(group)) }];
    });
}

export function sortNights(nights: readonly Night[]): readonly Night[] {
  return nights.toSorted((left, right) => Date.parse(left.time) - Date.parse(right.time));
}

/** Nights of the last stretch: those to which tonight may be compared. */
export function lastStretch({ stretches }: Track): Stretch {
  return stretches.at(-1) ?? { nights: [], changes: [], environment: {} };
}

function cutStretches(nights: readonly Night[]): readonly Stretch[] {
  const stretches: { nights: Night[]; changes: readonly Change[]; environment: Night['environment'] }[] = [];
  for (const night of nights) {
    const last = stretches.at(-1);
    const before = last?.nights.at(-1);
    const changes =
      last === undefined || before === undefined
        ? []
        : listChanges({ ...before, environment: last.environment }, night);
    if (last === undefined || changes.length > 0) {
      stretches.push({ nights: [night], changes, environment: night.environment });
    } else {
      last.nights.push(night);
      last.environment = { ...last.environment, ...night.environment };
    }
  }
  return stretches;
}
