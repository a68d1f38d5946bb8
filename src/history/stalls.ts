import { type NightPlace, placeKey } from './night-file.ts';

/** A host and comparison whose nights have stopped coming. */
export interface Stall {
  readonly host: string;
  readonly comparison: string;
  /** RFC 3339: when the last recorded night began. */
  readonly lastTime: string;
  /** One sentence for an annotation. */
  readonly sentence: string;
}

/** A night may be late (queues, a long run) by half its period. */
const patience = 1.5;
/** After that a host or comparison has been given up rather than forgotten. */
const givenUpAfterDays = 30;
const daySeconds = 24 * 60 * 60;

/**
 * Which nights should have come and did not: the last one is older than one and a half periods of the schedule. Since a
 * workflow that does not run cannot say so itself, whichever runs next does. What has been silent for 30 days is left
 * alone. Needs the names of the files only.
 *
 * @param periodSeconds from one night to the next
 */
export function findStalls(
  places: readonly NightPlace[],
  { now, periodSeconds = daySeconds }: { readonly now: Date; readonly periodSeconds?: number },
): readonly Stall[] {
  const groups = Map.groupBy(places, placeKey);
  return [...groups.values()].flatMap((group) => {
    const last = group.reduce((latest, place) => (place.time > latest.time ? place : latest));
    const ageSeconds = (now.getTime() - Date.parse(last.time)) / 1000;
    if (ageSeconds <= patience * periodSeconds || ageSeconds > givenUpAfterDays * daySeconds) return [];
    const { host, comparison, time } = last;
    const sentence = `No night of ${comparison} on ${host} since ${time.slice(0, 16).replace('T', ' ')} UTC, ${formatAge(ageSeconds)} ago; one was expected every ${formatAge(periodSeconds)}.`;
    return [{ host, comparison, lastTime: time, sentence }];
  });
}

function formatAge(seconds: number): string {
  const hours = Math.round(seconds / 3600);
  return hours < 48 ? `${hours} ${hours === 1 ? 'hour' : 'hours'}` : `${Math.round(hours / 24)} days`;
}
