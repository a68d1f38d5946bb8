/** What a probe says of one parameter. */
export interface Reading {
  /** What it found, in words. */
  readonly found: string;
  /** Whether that is what was asked for; null: this guest has nothing that it could apply to, and `found` says why. */
  readonly inForce: boolean | null;
}
