import * as z from 'zod';

const repetitions = z.int().min(1);

/** Repetitions of each kind of part. */
export const effortSchema = z.strictObject({
  null: repetitions,
  power: repetitions,
  margin: repetitions,
  /** Comparisons of 48 cells. */
  family: repetitions,
  /** Cells. */
  detectable: repetitions,
  stability: repetitions,
  smallest: repetitions,
  /** Series. */
  nightly: repetitions,
  real: repetitions,
});

export type Effort = Readonly<z.infer<typeof effortSchema>>;

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

/** So many per cent of the repetitions, at least one of each. */
export function scaleEffort(effort: Effort, percent: number): Effort {
  const scale = (count: number) => Math.max(1, Math.round((count * percent) / 100));
  return effortSchema.parse(Object.fromEntries(Object.entries(effort).map(([kind, count]) => [kind, scale(count)])));
}
