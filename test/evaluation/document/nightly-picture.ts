import { computeF1 } from '../marks/nightly-scores.ts';
import { ourDetector } from '../marks/other-marks.ts';
import { type Outcome, select } from '../parts/outcome.ts';
import { nightlyNoises } from '../simulation/nightly.ts';
import { frame, grid, ink } from './picture-frame.ts';

/** Blue is ours everywhere. */
function chooseColour(rule: string, index: number): string {
  const others = ['#d55e00', '#E69F00', '#8c959f', '#56b4a9', '#cc79a7', ink] as const;
  return rule === ourDetector ? '#0072B2' : (others[index % others.length] ?? ink);
}

/** F1 by noise and rule; null where it was not measured. */
export function buildNightlyPicture(outcomes: readonly Outcome[]): object | null {
  const all = select(outcomes, 'nightly').filter(({ change }) => change === null || change.shift !== 0);
  if (all.length === 0) return null;
  const rules = [...new Set(all.flatMap((outcome) => Object.keys(outcome.rules)))];
  const rows = nightlyNoises.flatMap((noise) => {
    const found = all.filter((outcome) => outcome.noise === noise);
    return found.length === 0 ? [] : rules.map((rule) => ({ noise, rule, f1: computeF1(found, rule) }));
  });
  return {
    ...frame(
      'Nightly series',
      'F1 of changes of 1 and 2 %, placed within 3 nights, with as many series without a change',
    ),
    width: 420,
    height: { step: 13 },
    data: { values: rows },
    mark: { type: 'bar' },
    encoding: {
      y: { field: 'noise', type: 'nominal', sort: [...nightlyNoises], axis: { title: null } },
      yOffset: { field: 'rule', sort: rules },
      x: { field: 'f1', type: 'quantitative', scale: { domain: [0, 1] }, axis: { title: 'F1', gridColor: grid } },
      color: {
        field: 'rule',
        sort: rules,
        scale: { domain: rules, range: rules.map((rule, index) => chooseColour(rule, index)) },
        legend: { title: null, orient: 'right' },
      },
    },
  };
}
