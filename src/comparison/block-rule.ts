import { approximateAlignedP, type Block, compareAlignedRanks } from '../statistics/aligned-rank-test.ts';
import { computeAlignedShifts } from '../statistics/aligned-shift.ts';
import { computeDetectableAlignedShift } from '../statistics/detectable-aligned-shift.ts';
import type { Random } from '../statistics/random.ts';
import { manyValues } from './many-values.ts';
import { bothConfidences, describeSameness, detectByWidth, toBoth, toInterval, toScale } from './sample-rule.ts';
import { detectionPower, type Shift } from './shift.ts';

export interface BlockRuleInput {
  readonly scale: Shift['scale'];
  /** At least one with both sides; values above zero for the scale `ratio`. */
  readonly blocks: readonly Block[];
  readonly level: number;
  readonly random: Random;
}

/**
 * Rule `block`: what drifts between the blocks is taken out by aligning each on its own median; labels are permuted
 * within blocks, and the Hodges-Lehmann shift is that of the aligned values (of logarithms for a ratio).
 * Blocks that lack a side say nothing and are left out; at least one must remain.
 */
export function compareBlocks({ scale, blocks, level, random }: BlockRuleInput): Shift {
  const scaled = scaleBlocks(blocks, scale);
  const left = blocks.length - scaled.length;
  const warnings = left === 0 ? [] : [`${left} of ${blocks.length} blocks have one side only and are left out.`];
  const [wide, narrow] = toBoth(computeAlignedShifts(scaled, bothConfidences));
  const { estimate } = wide;
  const detect = () => {
    const byWidth = detectByWidth(wide, countValues(scaled), level);
    if (byWidth !== null) return byWidth;
    const centre = (block: Block) => ({ ...block, candidate: block.candidate.map((value) => value - estimate) });
    return computeDetectableAlignedShift({ blocks: scaled.map(centre), level, power: detectionPower, random });
  };
  return {
    scale,
    estimate,
    interval95: toInterval(wide),
    interval90: toInterval(narrow),
    ...testAlignedRanks(scaled, random),
    detectable: scale === 'ratio' ? detect() : null,
    sameness: describeSameness(...scaled.flatMap(({ baseline, candidate }) => [baseline, candidate])),
    untested: null,
    warnings,
  };
}

/** Those with both sides, of logarithms for a ratio. */
export function scaleBlocks(blocks: readonly Block[], scale: Shift['scale']): readonly Block[] {
  return blocks
    .filter(({ baseline, candidate }) => baseline.length > 0 && candidate.length > 0)
    .map(({ baseline, candidate }) => ({ baseline: toScale(baseline, scale), candidate: toScale(candidate, scale) }));
}

/** The permutation test, or its normal limit where drawing would take too long. */
export function testAlignedRanks(blocks: readonly Block[], random: Random): { p: number; pMethod: string } {
  if (countValues(blocks) <= manyValues)
    return { p: compareAlignedRanks(blocks, { random }).p, pMethod: 'aligned-rank' };
  return { p: approximateAlignedP(blocks), pMethod: 'normal-aligned-rank' };
}

function countValues(blocks: readonly Block[]): number {
  return blocks.reduce((sum, { baseline, candidate }) => sum + baseline.length + candidate.length, 0);
}
