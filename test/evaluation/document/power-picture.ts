import { isCalibrated } from '../marks/peer-marks.ts';
import { type Outcome, select } from '../parts/outcome.ts';
import { describeScenario, formatChange } from './comparison-tables.ts';
import { frame, grid, ruleNames } from './picture-frame.ts';

/** Power by scenario, one mark a rule; null where it was not measured. */
export function buildPowerPicture(outcomes: readonly Outcome[]): object | null {
  const all = select(outcomes, 'power');
  if (all.length === 0) return null;
  const quiet = select(outcomes, 'null');
  const rows = all.flatMap(({ scenario, change, found, repetitions }) => {
    const before = quiet.find((entry) => entry.scenario === scenario);
    // Ours last, so that it lies on top.
    return [...ruleNames].reverse().map((rule) => ({
      scenario: `${describeScenario(scenario)}, ${formatChange(change)}`,
      power: (found[rule] ?? 0) / repetitions,
      who: rule === 'Tunegate' ? 'Tunegate' : describePeer(rule, before),
    }));
  });
  const who = ['Tunegate', 'peer that keeps its error rate here', 'peer that does not'];
  const encoding = {
    x: {
      field: 'power',
      type: 'quantitative',
      scale: { domain: [0, 1] },
      axis: { title: 'share of comparisons in which the true change is found', format: '%', gridColor: grid },
    },
    y: {
      field: 'scenario',
      type: 'nominal',
      sort: null,
      axis: { title: null, grid: true, gridColor: '#f3f5f7', labelPadding: 10 },
    },
    color: {
      field: 'who',
      scale: { domain: who, range: ['#0072B2', '#57606a', '#d55e00'] },
      legend: { title: null, orient: 'top' },
    },
    shape: {
      field: 'who',
      scale: { domain: who, range: ['circle', 'diamond', 'cross'] },
      legend: { title: null, orient: 'top' },
    },
    size: { condition: { test: "datum.who == 'Tunegate'", value: 110 }, value: 60 },
  };
  return {
    ...frame('Power', 'One mark a rule. A peer that reports differences where there are none finds true ones easily'),
    width: 460,
    height: { step: 19 },
    data: { values: rows },
    mark: { type: 'point', filled: true, opacity: 0.85 },
    encoding,
  };
}

function describePeer(
  rule: string,
  before: { found: Readonly<Record<string, number>>; repetitions: number } | undefined,
): string {
  const isKept = before === undefined || isCalibrated(before.found[rule] ?? 0, before.repetitions);
  return isKept ? 'peer that keeps its error rate here' : 'peer that does not';
}
