import { quietMargin, quietScenarios } from '../list-parts.ts';
import { type Outcome, select } from '../parts/outcome.ts';
import { findScenario } from '../simulation/scenarios.ts';
import { judgeShares, type Mark } from './mark.ts';

/** Rates of Tunegate alone: false findings, coverage, false "unchanged", power, diagnostics. */
export function judgeComparisons(outcomes: readonly Outcome[]): readonly Mark[] {
  return [judgeNull(outcomes), judgeFamily(outcomes), ...judgeCoverage(outcomes), ...judgeMargins(outcomes)];
}

function judgeNull(outcomes: readonly Outcome[]): Mark {
  const cases = select(outcomes, 'null')
    .filter(({ scenario }) => findScenario(scenario).isOurs)
    .map(({ scenario, found, repetitions }) => ({ name: scenario, count: found.Tunegate ?? 0, of: repetitions }));
  return judgeShares(
    {
      id: 'null',
      title: 'False "regressed" or "improved" without any difference, per cell',
      limit: 'at most 6 % in every scenario, upper 95 % limit at most 7 %',
    },
    cases,
    { atMost: 0.06, upperAtMost: 0.07 },
  );
}

function judgeFamily(outcomes: readonly Outcome[]): Mark {
  const cases = select(outcomes, 'family').map(({ cells, anyFound, repetitions }) => ({
    name: `${cells} cells`,
    count: anyFound.Tunegate ?? 0,
    of: repetitions,
  }));
  return judgeShares(
    { id: 'family', title: 'Any false finding in a comparison of 48 cells', limit: 'at most 6 %' },
    cases,
    { atMost: 0.06 },
  );
}

function judgeCoverage(outcomes: readonly Outcome[]): readonly Mark[] {
  const ours = select(outcomes, 'null').filter(({ scenario }) => findScenario(scenario).isOurs);
  const collect = (independent: boolean) =>
    ours
      .filter(({ scenario }) => isFreeOfDependence(scenario) === independent)
      .map(({ scenario, covering, intervals }) => ({ name: scenario, count: covering, of: intervals }));
  return [
    judgeShares(
      {
        id: 'coverage-independent',
        title: 'The 95 % interval holds the truth, independent samples',
        limit: '93.5 to 97 % in every scenario',
      },
      collect(true),
      { atLeast: 0.935, atMost: 0.97 },
    ),
    judgeShares(
      {
        id: 'coverage-dependent',
        title: 'The 95 % interval holds the truth, with drift, autocorrelation or clustering',
        limit: 'at least 94 % in every scenario',
      },
      collect(false),
      { atLeast: 0.94 },
    ),
  ];
}

function isFreeOfDependence(id: string): boolean {
  const { isIndependent, start } = findScenario(id);
  return isIndependent && start.size === 0;
}

function judgeMargins(outcomes: readonly Outcome[]): readonly Mark[] {
  const all = select(outcomes, 'margin');
  const isQuiet = ({ scenario, margin, multiple }: (typeof all)[number]) =>
    multiple === 0 && quietScenarios.includes(scenario) && margin === quietMargin(findScenario(scenario).scale);
  const collect = (wanted: (outcome: (typeof all)[number]) => boolean, field: 'found' | 'unchanged' | 'diagnosed') =>
    all.filter(wanted).map((outcome) => ({
      name: outcome.scenario,
      count: outcome[field],
      of: outcome.repetitions,
    }));
  const diagnosed = select(outcomes, 'null')
    .filter(({ scenario }) => findScenario(scenario).isOurs && isFreeOfDependence(scenario))
    .map((outcome) => ({ name: outcome.scenario, count: outcome.diagnosed, of: outcome.repetitions }));
  return [
    judgeShares(
      {
        id: 'false-unchanged',
        title: 'False "unchanged" where the change is as large as the margin',
        limit: 'at most 7 %',
      },
      collect(({ multiple }) => multiple === 1, 'unchanged'),
      { atMost: 0.07 },
    ),
    judgeShares(
      {
        id: 'power-beyond-margin',
        title: 'A change of 1.5 margins gets its verdict',
        limit: 'at least 90 %',
      },
      collect(({ multiple }) => multiple === 1.5, 'found'),
      { atLeast: 0.9 },
    ),
    judgeShares(
      {
        id: 'diagnostics',
        title: 'Diagnostics turn a cell of independent samples into "inconclusive"',
        limit: 'at most 5 %',
      },
      diagnosed,
      { atMost: 0.05 },
    ),
    judgeShares(
      {
        id: 'quiet',
        title: 'Quiet cells without a difference (deviation a fifth of the margin) come out "unchanged"',
        limit: 'at least 85 %',
      },
      collect(isQuiet, 'unchanged'),
      { atLeast: 0.85 },
    ),
  ];
}
