import { answer, computeMean, type PeerRule } from './rule.ts';

const alertThreshold = 2;

/**
 * github-action-benchmark at its default: one value a commit, here the mean, and an alert when it has become worse by
 * more than a factor of 2. Both directions are looked at, so that it is asked the same as the other rules.
 */
export const githubActionBenchmark: PeerRule = {
  name: 'github-action-benchmark',
  decide: ({ baseline, candidate }) => {
    const ratio = computeMean(candidate) / computeMean(baseline);
    const isFound = ratio > alertThreshold || 1 / ratio > alertThreshold;
    return answer(isFound, ratio - 1, -Math.abs(Math.log(ratio)));
  },
};
