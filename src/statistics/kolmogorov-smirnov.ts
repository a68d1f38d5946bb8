import { sortAscending } from './quantile.ts';

export interface KolmogorovSmirnovTest {
  /** Largest distance of the two empirical distribution functions, from 0 to 1. */
  readonly distance: number;
  /** Two-sided, above 0, at most 1. */
  readonly p: number;
}

/**
 * Whether the sides differ in any way: place, spread or shape. p is exact and conditional on the pooled values, so it
 * is right with ties, where the usual exact p is too large: the share of all allocations whose distance is as large.
 * Constant data and one value a side give p = 1. Increasing functions of all values and swapping the sides change nothing.
 * Walks over all (n1 + 1)(n2 + 1) places of the lattice: 1 ms for 200 against 200.
 * Source: Schroeer and Trenkler 1995, Computational Statistics and Data Analysis 20 (ties); chances add up along the
 * paths that have gone too far, so small p keep their digits.
 * Example: `[1.1, 2.2, 3.3, 4.4]` against `[5.5, 6.6, 7.7, 8.8]` gives distance 1, p = 2/70.
 *
 * @throws RangeError when a side has no values, or a value is not finite
 */
export function compareDistributions(baseline: readonly number[], candidate: readonly number[]): KolmogorovSmirnovTest {
  const [left, right] = [sortAscending(baseline), sortAscending(candidate)];
  const pooled = sortAscending([...baseline, ...candidate]);
  // Only where the next value is a different one do the distribution functions have a value.
  const isEnd = Array.from({ length: pooled.length + 1 }, (_, seen) => seen > 0 && pooled[seen] !== pooled[seen - 1]);
  const furthest = findFurthest(left, right);
  const p = furthest === 0 ? 1 : countFar({ rows: left.length, columns: right.length, isEnd, furthest });
  return { distance: furthest / (left.length * right.length), p };
}

/** The distance times n1 n2, a whole number. */
function findFurthest(left: Float64Array, right: Float64Array): number {
  let [i, j, furthest] = [0, 0, 0];
  while (i < left.length && j < right.length) {
    const value = Math.min(left[i] as number, right[j] as number);
    while (i < left.length && left[i] === value) i += 1;
    while (j < right.length && right[j] === value) j += 1;
    furthest = Math.max(furthest, Math.abs(i * right.length - j * left.length));
  }
  return furthest;
}

interface Paths {
  readonly rows: number;
  readonly columns: number;
  readonly isEnd: readonly boolean[];
  readonly furthest: number;
}

/** Share of the paths from (0, 0) to (rows, columns) that are as far from the diagonal somewhere. */
function countFar({ rows, columns, isEnd, furthest }: Paths): number {
  let above = new Float64Array(columns + 1);
  for (let i = 0; i <= rows; i += 1) {
    const row = new Float64Array(columns + 1);
    for (let j = 0; j <= columns; j += 1) {
      const isFar = isEnd[i + j] === true && Math.abs(i * columns - j * rows) >= furthest;
      // Of the i + j values so far, the last one is equally likely any of them.
      if (isFar) row[j] = 1;
      else if (i + j > 0) row[j] = (i * (above[j] as number) + j * (row[j - 1] ?? 0)) / (i + j);
    }
    above = row;
  }
  return above[columns] as number;
}
