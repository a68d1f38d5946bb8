import { computeRankVariance, type RankSumMoments } from '../../../src/statistics/mann-whitney-test.ts';
import { computeMidranks } from '../../../src/statistics/midranks.ts';
import { normalCdf } from '../../../src/statistics/normal.ts';
import { computeMedian } from '../../../src/statistics/quantile.ts';
import type { PeerRule, TwoSides } from './rule.ts';

/** At or below: different. */
const lowThreshold = 0.01;

/**
 * Above: the same. By the number of values a side from 1, for changes of one interquartile range, the size that its
 * performance comparisons look for by default; for more values the last one holds.
 * Source: Chromium, catapult, `dashboard/pinpoint/models/compare/thresholds.py` (BSD-3-Clause).
 */
const highThresholds = [
  1, 0.6986, 1, 0.8853, 1, 0.9362, 0.8984, 0.7929, 0.6589, 0.5708, 0.4702, 0.4026, 0.3299, 0.2803, 0.2291, 0.181,
  0.1579, 0.1329, 0.1084, 0.0859, 0.0702, 0.0558, 0.0456, 0.0364, 0.0313, 0.0239, 0.0196, 0.0143, 0.0123, 0.0095,
  0.0078, 0.0063, 0.0048, 0.0039, 0.0032,
];

/** Mann-Whitney by the normal approximation at every size, corrected for ties and continuity. */
export function computePinpointRankP({ baseline, candidate }: TwoSides): number {
  const { ranks, tieSizes } = computeMidranks([...baseline, ...candidate]);
  const [baselineSize, candidateSize] = [baseline.length, candidate.length];
  const rankSum = ranks.subarray(baselineSize).reduce((sum, rank) => sum + rank, 0);
  const candidateWins = rankSum - (candidateSize * (candidateSize + 1)) / 2;
  const moments: RankSumMoments = { candidateWins, baselineSize, candidateSize, tieSizes };
  const variance = computeRankVariance(moments);
  if (variance === 0) return 1;
  const pairs = baselineSize * candidateSize;
  const larger = Math.max(candidateWins, pairs - candidateWins);
  return 2 * normalCdf(-Math.abs((larger - (pairs / 2 + 0.5)) / Math.sqrt(variance)));
}

/** Kolmogorov and Smirnov by the asymptotic series with Stephens' correction for small sides, ties disregarded. */
export function computePinpointShapeP({ baseline, candidate }: TwoSides): number {
  const share = (values: readonly number[], limit: number) =>
    values.filter((value) => value <= limit).length / values.length;
  const distance = Math.max(
    ...[...baseline, ...candidate].map((limit) => Math.abs(share(baseline, limit) - share(candidate, limit))),
  );
  const root = Math.sqrt((baseline.length * candidate.length) / (baseline.length + candidate.length));
  return computeKolmogorovTail((root + 0.12 + 0.11 / root) * distance);
}

/** The smaller of both p decides between different, same and "take more data". */
export const pinpoint: PeerRule = {
  name: 'Pinpoint',
  decide: (sides) => {
    const p = Math.min(computePinpointRankP(sides), computePinpointShapeP(sides));
    const count = Math.round((sides.baseline.length + sides.candidate.length) / 2);
    const highThreshold = highThresholds[Math.min(count, highThresholds.length) - 1] ?? 1;
    const difference = computeMedian(sides.candidate) - computeMedian(sides.baseline);
    const found = p > lowThreshold ? null : difference > 0 ? 'up' : 'down';
    return { found, same: p > lowThreshold && p > highThreshold, score: p };
  },
};

/** P(K > x) for Kolmogorov's distribution. */
function computeKolmogorovTail(x: number): number {
  if (x < 1e-12) return 1;
  let tail = 0;
  for (let term = 1; term <= 1000; term += 1) {
    const size = Math.exp(-2 * term * term * x * x);
    tail += term % 2 === 1 ? size : -size;
    if (size < 1e-17 * Math.abs(tail)) break;
  }
  return Math.min(1, Math.max(0, 2 * tail));
}
