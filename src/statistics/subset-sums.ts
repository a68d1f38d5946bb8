/**
 * The sums of all choices from the values, by the number chosen, from none to `most`: place k holds all sums of k.
 * No values: the one sum 0. Example: `[1, 2, 4]` gives `[0]`, `[1, 2, 4]`, `[3, 5, 6]`, `[7]`.
 */
export function listSubsetSums(values: Float64Array, most = values.length): Float64Array[] {
  const bySize: number[][] = Array.from({ length: most + 1 }, () => []);
  bySize[0] = [0];
  for (const [seen, value] of values.entries()) {
    // Downwards, so that the smaller size does not hold this value yet.
    for (let size = Math.min(seen + 1, most); size >= 1; size -= 1) {
      for (const sum of bySize[size - 1] as number[]) (bySize[size] as number[]).push(sum + value);
    }
  }
  return bySize.map((sums) => Float64Array.from(sums));
}
