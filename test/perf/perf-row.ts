/** One figure and the most that it may be. */
export interface PerfRow {
  readonly what: string;
  readonly value: number;
  readonly goal: number;
  /** Empty for a ratio. */
  readonly unit: string;
  /** Measurements that it is the median of, a side where there are two. */
  readonly n: number;
  /** What the value was made from. */
  readonly details: string;
}
