/** Of one part of the evaluation. */
export interface Setting {
  readonly seed: number;
  readonly repetitions: number;
}
