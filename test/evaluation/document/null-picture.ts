import { type Outcome, select } from '../parts/outcome.ts';
import { describeScenario } from './comparison-tables.ts';
import { frame, ink, ruleNames } from './picture-frame.ts';

/** False findings by scenario and rule, as a table with coloured fields; null where they were not measured. */
export function buildNullPicture(outcomes: readonly Outcome[]): object | null {
  const all = select(outcomes, 'null');
  if (all.length === 0) return null;
  const rows = all.flatMap(({ scenario, found, repetitions }) =>
    ruleNames.map((x) => {
      const value = (found[x] ?? 0) / repetitions;
      return { x, y: describeScenario(scenario), value, label: (100 * value).toFixed(value < 0.1 ? 1 : 0) };
    }),
  );
  const y = all.map(({ scenario }) => describeScenario(scenario));
  return {
    ...frame(
      'False findings',
      'Per cent of comparisons without any difference in which the rule reports one; coloured above 6 %',
    ),
    ...tile(rows, { x: ruleNames, y, limit: 0.06 }),
  };
}

/** Rows and columns of shares, the number in each field; fields above the limit turn orange. */
function tile(
  rows: readonly object[],
  question: { x: readonly string[]; y: readonly string[]; limit: number },
): object {
  const { x, y, limit } = question;
  return {
    width: { step: 74 },
    height: { step: 21 },
    data: { values: rows },
    encoding: {
      x: {
        field: 'x',
        type: 'nominal',
        sort: [...x],
        axis: { title: null, orient: 'top', labelAngle: -25, labelPadding: 6 },
      },
      y: { field: 'y', type: 'nominal', sort: [...y], axis: { title: null } },
    },
    layer: [
      {
        mark: { type: 'rect', stroke: 'white' },
        encoding: {
          color: {
            field: 'value',
            type: 'quantitative',
            scale: {
              type: 'threshold',
              domain: [limit, 2 * limit, 5 * limit],
              range: ['#e8f1f8', '#fbe3b5', '#f0b04c', '#d55e00'],
            },
            legend: null,
          },
        },
      },
      { mark: { type: 'text', fontSize: 11, color: ink }, encoding: { text: { field: 'label' } } },
    ],
  };
}
