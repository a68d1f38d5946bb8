/** The best place to split a stretch of a series, and how far apart its halves are. */
export interface Split {
  /** Index of the first value after the split. */
  readonly place: number;
  readonly size: number;
}

/**
 * For each stretch [from, to) of a series the split that the E-divisive statistic of Matteson and James (2014, Journal
 * of the American Statistical Association 109) puts first, over all splits and all ends of the right half.
 * With |x - y| as the distance: 2 / (n + m) times the distances between the halves, minus
 * 2 m / ((n + m)(n - 1)) and 2 n / ((n + m)(m - 1)) times the distances inside each.
 */
export function createSplitter(series: readonly number[]): (from: number, to: number) => Split {
  const sums = sumDistances(series);
  const width = series.length + 1;
  const at = (row: number, column: number) => sums[row * width + column] as number;
  const between = (a: number, b: number, c: number, d: number) => at(b, d) - at(a, d) - at(b, c) + at(a, c);
  return (from, to) => {
    let best: Split = { place: from + 1, size: -Infinity };
    for (let place = from + 1; place < to; place += 1) {
      const n = place - from;
      const inLeft = n < 2 ? 0 : between(from, place, from, place) / 2 / (n - 1);
      for (let end = place + 1; end <= to; end += 1) {
        const m = end - place;
        const inRight = m < 2 ? 0 : between(place, end, place, end) / 2 / (m - 1);
        const size = (2 / (n + m)) * (between(from, place, place, end) - m * inLeft - n * inRight);
        if (size > best.size) best = { place, size };
      }
    }
    return best;
  };
}

/** Sums of |x - y| over all pairs of the first `row` and the first `column` values. */
function sumDistances(series: readonly number[]): Float64Array {
  const width = series.length + 1;
  const sums = new Float64Array(width * width);
  for (const [row, left] of series.entries()) {
    let line = 0;
    for (const [column, right] of series.entries()) {
      line += Math.abs(left - right);
      sums[(row + 1) * width + column + 1] = (sums[row * width + column + 1] as number) + line;
    }
  }
  return sums;
}
