import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitModes } from '../../src/statistics/mode-split.ts';

describe('splitModes', () => {
  it('has the worked example, and shares of sides that are mixed', () => {
    expect(splitModes([1, 2, 3, 4], [21, 22, 23, 24])).toEqual({
      place: 12.5,
      gapRatio: 17,
      baselineAbove: 0,
      candidateAbove: 1,
      p: expect.closeTo(2 / 70, 12),
    });
    const mixed = splitModes([1, 2, 3, 24], [4, 22, 23, 21]);
    expect(mixed).toMatchObject({ baselineAbove: 0.25, candidateAbove: 0.75, p: expect.closeTo(34 / 70, 12) });
  });

  it('needs a gap above 5 median gaps, and 15 % on either side of it', () => {
    expect(splitModes([1, 2, 3, 4], [9, 10, 11, 12])).toBeNull();
    expect(splitModes([1, 2, 3, 4], [10, 11, 12, 13])).toMatchObject({ gapRatio: 6 });
    // One of seven is 14 %, one of six is 17 %.
    expect(splitModes([1, 2, 3], [4, 5, 6, 90])).toBeNull();
    expect(splitModes([1, 2, 3], [4, 5, 90])).not.toBeNull();
  });

  it('finds none in constant or rounded data, takes the largest numbers, refuses an empty side', () => {
    expect(splitModes([1, 1], [1, 1, 1])).toBeNull();
    expect(splitModes([1, 1, 1, 2], [2, 2, 3, 3])).toBeNull();
    expect(splitModes([0, 0, 0], [900, 900, 900])).toBeNull();
    expect(splitModes([-1e308, -0.999e308, -0.998e308], [1e308, 0.999e308, 0.998e308])).toMatchObject({ place: 0 });
    expect(() => splitModes([], [1])).toThrow('found none');
  });

  it('is symmetric, does not care about order, and changes no input', () => {
    const mode = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(mode, mode, (a, b) => {
        const far = b.map((value) => value + 100);
        const [left, right] = [Object.freeze([...a, ...far]), Object.freeze([...b])];
        const [found, swapped] = [splitModes(left, right), splitModes(right, left.toReversed())];
        expect(swapped?.baselineAbove).toBe(found?.candidateAbove);
        expect(swapped?.place).toBe(found?.place);
        expect(swapped?.p ?? 1).toBeCloseTo(found?.p ?? 1, 9);
      }),
    );
  });
});
