/** Smallest value, quartiles, median, largest value: what a box plot draws. */
export interface FiveNumbers {
  readonly minimum: number;
  readonly q1: number;
  readonly median: number;
  readonly q3: number;
  readonly maximum: number;
}

/**
 * The values in ascending order, as a copy.
 * Example: `[3, 1, 2]` gives 1, 2, 3.
 *
 * @throws RangeError when there is no value or one is not finite: such data must not get this far.
 */
export function sortAscending(values: readonly number[] | Float64Array): Float64Array {
  if (values.length === 0) throw new RangeError('expected at least one number, found none');
  const sorted = new Float64Array(values).sort();
  // Minus infinity comes first, infinity and NaN last.
  if (Number.isFinite(sorted[0]) && Number.isFinite(sorted.at(-1))) return sorted;
  throw new RangeError(`expected finite numbers, found ${[...values].find((value) => !Number.isFinite(value))}`);
}

/**
 * The quantile of type 7 (linear between the order statistics around `1 + (n - 1) * probability`), in the values' unit.
 * Type 7 is what numpy, R and most readers expect (Hyndman and Fan 1996, "Sample quantiles in statistical packages").
 *
 * One value is its own quantile; ties and constant data give that constant exactly.
 * Example: `computeQuantile([1, 2, 3, 4, 5, 6, 7, 8], 0.25)` is 2.75.
 *
 * @param probability from 0 (minimum) to 1 (maximum)
 * @throws RangeError for no values, values that are not finite, or a probability outside 0..1
 */
export function computeQuantile(values: readonly number[], probability: number): number {
  return interpolate(sortAscending(values), probability);
}

/**
 * The quantile at 0.5; same unit, errors and ties as `computeQuantile`.
 * Example: `[4, 1, 2]` has 2, `[1, 2]` has 1.5.
 */
export function computeMedian(values: readonly number[]): number {
  if (values.length < fewestSelected) return computeQuantile(values, 0.5);
  const copy = new Float64Array(values);
  // Sorting puts what is no number last; comparing does not.
  if (!copy.every(Number.isFinite)) return computeQuantile(values, 0.5);
  const upper = copy.length >> 1;
  selectPlace(copy, upper);
  const high = copy[upper] as number;
  if (copy.length % 2 === 1) return high;
  const low = copy.subarray(0, upper).reduce((largest, value) => Math.max(largest, value), -Infinity);
  return interpolate(Float64Array.of(low, high), 0.5);
}

/** Below this sorting is as quick. */
const fewestSelected = 200;

/** Moves the value of that place in the ascending order there, smaller ones before it (Hoare 1961, algorithm 65). */
function selectPlace(values: Float64Array, place: number): void {
  let [first, last] = [0, values.length - 1];
  while (first < last) {
    const pivot = values[(first + last) >> 1] as number;
    let [left, right] = [first, last];
    while (left <= right) {
      while ((values[left] as number) < pivot) left += 1;
      while ((values[right] as number) > pivot) right -= 1;
      if (left > right) break;
      const kept = values[left] as number;
      values[left] = values[right] as number;
      values[right] = kept;
      left += 1;
      right -= 1;
    }
    if (place <= right) last = right;
    else if (place >= left) first = left;
    else return;
  }
}

/**
 * The five numbers of a box plot, quartiles of type 7, in the values' unit; one value is all five.
 * Example: `[1.1, 2.2, 3.3, 4.4]` gives 1.1, 1.925, 2.75, 3.575, 4.4.
 *
 * @throws RangeError for no values or values that are not finite
 */
export function computeFiveNumbers(values: readonly number[]): FiveNumbers {
  const sorted = sortAscending(values);
  const at = (probability: number) => interpolate(sorted, probability);
  return { minimum: at(0), q1: at(0.25), median: at(0.5), q3: at(0.75), maximum: at(1) };
}

function interpolate(sorted: Float64Array, probability: number): number {
  if (!(probability >= 0 && probability <= 1)) {
    throw new RangeError(`expected a probability from 0 to 1, found ${probability}`);
  }
  const position = (sorted.length - 1) * probability;
  const below = Math.floor(position);
  const low = sorted[below] as number;
  const high = sorted[Math.min(below + 1, sorted.length - 1)] as number;
  const weight = position - below;
  const step = high - low;
  // Between the largest numbers of both signs the step overflows.
  return Number.isFinite(step) ? Math.min(high, low + step * weight) : low * (1 - weight) + high * weight;
}
