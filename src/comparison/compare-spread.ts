import { computeMedian } from '../statistics/quantile.ts';
import type { Random } from '../statistics/random.ts';
import { compareDistances, computeSpreadInterval, type SpreadStratum } from '../statistics/spread-test.ts';
import type { CellData } from './cell-data.ts';
import type { Interval } from './comparison.schema.ts';
import { manyDistances, manyValues } from './many-values.ts';
import { approximateSpread } from './normal-spread.ts';
import { collectBlocks, collectDeployments, joinValues } from './observations.ts';
import { toScale } from './sample-rule.ts';
import type { Shift } from './shift.ts';
import type { NoSpread, Spread } from './spread.ts';

/**
 * The spread of the values around the median of their own side in their deployment (`deployment`), in their block
 * (`block`) or altogether (`sample`), relative because of logarithms. Labels are permuted as whole deployments, within
 * blocks, or freely. Swapping the sides inverts the ratio and changes nothing else.
 */
export function compareCellSpread(
  cell: Pick<CellData, 'baseline' | 'candidate' | 'observation'>,
  scale: Shift['scale'],
  random: Random,
): Spread | NoSpread {
  if (scale === 'difference') return { because: 'a metric that can be zero has no relative spread' };
  const strata = collectStrata(cell).filter(({ baseline, candidate }) => baseline.length > 0 && candidate.length > 0);
  if (strata.length === 0) return { because: noScatter[cell.observation] };
  const [baseline, candidate] = [sumSide(strata, 'baseline'), sumSide(strata, 'candidate')];
  if (baseline === 0 && candidate === 0) return { because: 'no value differs from the median of its group' };
  if (baseline === 0 || candidate === 0) return { because: 'one side does not vary, so there is no ratio' };
  return testStrata(strata, cell.observation, random);
}

const noScatter = {
  deployment: 'one sample a deployment; 2 needed on either side',
  block: 'one sample a side in each block; 2 needed on both sides',
  sample: 'one sample on a side; 2 needed on both',
};

/** p in steps of 0.00001, and of 0.0001 where ten times as many draws would take a tenth of a second and more. */
const [allDraws, fewDraws] = [99_999, 9999];

function testStrata(strata: readonly SpreadStratum[], observation: CellData['observation'], random: Random) {
  const count = strata.reduce((sum, stratum) => sum + stratum.baseline.length + stratum.candidate.length, 0);
  if (count > manyDistances) return approximateSpread(strata);
  // The side that spreads more stands second, so that swapped sides draw the same.
  const isSwapped = averageSide(strata, 'candidate') < averageSide(strata, 'baseline');
  const ordered = isSwapped
    ? strata.map(({ baseline, candidate }) => ({ baseline: candidate, candidate: baseline }))
    : strata;
  const test = compareDistances(ordered, { random, resamples: count > manyValues ? fewDraws : allDraws });
  if (test.kind === 'constant') return { because: 'no value differs from the median of its group' };
  const unit = observation === 'block' ? ('blocks' as const) : ('entries' as const);
  const interval = computeSpreadInterval(ordered, { unit, random });
  return {
    ratio: isSwapped ? 1 / test.ratio : test.ratio,
    interval95: interval !== null && isSwapped ? ([1 / interval[1], 1 / interval[0]] as Interval) : interval,
    p: test.p,
    pMethod: 'permutation' as const,
  };
}

function collectStrata(cell: Pick<CellData, 'baseline' | 'candidate' | 'observation'>): readonly SpreadStratum[] {
  switch (cell.observation) {
    case 'deployment':
      return [{ baseline: listMeanDistances(cell.baseline), candidate: listMeanDistances(cell.candidate) }];
    case 'block':
      return collectBlocks(cell).map(({ baseline, candidate }) => ({
        baseline: listDistances(baseline),
        candidate: listDistances(candidate),
      }));
    case 'sample':
      return [
        { baseline: listDistances(joinValues(cell.baseline)), candidate: listDistances(joinValues(cell.candidate)) },
      ];
  }
}

/** One number a deployment; ascending, so that their order does not matter. */
function listMeanDistances(entries: CellData['baseline']): readonly number[] {
  return collectDeployments(entries)
    .map(({ values }) => listDistances(values))
    .filter((distances) => distances.length > 0)
    .map((distances) => distances.reduce((sum, distance) => sum + distance, 0) / distances.length)
    .sort((left, right) => left - right);
}

/** |ln value - median of them|, ascending; a single value has no distance from others. */
function listDistances(values: readonly number[]): readonly number[] {
  if (values.length < 2) return [];
  const logarithms = toScale(values, 'ratio');
  const centre = computeMedian(logarithms);
  return Array.from(Float64Array.from(logarithms, (value) => Math.abs(value - centre)).sort());
}

function sumSide(strata: readonly SpreadStratum[], side: keyof SpreadStratum): number {
  return strata.reduce((sum, stratum) => stratum[side].reduce((partial, distance) => partial + distance, sum), 0);
}

function averageSide(strata: readonly SpreadStratum[], side: keyof SpreadStratum): number {
  return sumSide(strata, side) / strata.reduce((sum, stratum) => sum + stratum[side].length, 0);
}
