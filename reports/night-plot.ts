import type { Regression } from '../src/history/regressions.ts';
import type { Point } from '../src/history/series.ts';
import { chooseScale } from '../src/units.ts';
import { nameSeriesCell } from './night-words.ts';
import { stripControls } from './strip-controls.ts';

const ink = '#1f2328';
const faint = '#59636e';
/** Blue and orange of Okabe and Ito's palette, as in the box plots, and vermilion for what is worse. */
const colours = { baseline: '#0072B2', candidate: '#E69F00', worse: '#D55E00' };
const size = { width: 760, height: 180, padding: 12 };

/** The nights of a cell, in the order of time, and since when it is worse. */
export interface NightPlot {
  readonly cellId: string;
  readonly points: readonly [Point, ...Point[]];
  readonly regression: Regression | null;
  /** Times at which a new stretch began. */
  readonly breaks: readonly string[];
}

/** A Vega-Lite specification: both sides over time, a line where nights stopped being comparable, red since a regression. */
export function buildNightPlot({ cellId, points, regression, breaks }: NightPlot): object {
  const [{ cell, night: first }] = points;
  const medians = points.flatMap(({ cell: { baseline, candidate } }) => [
    geometricMean(baseline.medians),
    geometricMean(candidate.medians),
  ]);
  const scale = chooseScale(Math.max(...medians), cell.metric.unit);
  const names = nameSides(first);
  const rows = points.flatMap(({ night, cell: { baseline, candidate } }) => [
    { time: night.time, side: names.baseline, value: geometricMean(baseline.medians) / scale.factor },
    { time: night.time, side: names.candidate, value: geometricMean(candidate.medians) / scale.factor },
  ]);
  const since = regression === null ? [] : [{ time: regression.first.time }];
  const better = cell.metric.better === 'lower' ? 'lower is better' : 'higher is better';
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    background: 'white',
    autosize: { type: 'fit', contains: 'padding' },
    padding: size.padding,
    width: size.width,
    height: size.height,
    title: {
      text: stripControls(nameSeriesCell({ cellId, metric: cell.metric })),
      subtitle: `${points.length} ${points.length === 1 ? 'night' : 'nights'}; ${better}`,
      anchor: 'start',
      frame: 'bounds',
      limit: size.width,
      fontSize: 14,
      subtitleFontSize: 11,
      subtitleColor: faint,
    },
    config: {
      font: 'sans-serif',
      title: { color: ink },
      view: { stroke: null },
      axis: { labelColor: ink, titleColor: ink, labelFontSize: 11, titleFontSize: 11, titleFontWeight: 'normal' },
      legend: { labelColor: ink, labelFontSize: 11 },
    },
    layer: [
      drawRules(
        breaks.map((time) => ({ time })),
        '#8c959f',
        [4, 3],
      ),
      drawRules(since, colours.worse, [1, 0]),
      {
        data: { values: rows },
        mark: { type: 'line', point: { size: 22, filled: true }, strokeWidth: 1.2 },
        encoding: {
          x: timeAxis,
          y: {
            field: 'value',
            type: 'quantitative',
            scale: { zero: false, nice: true },
            axis: {
              title: `${cell.metric.name} ${scale.label}`.trim(),
              tickCount: 5,
              domain: false,
              ticks: false,
              gridColor: '#e4e8ec',
            },
          },
          color: {
            field: 'side',
            type: 'nominal',
            scale: { domain: [names.baseline, names.candidate], range: [colours.baseline, colours.candidate] },
            legend: { title: null, orient: 'top', offset: 6 },
          },
        },
      },
    ],
  };
}

const timeAxis = {
  field: 'time',
  type: 'temporal',
  scale: { type: 'utc' },
  axis: { title: null, format: '%d %b %Y', tickCount: 8, labelOverlap: true, gridOpacity: 0, domainColor: '#8c959f' },
};

function drawRules(values: readonly { readonly time: string }[], color: string, strokeDash: readonly number[]): object {
  return {
    data: { values },
    mark: { type: 'rule', color, strokeDash, strokeWidth: 1.5, opacity: 1 },
    encoding: { x: timeAxis },
  };
}

function nameSides({ baseline, candidate }: Point['night']): { baseline: string; candidate: string } {
  if (baseline.profile !== candidate.profile) return { baseline: baseline.profile, candidate: candidate.profile };
  return { baseline: `${baseline.profile} (baseline)`, candidate: `${candidate.profile} (candidate)` };
}

function geometricMean(values: readonly number[]): number {
  return Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length);
}
