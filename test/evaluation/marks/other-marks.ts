import { type Outcome, select } from '../parts/outcome.ts';
import { nightlyNoises } from '../simulation/nightly.ts';
import { judgeShares, type Mark } from './mark.ts';
import { computeAlarmRate, computeF1 } from './nightly-scores.ts';

/** Name of Tunegate's own detector among the series rules. */
export const ourDetector = 'Tunegate';

/** The printed detectable change, stability, nightly series and real data. */
export function judgeOthers(outcomes: readonly Outcome[]): readonly Mark[] {
  return [
    judgeDetectable(outcomes),
    judgeSmallest(outcomes),
    judgeStability(outcomes),
    judgeAlarms(outcomes),
    judgeF1(outcomes),
    judgeReal(outcomes),
  ];
}

function judgeDetectable(outcomes: readonly Outcome[]): Mark {
  const cases = select(outcomes, 'detectable').map(({ scenario, family, foundInNewRun, printed }) => ({
    name: `${scenario}, family of ${family}`,
    count: foundInNewRun,
    of: printed,
  }));
  return judgeShares(
    {
      id: 'detectable',
      title: 'The printed detectable change, injected exactly into a new run of the cell, is found',
      limit: '75 to 85 % of the runs, every cell and design',
    },
    cases,
    { atLeast: 0.75, atMost: 0.85 },
  );
}

function judgeSmallest(outcomes: readonly Outcome[]): Mark {
  const tables = select(outcomes, 'smallest');
  const missing = tables.filter(({ smallest }) => smallest.Tunegate == null).map(({ scenario }) => scenario);
  const largest = [...tables].sort((a, b) => (b.smallest.Tunegate ?? 9) - (a.smallest.Tunegate ?? 9))[0];
  return {
    id: 'smallest',
    title: 'Smallest change found with power 0.8',
    limit: 'a number for every scenario (table below)',
    worst:
      largest === undefined
        ? 'not measured'
        : `${largest.scenario}: ${largest.smallest.Tunegate?.toFixed(2) ?? 'above 3'} IQR`,
    cases: tables.length,
    misses: missing,
    result: tables.length === 0 ? 'open' : missing.length === 0 ? 'pass' : 'miss',
  };
}

function judgeStability(outcomes: readonly Outcome[]): Mark {
  const cases = select(outcomes, 'stability').flatMap((outcome) => [
    { name: 'asked again', count: outcome.differentAgain, of: outcome.comparisons },
    { name: 'cells in another order', count: outcome.differentInOtherOrder, of: outcome.comparisons },
    { name: 'sides swapped', count: outcome.differentWhenSwapped, of: outcome.comparisons },
  ]);
  return judgeShares(
    { id: 'stability', title: 'Comparisons whose rows change', limit: 'none: asked again, reordered, or swapped' },
    cases,
    { atMost: 0 },
  );
}

function judgeAlarms(outcomes: readonly Outcome[]): Mark {
  const quiet = select(outcomes, 'nightly').filter(({ change, rules }) => change === null && ourDetector in rules);
  const rates = quiet.map((outcome) => ({ name: outcome.noise, rate: computeAlarmRate(outcome, ourDetector) }));
  const misses = rates.filter(({ rate }) => rate > 1.5);
  const [worst] = [...rates].sort((left, right) => right.rate - left.rate);
  const format = ({ name, rate }: (typeof rates)[number]) => `${name}: ${rate.toFixed(2)}`;
  const nights = quiet.reduce((sum, { series, nightsWatched }) => sum + series * nightsWatched, 0);
  return {
    id: 'nightly-alarms',
    title: 'Nightly alarms per 1,000 nights without a change',
    limit: 'at most 1.5',
    worst: worst === undefined ? 'not measured' : format(worst),
    cases: rates.length,
    misses: misses.map(format),
    result: rates.length === 0 ? 'open' : misses.length === 0 ? 'pass' : nights >= 20_000 ? 'miss' : 'open',
  };
}

function judgeF1(outcomes: readonly Outcome[]): Mark {
  const scores = nightlyNoises.flatMap((noise) => {
    // Otava does not look for spread, so those series are left out in its favour.
    const found = select(outcomes, 'nightly').filter(
      (outcome) => outcome.noise === noise && (outcome.change === null || outcome.change.shift !== 0),
    );
    if (!found.some(({ rules }) => ourDetector in rules)) return [];
    return [
      { noise, ours: computeF1(found, ourDetector), otava: computeF1(found, 'Otava'), series: found[0]?.series ?? 0 },
    ];
  });
  const format = ({ noise, ours, otava }: (typeof scores)[number]) =>
    `${noise}: ${ours.toFixed(2)} against ${otava.toFixed(2)}`;
  const misses = scores.filter(({ ours, otava }) => !(ours > otava));
  const [worst] = [...scores].sort((left, right) => left.ours - left.otava - (right.ours - right.otava));
  return {
    id: 'nightly-f1',
    title: 'Nightly F1, changes placed within 3 nights',
    limit: 'above Otava',
    worst: worst === undefined ? 'not measured' : format(worst),
    cases: scores.length,
    misses: misses.map(format),
    result:
      scores.length === 0 ? 'open' : misses.length === 0 ? 'pass' : (scores[0]?.series ?? 0) >= 200 ? 'miss' : 'open',
  };
}

/** Over all sources of a group, because the few deployments of one source are resampled again and again. */
function judgeReal(outcomes: readonly Outcome[]): Mark {
  const quiet = select(outcomes, 'real').filter(
    ({ change, design }) => change === 0 && design.observation === 'deployment',
  );
  const groups = Map.groupBy(quiet, ({ group, design }) => `${group}, ${design.deployments} starts a side`);
  const cases = [...groups].map(([name, found]) => ({
    name,
    count: found.reduce((sum, { found: counts }) => sum + (counts.Tunegate ?? 0), 0),
    of: found.reduce((sum, { repetitions }) => sum + repetitions, 0),
  }));
  return judgeShares(
    {
      id: 'real',
      title: 'False findings on recorded data without a difference',
      limit: 'at most 6 % of the resampled comparisons',
    },
    cases,
    { atMost: 0.06 },
  );
}
