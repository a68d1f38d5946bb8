/** What a probe says of one parameter: what it found, in words, and whether that is what was asked for. */
export interface Reading {
  readonly found: string;
  readonly inForce: boolean;
}
