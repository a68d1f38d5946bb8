import { compareMeans } from '../../../src/statistics/welch.ts';
import { answer, type PeerRule } from './rule.ts';

/** Node.js, `benchmark/compare.R`: Welch's t test on all values, a star below 0.05. */
export const nodeWelch: PeerRule = {
  name: 'node',
  decide: ({ baseline, candidate }) => {
    const test = compareMeans(baseline, candidate);
    const p = test.kind === 'tested' ? test.p : test.difference === 0 ? 1 : 0;
    return answer(p < 0.05, test.difference, p);
  },
};
