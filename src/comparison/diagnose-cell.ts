import { splitModes } from '../statistics/mode-split.ts';
import { testOrderEffect } from '../statistics/order-effect.ts';
import { computeMedian } from '../statistics/quantile.ts';
import { correlateRanks } from '../statistics/spearman.ts';
import { formatNumber } from '../units.ts';
import { sides as sideNames } from '../vocabulary.ts';
import { findAutocorrelation } from './autocorrelation.ts';
import type { CellData, SampleEntry } from './cell-data.ts';
import type { Diagnostic } from './comparison.schema.ts';
import { findNoiseRegime } from './noise-regime.ts';
import { collectResiduals, type ResidualSeries } from './residual-series.ts';
import { toScale } from './sample-rule.ts';
import type { Shift } from './shift.ts';

/**
 * Levels of the single diagnostics. Together, and with the outliers, they must make at most 5 % of the cells of
 * independent data inconclusive; simulated, they do so for 2 to 4 %. Centring each side makes the drift test of few
 * fresh starts about twice as eager as its level says.
 */
const levels = { drift: 0.005, autocorrelation: 0.01, 'order effect': 0.01, 'noise regime': 0.01, modes: 0.005 };

/** A weaker correlation does no harm, however sure it is on very many values. */
const leastDrift = 0.1;

/** Four values in ascending order are soon there by chance, or because somebody sorted them. */
const fewestForDrift = 5;

/** Fewer observations a side have no modes to speak of. */
const fewestForModes = 10;

/** More missing than this share makes a row inconclusive. */
const mostMissing = 0.1;

/** Everything that was looked at beside the figures, in a fixed order; what cannot be looked at is left out. */
export function diagnoseCell(cell: CellData, scale: Shift['scale'], seed: number): readonly Diagnostic[] {
  const series = collectResiduals(cell, scale);
  if (series.baseline.length === 0 || series.candidate.length === 0) return [];
  return [
    ...findDrift(series),
    ...findAutocorrelation(series, `${seed}:${cell.id}:autocorrelation`, levels.autocorrelation),
    ...findOrderEffect(cell, scale),
    ...findNoiseRegime(cell, scale, levels['noise regime']),
    ...findModes(series),
    ...findMissing(cell),
    ...findDisturbance(cell),
  ];
}

/** No matter of chance, and of no interest where there is none. */
function findDisturbance({ circumstances }: CellData): readonly Diagnostic[] {
  const found = circumstances?.disturbances ?? [];
  return found.length === 0 ? [] : [{ kind: 'disturbance', fired: true, finding: found.join(', ') }];
}

/** Both sides together against the place within their side: interleaved sides drift alike. */
function findDrift(series: ResidualSeries): readonly Diagnostic[] {
  if (Math.min(series.baseline.length, series.candidate.length) < fewestForDrift) return [];
  const places = sideNames.flatMap((side) => series[side].map((_, index) => (index + 0.5) / series[side].length));
  const values = sideNames.flatMap((side) => series[side].map(({ value }) => value));
  const found = correlateRanks(places, values);
  if (found.kind === 'constant') return [];
  const { coefficient, p } = found;
  const fired = p <= levels.drift && Math.abs(coefficient) >= leastDrift;
  const change = fired ? `values ${coefficient > 0 ? 'rise' : 'fall'}` : 'no change of the values is shown';
  const finding = `${change} in the course of the run (rank correlation ${showSigned(coefficient)}, ${showP(p)})`;
  return [{ kind: 'drift', fired, p, finding }];
}

/** Needs blocks with both sides of which the order is known. */
function findOrderEffect(cell: CellData, scale: Shift['scale']): readonly Diagnostic[] {
  const blocks = [...Map.groupBy(listOrdered(cell), ({ block }) => block).values()];
  const differences = blocks.flatMap((entries) => {
    const of = (side: string) => entries.filter((entry) => entry.side === side);
    const [baseline, candidate] = [of('baseline'), of('candidate')];
    if (baseline.length === 0 || candidate.length === 0) return [];
    const difference = computeCentre(candidate, scale) - computeCentre(baseline, scale);
    return [{ difference, baselineFirst: firstOrder(baseline) < firstOrder(candidate) }];
  });
  const pick = (first: boolean) =>
    differences.filter(({ baselineFirst }) => baselineFirst === first).map(({ difference }) => difference);
  const found = testOrderEffect({ baselineFirst: pick(true), candidateFirst: pick(false) });
  if (found.kind === 'one-order') return [];
  const fired = found.p <= levels['order effect'];
  const finding = `${fired ? 'it matters' : 'it is not shown to matter'} which side of a block comes first (${showP(found.p)})`;
  return [{ kind: 'order effect', fired, p: found.p, finding }];
}

interface OrderedEntry {
  readonly side: string;
  readonly block: number;
  readonly order: number;
  readonly values: readonly number[];
}

function listOrdered(cell: CellData): readonly OrderedEntry[] {
  return sideNames.flatMap((side) =>
    cell[side].flatMap(({ block, order, values }) =>
      block === undefined || order === undefined || values.length === 0 ? [] : [{ side, block, order, values }],
    ),
  );
}

function computeCentre(entries: readonly OrderedEntry[], scale: Shift['scale']): number {
  const medians = entries.map(({ values }) => computeMedian(toScale(values, scale)));
  return medians.reduce((sum, median) => sum + median / medians.length, 0);
}

function firstOrder(entries: readonly OrderedEntry[]): number {
  return entries.reduce((first, { order }) => Math.min(first, order), Infinity);
}

/** Only where the sides share the modes differently: a difference of another kind than a shift. */
function findModes({ baseline, candidate }: ResidualSeries): readonly Diagnostic[] {
  if (Math.min(baseline.length, candidate.length) < fewestForModes) return [];
  const split = splitModes(
    baseline.map(({ value }) => value),
    candidate.map(({ value }) => value),
  );
  if (split === null) return [];
  const share = (above: number) => `${Math.round(above * 100)} %`;
  const finding = `the values fall into two modes, in the upper one are ${share(split.baselineAbove)} of the baseline and ${share(split.candidateAbove)} of the candidate (${showP(split.p)})`;
  return [{ kind: 'modes', fired: split.p <= levels.modes, p: split.p, finding }];
}

function findMissing({ baseline, candidate, circumstances }: CellData): readonly Diagnostic[] {
  const counts = circumstances?.counts ?? { baseline: countFailed(baseline), candidate: countFailed(candidate) };
  const missing = {
    baseline: Math.max(0, counts.baseline.expected - counts.baseline.found),
    candidate: Math.max(0, counts.candidate.expected - counts.candidate.found),
  };
  if (missing.baseline + missing.candidate === 0) return [];
  const share = (side: 'baseline' | 'candidate') => missing[side] / counts[side].expected;
  const isUnequal = share('baseline') !== share('candidate');
  const fired = isUnequal || Math.max(share('baseline'), share('candidate')) > mostMissing;
  const shown = sideNames.map((side) => `${missing[side]} of ${counts[side].expected} of the ${side}`).join(' and ');
  return [{ kind: 'missing samples', fired, finding: `${shown} are missing` }];
}

function countFailed(entries: readonly SampleEntry[]): { expected: number; found: number } {
  const found = entries.reduce((sum, { values }) => sum + values.length, 0);
  return { expected: entries.reduce((sum, { failed = 0 }) => sum + failed, found), found };
}

function showP(p: number): string {
  return p < 0.0001 ? 'p < 0.0001' : `p ${formatNumber(p)}`;
}

function showSigned(coefficient: number): string {
  return `${coefficient > 0 ? '+' : '−'}${Math.abs(coefficient).toFixed(2)}`;
}
