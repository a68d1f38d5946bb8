import { computeMedian, computeQuantile } from '../../../src/statistics/quantile.ts';
import { computeAlarmRate, computeF1 } from '../marks/nightly-scores.ts';
import type { NightlyOutcome } from '../parts/nightly-part.ts';
import { type Outcome, select } from '../parts/outcome.ts';
import type { RealOutcome } from '../parts/real-part.ts';
import { peers } from '../peers/peers.ts';
import { nightlyNoises } from '../simulation/nightly.ts';
import { formatChange } from './comparison-tables.ts';
import { formatRate, renderTable } from './format.ts';

/** Alarms on series without a change, by rule and noise, and F1. */
export function renderAlarmTable(outcomes: readonly Outcome[]): string {
  const all = select(outcomes, 'nightly');
  const rows = listRules(all).map((rule) => [
    rule,
    ...nightlyNoises.map((noise) => {
      const quiet = all.find((outcome) => outcome.noise === noise && outcome.change === null);
      if (quiet === undefined) return '';
      const withAlarm = quiet.rules[rule]?.seriesWithFalseAlarm ?? 0;
      return `${computeAlarmRate(quiet, rule).toFixed(2)} (${formatRate(withAlarm, quiet.series)} %)`;
    }),
  ]);
  return renderTable([['rule', ...nightlyNoises], ...rows]);
}

export function renderF1Table(outcomes: readonly Outcome[]): string {
  const all = select(outcomes, 'nightly').filter(({ change }) => change === null || change.shift !== 0);
  const rows = listRules(all).map((rule) => [
    rule,
    ...nightlyNoises.map((noise) => {
      const found = all.filter((outcome) => outcome.noise === noise);
      return found.length === 0 ? '' : computeF1(found, rule).toFixed(2);
    }),
  ]);
  return renderTable([['rule', ...nightlyNoises], ...rows]);
}

/** For each change: per cent detected, median and 90th percentile of the delay, median error of the place. */
export function renderDetectionTable(outcomes: readonly Outcome[]): string {
  const changed = select(outcomes, 'nightly').flatMap((outcome) =>
    outcome.change === null ? [] : [{ ...outcome, change: outcome.change }],
  );
  const rows = changed.map(({ noise, change, rules, series }) => [
    `${noise}, ${change.shift === 0 ? `spread x ${change.spreadFactor}` : formatChange(change.shift)}`,
    ...Object.values(rules).map(({ detected, delays, placeErrors }) => {
      if (detected === 0) return '0';
      const figures = [computeMedian(delays), computeQuantile(delays, 0.9), computeMedian(placeErrors)];
      return `${formatRate(detected, series)} (${figures.map((nights) => nights.toFixed(0)).join(' / ')})`;
    }),
  ]);
  return renderTable([['series', ...listRules(changed)], ...rows]);
}

/** Per cent of resampled comparisons in which each rule reports a difference, pooled over the sources of a group. */
export function renderRealTable(outcomes: readonly Outcome[]): string {
  const names = ['Tunegate', ...peers.map(({ name }) => name)];
  const groups = Map.groupBy(select(outcomes, 'real'), describeReal);
  const rows = [...groups].map(([name, found]) => {
    const of = found.reduce((sum, { repetitions }) => sum + repetitions, 0);
    const count = (rule: string) => found.reduce((sum, entry) => sum + (entry.found[rule] ?? 0), 0);
    return [name, ...names.map((rule) => formatRate(count(rule), of))];
  });
  return renderTable([['data, sides, change', ...names], ...rows]);
}

function describeReal({ group, design, change }: RealOutcome): string {
  const { deployments, samples } = design;
  const unit = group === 'Go nights' ? 'night' : 'start';
  const sides = `${deployments} ${unit}${deployments === 1 ? '' : 's'} x ${samples}`;
  return `${group}, ${sides}, ${change === 0 ? 'none' : formatChange(change)}`;
}

function listRules(outcomes: readonly NightlyOutcome[]): readonly string[] {
  return [...new Set(outcomes.flatMap(({ rules }) => Object.keys(rules)))];
}
