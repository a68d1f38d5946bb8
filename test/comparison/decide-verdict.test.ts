import { describe, expect, it } from 'vitest';
import { decideVerdict } from '../../src/comparison/decide-verdict.ts';
import twoSample from '../fixtures/statistics/two-sample-values.json' with { type: 'json' };

const ratio = (estimate: number, interval90: [number, number] | null) =>
  ({ scale: 'ratio', estimate, interval90, sameness: null }) as const;
const difference = (estimate: number, interval90: [number, number]) =>
  ({ scale: 'difference', estimate, interval90, sameness: null }) as const;

describe('decideVerdict on ratios', () => {
  it.each(twoSample.verdicts.cases)('agrees with the reference: e $e, p $p, margin $delta is $verdict', (reference) => {
    const { e, p, ci90, delta, verdict } = reference;
    const [low = NaN, high = NaN] = ci90;
    const question = { pAdjusted: p, margin: delta };
    expect(decideVerdict({ ...question, shift: ratio(e, [low, high]), better: 'higher' }).verdict).toBe(verdict);
    // The mirror image, for a metric of which less is better, is the same news.
    expect(decideVerdict({ ...question, shift: ratio(-e, [-high, -low]), better: 'lower' }).verdict).toBe(verdict);
  });

  const table = [
    [
      'beyond the margin, no chance',
      0.03,
      [0.02, 0.04],
      0.01,
      'regressed',
      '+3.05 % exceeds the margin of 2 %, adjusted p 0.0100',
    ],
    [
      'better, no chance',
      -0.03,
      [-0.04, -0.02],
      0.01,
      'improved',
      '−2.96 % exceeds the margin of 2 %, adjusted p 0.0100',
    ],
    [
      'at the level exactly',
      0.03,
      [0.001, 0.059],
      0.05,
      'regressed',
      '+3.05 % exceeds the margin of 2 %, adjusted p 0.0500',
    ],
    [
      'beyond the margin, perhaps chance',
      0.03,
      [-0.01, 0.07],
      0.2,
      'inconclusive',
      '+3.05 % exceeds the margin of 2 %, but may be chance (adjusted p 0.200)',
    ],
    [
      'no chance, perhaps small',
      0.015,
      [0.009, 0.021],
      0.01,
      'inconclusive',
      '+1.51 % is no chance (adjusted p 0.0100), but may be smaller than the margin of 2 %',
    ],
    [
      'too wide',
      0.001,
      [-0.03, 0.032],
      0.9,
      'inconclusive',
      'the 90 % interval (−2.96 % to +3.25 %) reaches beyond the margin of 2 %',
    ],
    [
      'small and no chance',
      0.004,
      [0.002, 0.006],
      0.001,
      'unchanged',
      'the 90 % interval (+0.20 % to +0.60 %) lies inside the margin of 2 %',
    ],
    ['tiny p', 0.03, [0.02, 0.04], 1e-15, 'regressed', '+3.05 % exceeds the margin of 2 %, adjusted p < 0.0001'],
  ] as const;
  it.each(table)('%s', (_, estimate, [low, high], pAdjusted, verdict, reason) => {
    const question = { shift: ratio(estimate, [low, high]), pAdjusted, better: 'lower', margin: 0.02 } as const;
    expect(decideVerdict(question)).toEqual({ verdict, reason });
  });

  it('does not take an interval that only touches the margin', () => {
    const edge = Math.log1p(0.02);
    const question = { pAdjusted: 0.5, better: 'lower', margin: 0.02 } as const;
    expect(decideVerdict({ ...question, shift: ratio(0, [-edge, 0]) }).verdict).toBe('inconclusive');
    expect(decideVerdict({ ...question, shift: ratio(0, [0, edge]) }).verdict).toBe('inconclusive');
    expect(decideVerdict({ ...question, shift: ratio(0, null) }).verdict).toBe('inconclusive');
  });
});

describe('decideVerdict on differences', () => {
  it('judges the direction alone', () => {
    const question = { pAdjusted: 0.03, margin: null } as const;
    expect(decideVerdict({ ...question, shift: difference(0.1, [0.01, 0.2]), better: 'lower' }).verdict).toBe(
      'regressed',
    );
    expect(decideVerdict({ ...question, shift: difference(-0.1, [-0.2, -0.01]), better: 'lower' }).verdict).toBe(
      'improved',
    );
    expect(decideVerdict({ ...question, shift: difference(0.1, [0.01, 0.2]), better: 'higher' }).verdict).toBe(
      'improved',
    );
  });

  it('cannot show equality without a margin, unless everything is equal', () => {
    const question = { better: 'lower', margin: null } as const;
    const near = decideVerdict({ ...question, shift: difference(0, [-1e-9, 1e-9]), pAdjusted: 1 });
    expect(near).toEqual({
      verdict: 'inconclusive',
      reason: 'no difference is shown (adjusted p 1.00), and without a margin none can be excluded',
    });
    expect(decideVerdict({ ...question, shift: difference(0, [0, 0]), pAdjusted: 1 }).verdict).toBe('inconclusive');
    const same = { ...difference(0, [0, 0]), sameness: 'nothing differs' };
    expect(decideVerdict({ ...question, shift: same, pAdjusted: 1 })).toEqual({
      verdict: 'unchanged',
      reason: 'nothing differs',
    });
  });
});
