export interface Alarm {
  /** Index of the night after which the alarm is raised: the last value that was seen. */
  readonly raised: number;
  /** Index of the first night after the change, as the rule places it. */
  readonly place: number;
}

/** A way to watch a nightly series: what it reports when it is asked again after every night. */
export interface SeriesRule {
  readonly name: string;
  /** Alarms in the order in which they are raised; nights before `first` are history and raise none. */
  readonly watch: (series: readonly number[], first: number) => readonly Alarm[];
}

/** Nights by which a report may miss the change and still be the same change. */
export const tolerance = 3;

/**
 * A rule that analyses the whole series anew every night, as a nightly job does: a place is reported once, also when it
 * wanders by up to 3 nights, vanishes and comes back.
 */
export function watchAnew(
  detect: (series: readonly number[]) => readonly number[],
  series: readonly number[],
  first: number,
): readonly Alarm[] {
  const alarms: Alarm[] = [];
  for (let raised = first; raised < series.length; raised += 1) {
    for (const place of detect(series.slice(0, raised + 1))) {
      if (!alarms.some((alarm) => Math.abs(alarm.place - place) <= tolerance)) alarms.push({ raised, place });
    }
  }
  return alarms;
}
