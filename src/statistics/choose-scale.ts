/**
 * A power of two near the largest magnitude of the values, to divide them by: their squares then neither overflow nor
 * vanish, and no digit changes. All zeros, or no values: 1. Example: of `[3, -12]` it is 8.
 */
export function chooseScale(values: readonly number[]): number {
  const largest = values.reduce((highest, value) => Math.max(highest, Math.abs(value)), 0);
  return largest === 0 ? 1 : 2 ** Math.floor(Math.log2(largest));
}
