import { computeWilsonLimits } from './wilson.ts';

/** One of the promises, and whether this run of the evaluation bears it out. */
export interface Mark {
  readonly id: string;
  readonly title: string;
  /** What must hold, in words. */
  readonly limit: string;
  /** The worst that was seen, and where. */
  readonly worst: string;
  readonly cases: number;
  /** Each case that does not keep the limit. */
  readonly misses: readonly string[];
  /** `open`: some case is outside, and there were too few repetitions to say that this is no chance. */
  readonly result: 'pass' | 'miss' | 'open';
}

/** A share that must lie in a range. */
export interface ShareCase {
  readonly name: string;
  readonly count: number;
  readonly of: number;
}

export interface ShareLimit {
  readonly atLeast?: number;
  readonly atMost?: number;
  /** Limit for the upper end of the 95 % interval of the share. */
  readonly upperAtMost?: number;
}

/** From this many repetitions on, a case outside is a miss even if it may be chance. */
const enough = 1000;

export function judgeShares(
  head: Pick<Mark, 'id' | 'title' | 'limit'>,
  cases: readonly ShareCase[],
  limits: ShareLimit,
): Mark {
  const outside = cases.filter((found) => excess(found, limits) > 0);
  const [worst] = [...cases].sort((left, right) => excess(right, limits) - excess(left, limits));
  const isSure = outside.some((found) => found.of >= enough || isBeyondChance(found, limits));
  return {
    ...head,
    worst: worst === undefined ? 'not measured' : describeShare(worst),
    cases: cases.length,
    misses: outside.map(describeShare),
    // What was not measured is not borne out.
    result: cases.length === 0 ? 'open' : outside.length === 0 ? 'pass' : isSure ? 'miss' : 'open',
  };
}

export function describeShare({ name, count, of }: ShareCase): string {
  return `${name}: ${formatShare(of === 0 ? 0 : count / of)}`;
}

export function formatShare(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

/** How far the share is outside of its limits; at most 0 inside. A share of nothing is outside. */
function excess({ count, of }: ShareCase, { atLeast = 0, atMost = 1, upperAtMost = 1 }: ShareLimit): number {
  if (of === 0) return 1;
  const share = count / of;
  return Math.max(share - atMost, atLeast - share, computeWilsonLimits(count, of)[1] - upperAtMost);
}

function isBeyondChance({ count, of }: ShareCase, { atLeast = 0, atMost = 1 }: ShareLimit): boolean {
  if (of === 0) return true;
  const [low, high] = computeWilsonLimits(count, of);
  return low > atMost || high < atLeast;
}
