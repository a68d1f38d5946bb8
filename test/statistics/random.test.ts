import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom, createXoshiro128 } from '../../src/statistics/random.ts';

const draw = (seed: number | string, count: number) => {
  const random = createRandom(seed);
  return Array.from({ length: count }, () => random.nextUint32());
};

describe('createXoshiro128', () => {
  it('gives the numbers of the reference implementation', () => {
    // xoshiro128starstar.c of Blackman and Vigna, started from 1, 2, 3, 4; the same vector is in rand_xoshiro's tests.
    const random = createXoshiro128([1, 2, 3, 4]);
    expect(Array.from({ length: 10 }, () => random.nextUint32())).toEqual([
      11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597, 4258142804,
    ]);
  });
});

describe('createRandom', () => {
  // From a C program made of the reference splitmix64.c, xoshiro128starstar.c and FNV-1a (64 bit):
  // the state is two numbers of SplitMix64, low halves first.
  it.each([
    [0, [3737715805, 2584255861, 2876756834, 3286328325]],
    [1, [1695105466, 1423115009, 634581793, 1068227753]],
    [Number.MAX_SAFE_INTEGER, [1233166643, 1287031142, 661813442, 2960669951]],
    ['1:docker/bridge/tcp_rr/latency', [931413572, 3708369530, 1100426890, 1128739743]],
    ['µ', [3236212588, 2436974929, 2898541432, 1269643307]],
  ])('seed %s', (seed, numbers) => {
    expect(draw(seed, 4)).toEqual(numbers);
  });

  it('repeats itself for a seed, and not for another', () => {
    expect(draw(7, 50)).toEqual(draw(7, 50));
    expect(draw(7, 50)).not.toEqual(draw(8, 50));
    expect(draw('7', 50)).not.toEqual(draw(7, 50));
  });

  it.each([-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])('refuses the seed %s', (seed) => {
    expect(() => createRandom(seed)).toThrow(RangeError);
  });
});

describe('nextBelow', () => {
  it('stays below its limit', () => {
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 1, max: 2 ** 32 }), (seed, limit) => {
        const drawn = createRandom(seed).nextBelow(limit);
        expect(Number.isInteger(drawn) && drawn >= 0 && drawn < limit).toBe(true);
      }),
    );
  });

  it('reaches both ends of the largest and of the smallest limit', () => {
    expect(createRandom(1).nextBelow(1)).toBe(0);
    const first = createRandom(1);
    expect(first.nextBelow(2 ** 32)).toBe(createRandom(1).nextUint32());
  });

  it.each([2, 3, 7, 10, 24])('takes every number below %i equally often', (limit) => {
    const random = createRandom(`limit ${limit}`);
    const draws = 20_000 * limit;
    const counts = new Array<number>(limit).fill(0);
    for (let index = 0; index < draws; index += 1) {
      const drawn = random.nextBelow(limit);
      counts[drawn] = (counts[drawn] ?? 0) + 1;
    }
    const chiSquare = counts.reduce((sum, count) => sum + (count - 20_000) ** 2 / 20_000, 0);
    // Far above the 99.99 % quantile of chi square for each of these degrees of freedom (largest: 23, 56.6).
    expect(chiSquare).toBeLessThan(57);
  });

  it('favours nothing where a plain remainder would: limit 3 * 2^30', () => {
    const random = createRandom('remainder');
    const limit = 3 * 2 ** 30;
    let low = 0;
    for (let index = 0; index < 30_000; index += 1) if (random.nextBelow(limit) < 2 ** 30) low += 1;
    // A remainder gives 15,000 here; the standard deviation of the true 10,000 is 82.
    expect(Math.abs(low - 10_000)).toBeLessThan(410);
  });

  it.each([0, -1, 1.5, 2 ** 32 + 1, Number.NaN])('refuses the limit %s', (limit) => {
    expect(() => createRandom(1).nextBelow(limit)).toThrow(RangeError);
  });
});

describe('shuffle', () => {
  it('keeps every item once and the array given as it is', () => {
    fc.assert(
      fc.property(fc.nat(), fc.array(fc.integer()), (seed, items) => {
        const before = Object.freeze([...items]);
        const shuffled = createRandom(seed).shuffle(before);
        expect(shuffled.toSorted()).toEqual(items.toSorted());
        expect(before).toEqual(items);
      }),
    );
  });

  it('takes all orders equally often', () => {
    const random = createRandom('orders');
    const counts = new Map<string, number>();
    for (let index = 0; index < 24_000; index += 1) {
      const order = random.shuffle(['a', 'b', 'c', 'd']).join('');
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect(counts.size).toBe(24);
    const chiSquare = [...counts.values()].reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0);
    // 99.99 % quantile of chi square with 23 degrees of freedom: 56.6.
    expect(chiSquare).toBeLessThan(56.6);
  });
});
