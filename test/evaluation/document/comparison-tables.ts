import { findBestPeer, isCalibrated } from '../marks/peer-marks.ts';
import { type Outcome, select } from '../parts/outcome.ts';
import { peers } from '../peers/peers.ts';
import { findScenario } from '../simulation/scenarios.ts';
import { formatRate, renderTable } from './format.ts';

const ruleNames = ['Tunegate', ...peers.map(({ name }) => name)];

/** Per cent of comparisons without a difference in which each rule reports one. */
export function renderNullTable(outcomes: readonly Outcome[]): string {
  const rows = select(outcomes, 'null').map(({ scenario, found, repetitions }) => [
    describeScenario(scenario),
    ...ruleNames.map((name) => formatRate(found[name] ?? 0, repetitions)),
  ]);
  const families = select(outcomes, 'family').map(({ cells, anyFound, repetitions }) => [
    `**any of ${cells} cells**`,
    ...ruleNames.map((name) => formatRate(anyFound[name] ?? 0, repetitions)),
  ]);
  return renderTable([['scenario', ...ruleNames], ...rows, ...families]);
}

/** What Tunegate's interval and diagnostics do on the same data. */
export function renderCoverageTable(outcomes: readonly Outcome[]): string {
  const rows = select(outcomes, 'null')
    .filter(({ scenario }) => findScenario(scenario).isOurs)
    .map(({ scenario, covering, intervals, significant, diagnosed, repetitions }) => [
      describeScenario(scenario),
      formatRate(covering, intervals),
      formatRate(significant, repetitions),
      formatRate(diagnosed, repetitions),
    ]);
  return renderTable([['scenario', '95 % interval holds', 'p ≤ 0.05', 'diagnostics fire'], ...rows]);
}

/** Per cent of comparisons in which a true change is found; peers that do not keep their error rate in brackets. */
export function renderPowerTable(outcomes: readonly Outcome[]): string {
  const quiet = select(outcomes, 'null');
  const rows = select(outcomes, 'power').map((outcome) => {
    const { scenario, change, found, repetitions } = outcome;
    const before = quiet.find((entry) => entry.scenario === scenario);
    const show = (name: string) => {
      const rate = formatRate(found[name] ?? 0, repetitions);
      const isKept = before === undefined || isCalibrated(before.found[name] ?? 0, before.repetitions);
      return isKept || name === 'Tunegate' ? rate : `(${rate})`;
    };
    const tuned = Object.entries(outcome.foundWhenTuned).sort((left, right) => right[1] - left[1])[0];
    const best = findBestPeer(outcome, outcomes);
    return [
      `${describeScenario(scenario)}, ${formatChange(change)}`,
      ...ruleNames.map(show),
      best === null ? '' : best.name,
      tuned === undefined ? '' : `${formatRate(tuned[1], repetitions)} ${tuned[0]}`,
    ];
  });
  return renderTable([['scenario, change', ...ruleNames, 'best that keeps its rate', 'best when tuned'], ...rows]);
}

export function renderMarginTable(outcomes: readonly Outcome[]): string {
  const all = select(outcomes, 'margin');
  const multiples = [...new Set(all.map(({ multiple }) => multiple))].sort((left, right) => left - right);
  const groups = Map.groupBy(
    all,
    ({ scenario, margin }) => `${describeScenario(scenario)}, margin ${formatPercent(margin)}`,
  );
  const rows = [...groups].map(([name, found]) => [
    name,
    ...multiples.map((multiple) => {
      const cell = found.find((entry) => entry.multiple === multiple);
      if (cell === undefined) return '';
      const { repetitions } = cell;
      return [cell.found, cell.foundWrongWay, cell.unchanged]
        .map((count) => formatRate(count, repetitions))
        .join(' / ');
    }),
  ]);
  return renderTable([['scenario', ...multiples.map((multiple) => `${multiple} margins`)], ...rows]);
}

export function renderDetectableTable(outcomes: readonly Outcome[]): string {
  const groups = Map.groupBy(select(outcomes, 'detectable'), ({ scenario }) => scenario);
  const rows = [...groups].map(([scenario, found]) => [
    describeScenario(scenario),
    ...[1, 48].flatMap((family) => {
      const cell = found.find((entry) => entry.family === family);
      if (cell === undefined || cell.medianChange === null) return ['', '', ''];
      const { printed, foundInSameData, foundInNewRun, medianChange } = cell;
      return [formatPercent(medianChange), formatRate(foundInNewRun, printed), formatRate(foundInSameData, printed)];
    }),
  ]);
  const head = [
    'alone: printed',
    'found in a new run',
    'in the same data',
    'among 48: printed',
    'found in a new run',
    'in the same data',
  ];
  return renderTable([['scenario', ...head], ...rows]);
}

export function renderSmallestTable(outcomes: readonly Outcome[]): string {
  const rows = select(outcomes, 'smallest').map(({ scenario, smallest, interquartileRange }) => [
    `${describeScenario(scenario)} (IQR ${formatPercent(interquartileRange)})`,
    ...ruleNames.map((name) => smallest[name]?.toFixed(2) ?? '> 3'),
  ]);
  return renderTable([['scenario', ...ruleNames], ...rows]);
}

export function describeScenario(id: string): string {
  const { observation, title } = findScenario(id);
  return `${observation}: ${title}`;
}

export function formatChange(change: number): string {
  return `${change > 0 ? '+' : '-'}${formatPercent(Math.abs(change))}`;
}

export function formatPercent(share: number): string {
  return `${Number((share * 100).toPrecision(2))} %`;
}
