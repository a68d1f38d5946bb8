import type { NightlyOutcome } from '../parts/nightly-part.ts';

/** Alarms per 1,000 nights of series without a change. */
export function computeAlarmRate({ rules, series, nightsWatched }: NightlyOutcome, rule: string): number {
  return ((rules[rule]?.alarms ?? 0) * 1000) / (series * nightsWatched);
}

/**
 * F1 over series with a change and as many without, of one noise: a change that is reported within 3 nights of its
 * place is a hit, every other alarm a false one. 0 without any hit.
 */
export function computeF1(outcomes: readonly NightlyOutcome[], rule: string): number {
  const tallies = outcomes.map(({ change, series, rules }) => ({
    hits: rules[rule]?.placed ?? 0,
    alarms: rules[rule]?.alarms ?? 0,
    changes: change === null ? 0 : series,
  }));
  const add = (field: 'hits' | 'alarms' | 'changes') => tallies.reduce((sum, tally) => sum + tally[field], 0);
  const hits = add('hits');
  // Hits + false alarms are all alarms, hits + misses all changes.
  return hits === 0 ? 0 : (2 * hits) / (add('alarms') + add('changes'));
}
