import { approximateP, compareRanks } from '../../../src/statistics/mann-whitney-test.ts';
import { computeMidranks } from '../../../src/statistics/midranks.ts';
import { computeMedian } from '../../../src/statistics/quantile.ts';
import { answer, type PeerRule, type TwoSides } from './rule.ts';

const alpha = 0.05;

/** Largest side for which benchstat counts instead of approximating. */
const largestExact = { withoutTies: 50, withTies: 25 };

/**
 * p of benchstat's default test (golang.org/x/perf, `benchmath`): Mann-Whitney, exact up to 50 values a side, up to 25
 * with ties, beyond that the normal approximation with corrections for ties and continuity; 1 when all values are equal.
 */
export function computeBenchstatP({ baseline, candidate }: TwoSides): number {
  const { tieSizes } = computeMidranks([...baseline, ...candidate]);
  const largest = tieSizes.length === 0 ? largestExact.withoutTies : largestExact.withTies;
  const test = compareRanks(baseline, candidate);
  if (Math.max(baseline.length, candidate.length) <= largest) return test.p;
  const [baselineSize, candidateSize] = [baseline.length, candidate.length];
  return approximateP({ candidateWins: test.candidateWins, baselineSize, candidateSize, tieSizes });
}

/** The difference is reported when p is at most 0.05. */
export const benchstat: PeerRule = {
  name: 'benchstat',
  decide: (sides) => {
    const p = computeBenchstatP(sides);
    return answer(p <= alpha, computeMedian(sides.candidate) - computeMedian(sides.baseline), p);
  },
};
