import { describe, expect, it } from 'vitest';
import { describeContext } from '../../reports/describe-context.ts';
import { createQuietComparison } from './comparison-factory.ts';

const lines = (context: object) => {
  const comparison = createQuietComparison();
  if (comparison.context === null) throw new Error('a comparison of runs has a context');
  return describeContext({ ...comparison, context: { ...comparison.context, ...context } });
};
const booted = /^The host was booted into each side in turn: /;

describe('what is said of a measurement', () => {
  it('names the boots a side where the sides alternate by boot', () => {
    expect(lines({ boots: { baseline: 5, candidate: 5 } })).toContain(
      'The host was booted into each side in turn: 5 boots a side, each with one fresh start of every guest. A boot is one observation.',
    );
    expect(lines({ boots: { baseline: 1, candidate: 4 } }).find((line) => booted.test(line))).toContain(
      '1 boot of the baseline, 4 of the candidate, each',
    );
    expect(lines({}).some((line) => booted.test(line))).toBe(false);
  });

  it('says that hosts of the lab are emulated', () => {
    const emulated = /^The hosts are emulated/;
    expect(lines({ topology: 'lab' }).some((line) => emulated.test(line))).toBe(true);
    expect(lines({ topology: 'inventory' }).some((line) => emulated.test(line))).toBe(false);
  });
});
