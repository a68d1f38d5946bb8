/**
 * The value, or the largest number of its sign where it is infinite: differences of numbers near 1e308 are shown as
 * large as they can be, not as an infinity that no document can hold.
 * Example: `keepFinite(1e308 * 10)` is `Number.MAX_VALUE`; 3 stays 3.
 */
export function keepFinite(value: number): number {
  return Math.max(-Number.MAX_VALUE, Math.min(Number.MAX_VALUE, value));
}
