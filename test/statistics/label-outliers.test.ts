import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { labelOutliers } from '../../src/statistics/label-outliers.ts';

describe('labelOutliers', () => {
  it('labels what is further than 3 interquartile ranges from the quartiles, on either end', () => {
    expect(labelOutliers([1, 2, 3, 4, 5, 30])).toEqual([false, false, false, false, false, true]);
    expect(labelOutliers([-30, 1, 2, 3, 4, 5])).toEqual([true, false, false, false, false, false]);
    // Quartiles 2.25 and 4.75 when the last is at least 5: the limit is 12.25.
    expect(labelOutliers([1, 2, 3, 4, 5, 12.25])).not.toContain(true);
    expect(labelOutliers([1, 2, 3, 4, 5, 12.26])).toContain(true);
  });

  it('labels nothing where there is no range to measure by, or too few values', () => {
    expect(labelOutliers([])).toEqual([]);
    expect(labelOutliers([5])).toEqual([false]);
    expect(labelOutliers([0, 0, 0, 1e9])).not.toContain(true);
    expect(labelOutliers([0, 0, 0, 0, 0, 7])).not.toContain(true);
    expect(labelOutliers([-1e308, 1e308, -1e308, 1e308, 0])).not.toContain(true);
    expect(() => labelOutliers([1, Infinity])).toThrow('found Infinity');
  });

  it('does not care about scale, and changes no input', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -100, max: 100 }), { minLength: 1 }), (values) => {
        const found = labelOutliers(Object.freeze(values));
        expect(labelOutliers(values.map((value) => value * 8))).toEqual(found);
        expect(labelOutliers(values.map((value) => -value))).toEqual(found);
      }),
    );
  });
});
