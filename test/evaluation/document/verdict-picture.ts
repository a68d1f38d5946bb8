import { type Outcome, select } from '../parts/outcome.ts';
import { describeScenario, formatPercent } from './comparison-tables.ts';
import { frame, grid } from './picture-frame.ts';

/** Shares of the verdicts by size of the true change, a panel a scenario; null where they were not measured. */
export function buildVerdictPicture(outcomes: readonly Outcome[]): object | null {
  const all = select(outcomes, 'margin');
  const ladders = [...Map.groupBy(all, ({ scenario, margin }) => `${scenario} ${margin}`).values()].filter(
    (group) => group.length > 1,
  );
  if (ladders.length === 0) return null;
  const kinds = ['found, right direction', 'inconclusive', 'unchanged', 'found, wrong direction or no change'];
  const rows = ladders.flat().flatMap((outcome) => {
    const { found, unchanged, foundWrongWay, repetitions } = outcome;
    const shares = [found, repetitions - found - unchanged - foundWrongWay, unchanged, foundWrongWay];
    return shares.map((count, order) => ({
      scenario: `${describeScenario(outcome.scenario)}, margin ${formatPercent(outcome.margin)}`,
      multiple: outcome.multiple,
      verdict: kinds[order],
      order,
      share: count / repetitions,
    }));
  });
  return {
    ...frame('Verdicts', 'By the size of the true change, in margins'),
    data: { values: rows },
    columns: 2,
    facet: { field: 'scenario', type: 'nominal', sort: null, header: { title: null, labelFontSize: 10 } },
    spec: {
      width: 270,
      height: 110,
      mark: { type: 'bar' },
      encoding: {
        x: { field: 'multiple', type: 'ordinal', axis: { title: 'true change / margin', labelAngle: 0 } },
        y: {
          field: 'share',
          type: 'quantitative',
          stack: true,
          axis: { title: null, format: '%', tickCount: 4, gridColor: grid },
        },
        color: {
          field: 'verdict',
          scale: { domain: kinds, range: ['#0072B2', '#c9d1d9', '#56b4a9', '#d55e00'] },
          legend: { title: null, orient: 'top' },
        },
        order: { field: 'order' },
      },
    },
  };
}
