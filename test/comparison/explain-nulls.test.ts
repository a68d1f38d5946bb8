import { describe, expect, it } from 'vitest';
import { explainNulls } from '../../src/comparison/explain-nulls.ts';

describe('explainNulls', () => {
  it('finds every null and the nearest reason', () => {
    const fields = { p: null, baseline: { n: 0, q1: null, replies: null }, ratio: { interval95: [1, 2] } };
    const reasons = { p: 'a', baseline: 'b', 'baseline.replies': 'c', unused: 'd' };
    expect(explainNulls(fields, reasons)).toEqual({ p: 'a', 'baseline.q1': 'b', 'baseline.replies': 'c' });
  });

  it('does not let a null pass without a reason', () => {
    expect(() => explainNulls({ ratio: { interval95: null } }, {})).toThrow('no reason is known why ratio is null');
  });
});
