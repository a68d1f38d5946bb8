import type { Block } from '../statistics/aligned-rank-test.ts';
import { computeAlignedShift } from '../statistics/aligned-shift.ts';
import { normalCdf, normalQuantile } from '../statistics/normal.ts';
import { createRandom } from '../statistics/random.ts';
import { scaleBlocks, testAlignedRanks } from './block-rule.ts';
import { readPlacement } from './cell-placement.ts';
import type { Headline, Interval } from './comparison.schema.ts';
import { computeObservations } from './deployment-rule.ts';
import type { MeasuredCell } from './measure-cell.ts';
import { collectBlocks, collectDeployments, joinValues } from './observations.ts';
import { toInterval } from './sample-rule.ts';

/**
 * One stratified aligned-rank test per test over all its primary cells: the labels are permuted within each cell (each
 * block of it), the residuals ranked over all of them. Cells that are invalid, lack a side or have no ratio are left
 * out. Ids that name no test are taken together by metric.
 */
export function testHeadlines(measured: readonly MeasuredCell[], seed: number): Headline[] {
  const usable = measured.filter(
    ({ cell, shift, scale }) =>
      cell.role === 'primary' &&
      shift !== null &&
      scale === 'ratio' &&
      (cell.circumstances?.invalid ?? []).length === 0,
  );
  const groups = Map.groupBy(usable, ({ cell: { id, metric } }) =>
    JSON.stringify([readPlacement(id)?.test ?? null, metric.name, metric.unit, metric.better]),
  );
  return [...groups].flatMap(([key, cells]) => testGroup(cells, `${seed}:headline:${key}`));
}

function testGroup(cells: readonly MeasuredCell[], seed: string): Headline[] {
  const [first] = cells;
  // The order of the cells must not show in what is drawn.
  const ordered = cells.toSorted((left, right) => (left.cell.id < right.cell.id ? -1 : 1));
  const strata = ordered.flatMap(listStrata);
  if (first === undefined || strata.length === 0) return [];
  const { interval, ...shift } = combineStrata(strata, cells, seed);
  const [low, high] = interval === null ? [0, 0] : [Math.exp(interval[0]), Math.exp(interval[1])];
  const estimate = Math.exp(shift.estimate);
  if (!(estimate > 0 && estimate < Infinity)) return [];
  return [
    {
      test: readPlacement(first.cell.id)?.test ?? null,
      metric: { ...first.cell.metric },
      cells: cells.length,
      ratio: { estimate, interval95: low > 0 && high < Infinity ? [low, high] : null },
      p: shift.p,
      pMethod: shift.pMethod,
    },
  ];
}

/** From this many values on the ranks of all together take longer than the cells themselves. */
const manyValues = 20_000;

interface Combined {
  readonly estimate: number;
  readonly interval: Interval | null;
  readonly p: number;
  readonly pMethod: string;
}

function combineStrata(strata: readonly Block[], cells: readonly MeasuredCell[], seed: string): Combined {
  const count = strata.reduce((sum, { baseline, candidate }) => sum + baseline.length + candidate.length, 0);
  const combined = count > manyValues ? weighShifts(cells) : null;
  if (combined !== null) return combined;
  const shift = computeAlignedShift(strata);
  return {
    estimate: shift.estimate,
    interval: toInterval(shift),
    ...testAlignedRanks(strata, createRandom(seed)),
  };
}

/**
 * The mean of the cells' shifts, each weighted by the inverse of its variance as its interval tells it; normal in the
 * limit of many values (fixed-effect meta-analysis). null where a cell has no interval, or one without width.
 */
function weighShifts(cells: readonly MeasuredCell[]): Combined | null {
  const wide = 2 * normalQuantile(0.975);
  const parts = cells.map(({ shift }) => {
    const [low, high] = shift?.interval95 ?? [0, 0];
    return { estimate: shift?.estimate ?? 0, weight: (wide / (high - low)) ** 2 };
  });
  const total = parts.reduce((sum, { weight }) => sum + weight, 0);
  if (!(total < Infinity)) return null;
  const estimate = parts.reduce((sum, part) => sum + (part.estimate * part.weight) / total, 0);
  const error = 1 / Math.sqrt(total);
  const reach = normalQuantile(0.975) * error;
  const p = 2 * normalCdf(-Math.abs(estimate) / error);
  return { estimate, interval: [estimate - reach, estimate + reach], p, pMethod: 'weighted-shifts' };
}

function listStrata({ cell }: MeasuredCell): readonly Block[] {
  switch (cell.observation) {
    case 'block':
      return scaleBlocks(collectBlocks(cell), 'ratio');
    case 'sample':
      return scaleBlocks([{ baseline: joinValues(cell.baseline), candidate: joinValues(cell.candidate) }], 'ratio');
    case 'deployment': {
      const observe = (entries: typeof cell.baseline) => computeObservations(collectDeployments(entries), 'ratio');
      return [{ baseline: observe(cell.baseline), candidate: observe(cell.candidate) }];
    }
  }
}
