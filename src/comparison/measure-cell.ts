import { createRandom } from '../statistics/random.ts';
import { type Side, sides as sideNames } from '../vocabulary.ts';
import { compareBlocks, scaleBlocks } from './block-rule.ts';
import { type CellData, noHistory, type SampleEntry } from './cell-data.ts';
import type { SideSummary } from './comparison.schema.ts';
import { compareDeployments } from './deployment-rule.ts';
import { collectBlocks, collectDeployments, joinValues } from './observations.ts';
import { compareSamples } from './sample-rule.ts';
import type { Shift } from './shift.ts';
import { summarizeSide } from './summarize-side.ts';

/** Everything about a cell's location that does not depend on the other cells. */
export interface MeasuredCell {
  readonly cell: CellData;
  readonly baseline: SideSummary;
  readonly candidate: SideSummary;
  /** Whether the change of this metric is a ratio or, because it can be zero, a difference. */
  readonly scale: Shift['scale'];
  /** null when a side has no data. */
  readonly shift: Shift | null;
  /** Why there is no shift; empty when there is one. */
  readonly noData: string;
  readonly warnings: readonly string[];
}

export interface MeasureOptions {
  readonly seed: number;
  /** Of one test of the family: 0.05 / number of primary cells. */
  readonly level: number;
}

export function measureCell(cell: CellData, options: MeasureOptions): MeasuredCell {
  const { metric, circumstances } = cell;
  const scale = chooseScale(metric, [...cell.baseline, ...cell.candidate]);
  const noData = describeNoData(cell, scale);
  const shift = noData === '' ? computeCellShift(cell, scale, options) : null;
  const summarize = (side: Side) => summarizeSide(collectDeployments(cell[side]), circumstances?.replies?.[side] ?? []);
  const warnings = [
    ...(circumstances?.warnings ?? []),
    ...(scale === 'difference' && !canBeZero(metric)
      ? ['A value of zero or below was measured, so the change is a difference.']
      : []),
    ...(shift?.warnings ?? []),
  ];
  return { cell, baseline: summarize('baseline'), candidate: summarize('candidate'), scale, shift, noData, warnings };
}

/** The rule of the cell's observation. Both sides must have data, and blocks of both where blocks are asked for. */
export function computeCellShift(cell: CellData, scale: Shift['scale'], { seed, level }: MeasureOptions): Shift {
  const random = createRandom(`${seed}:${cell.id}`);
  const { baseline, candidate, history = noHistory } = cell;
  switch (cell.observation) {
    case 'sample':
      return compareSamples({
        scale,
        baseline: joinValues(baseline),
        candidate: joinValues(candidate),
        level,
        random,
      });
    case 'block':
      return compareBlocks({ scale, blocks: collectBlocks(cell), level, random });
    case 'deployment':
      return compareDeployments({
        scale,
        baseline: collectDeployments(baseline),
        candidate: collectDeployments(candidate),
        level,
        history: history.deployments,
        random,
      });
  }
}

/** Shares and counts have zeros in good runs, so their change is a difference from the start. */
function canBeZero({ unit }: CellData['metric']): boolean {
  return unit === '1' || unit === 'count';
}

/** A ratio needs values above zero. */
function chooseScale(metric: CellData['metric'], entries: readonly SampleEntry[]): Shift['scale'] {
  const allPositive = entries.every(({ values }) => values.every((value) => value > 0));
  return canBeZero(metric) || !allPositive ? 'difference' : 'ratio';
}

/** From here on a difference of two values may be no number. */
const largestDifferenced = Number.MAX_VALUE / 4;

function describeNoData(cell: CellData, scale: Shift['scale']): string {
  const empty = sideNames.filter((side) => joinValues(cell[side]).length === 0);
  if (empty.length > 0) {
    const who = empty.length === 2 ? 'either side' : `the ${empty.join()}`;
    return cell.circumstances?.noData || `no measured sample of ${who}`;
  }
  const isTooLarge = sideNames.some((side) =>
    cell[side].some(({ values }) => values.some((value) => Math.abs(value) > largestDifferenced)),
  );
  if (scale === 'difference' && isTooLarge) return 'the values are too large to be subtracted from each other';
  if (cell.observation === 'block' && scaleBlocks(collectBlocks(cell), scale).length === 0) {
    return 'no block has both sides';
  }
  return '';
}
