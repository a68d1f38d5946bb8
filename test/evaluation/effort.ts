/** Repetitions of each kind of part. */
export interface Effort {
  readonly null: number;
  readonly power: number;
  readonly margin: number;
  /** Comparisons of 48 cells. */
  readonly family: number;
  /** Cells. */
  readonly detectable: number;
  readonly stability: number;
  readonly smallest: number;
  /** Series. */
  readonly nightly: number;
  readonly real: number;
}

/** `tiny` is for the tests of the harness: too few to judge anything but gross faults. */
export const efforts = {
  tiny: { null: 10, power: 10, margin: 10, family: 2, detectable: 24, stability: 1, smallest: 4, nightly: 4, real: 10 },
  fast: { null: 25, power: 15, margin: 15, family: 4, detectable: 8, stability: 1, smallest: 4, nightly: 20, real: 6 },
  full: {
    null: 1000,
    power: 300,
    margin: 300,
    family: 200,
    detectable: 400,
    stability: 3,
    smallest: 60,
    nightly: 400,
    real: 60,
  },
} as const satisfies Record<string, Effort>;

export type Mode = keyof typeof efforts;
