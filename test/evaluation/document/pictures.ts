import { computeF1 } from '../marks/nightly-scores.ts';
import { isCalibrated } from '../marks/peer-marks.ts';
import { type Outcome, select } from '../parts/outcome.ts';
import { peers } from '../peers/peers.ts';
import { nightlyNoises } from '../simulation/nightly.ts';
import { describeScenario, formatChange, formatPercent } from './comparison-tables.ts';

/** A Vega-Lite specification and the file it belongs in. */
export interface Picture {
  readonly name: string;
  readonly specification: object;
}

const ink = '#1f2328';
const ruleNames = ['Tunegate', ...peers.map(({ name }) => name)];

/** Pictures of what was measured; kinds of parts that did not run have none. */
export function buildPictures(outcomes: readonly Outcome[]): readonly Picture[] {
  const pictures = [
    { name: 'evaluation-null', specification: buildNullPicture(outcomes) },
    { name: 'evaluation-power', specification: buildPowerPicture(outcomes) },
    { name: 'evaluation-verdicts', specification: buildVerdictPicture(outcomes) },
    { name: 'evaluation-nightly', specification: buildNightlyPicture(outcomes) },
  ];
  return pictures.flatMap(({ name, specification }) => (specification === null ? [] : [{ name, specification }]));
}

function frame(title: string, subtitle: string): object {
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    background: 'white',
    padding: 12,
    title: { text: title, subtitle, anchor: 'start', frame: 'bounds', fontSize: 15, subtitleFontSize: 11, offset: 12 },
    config: {
      font: 'sans-serif',
      title: { color: ink },
      view: { stroke: null },
      axis: {
        labelColor: ink,
        titleColor: ink,
        labelLimit: 340,
        titleFontWeight: 'normal',
        domain: false,
        ticks: false,
      },
      legend: { labelColor: ink, titleColor: ink, titleFontWeight: 'normal', labelLimit: 260 },
      header: { labelColor: ink, labelLimit: 300 },
    },
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

function buildNullPicture(outcomes: readonly Outcome[]): object | null {
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

function buildPowerPicture(outcomes: readonly Outcome[]): object | null {
  const all = select(outcomes, 'power');
  if (all.length === 0) return null;
  const quiet = select(outcomes, 'null');
  const rows = all.flatMap(({ scenario, change, found, repetitions }) => {
    const before = quiet.find((entry) => entry.scenario === scenario);
    return ruleNames.map((rule) => ({
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
      axis: { title: 'share of comparisons in which the true change is found', format: '%', gridColor: '#e4e8ec' },
    },
    y: { field: 'scenario', type: 'nominal', sort: null, axis: { title: null, grid: true, gridColor: '#f3f5f7' } },
    color: {
      field: 'who',
      scale: { domain: who, range: ['#0072B2', '#1f2328', '#d55e00'] },
      legend: { title: null, orient: 'top' },
    },
    shape: {
      field: 'who',
      scale: { domain: who, range: ['circle', 'stroke', 'cross'] },
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

function buildVerdictPicture(outcomes: readonly Outcome[]): object | null {
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
    columns: 3,
    facet: { field: 'scenario', type: 'nominal', sort: null, header: { title: null, labelFontSize: 11 } },
    spec: {
      width: 210,
      height: 110,
      mark: { type: 'bar' },
      encoding: {
        x: { field: 'multiple', type: 'ordinal', axis: { title: 'true change / margin', labelAngle: 0 } },
        y: {
          field: 'share',
          type: 'quantitative',
          stack: true,
          axis: { title: null, format: '%', tickCount: 4, gridColor: '#e4e8ec' },
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

function buildNightlyPicture(outcomes: readonly Outcome[]): object | null {
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
      x: { field: 'f1', type: 'quantitative', scale: { domain: [0, 1] }, axis: { title: 'F1', gridColor: '#e4e8ec' } },
      color: {
        field: 'rule',
        sort: rules,
        scale: { domain: rules, range: ['#0072B2', '#d55e00', '#E69F00', '#8c959f', '#56b4a9', '#cc79a7', '#1f2328'] },
        legend: { title: null, orient: 'right' },
      },
    },
  };
}
