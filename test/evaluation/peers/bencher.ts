import { computeMedian } from '../../../src/statistics/quantile.ts';
import { studentTQuantile } from '../../../src/statistics/student-t.ts';
import { answer, computeMean, type PeerRule } from './rule.ts';

const boundary = 0.99;

/**
 * Limits of Bencher's t test for one more value: mean of the history ± t quantile x its population standard deviation,
 * history - 1 degrees of freedom (bencherdev/bencher, `lib/bencher_boundary`). Null for a constant history or one value.
 */
export function computeBencherLimits(history: readonly number[], level = boundary): [number, number] | null {
  const mean = computeMean(history);
  const deviation = Math.sqrt(computeMean(history.map((value) => (value - mean) ** 2)));
  if (history.length < 2 || deviation === 0) return null;
  const reach = studentTQuantile(level, history.length - 1) * deviation;
  return [mean - reach, mean + reach];
}

/** Whether the candidate's value, here its median, lies outside the limits drawn from the values of the baseline. */
export const bencher: PeerRule = {
  name: 'Bencher t test',
  decide: ({ baseline, candidate }) => {
    const limits = computeBencherLimits(baseline);
    if (limits === null) return answer(false, 0, 0);
    const [value, centre, reach] = [computeMedian(candidate), (limits[0] + limits[1]) / 2, (limits[1] - limits[0]) / 2];
    return answer(Math.abs(value - centre) > reach, value - centre, -Math.abs(value - centre) / reach);
  },
};
