/** Values a side of the rows, and 0.05 / level of the columns of the tables below. */
const sizes = [4, 5, 7, 10, 20, 40] as const;
const cells = [1, 3, 10, 48, 200] as const;

/**
 * Factors by which a detectable change has to be larger because the noise it is computed from is itself an estimate,
 * so that it is found with power 0.8 on average over what may be estimated, half of it from normal and half from
 * exponential noise. `welch`: of the noncentral t; `rank`: of the bootstrap; the row's last feasible one where sides of
 * that size never reach the level. Simulated with seed 1 by test/evaluation/compute-detection-factors.ts, which says how.
 */
const factors = {
  welch: [
    [1.236, 1.28, 1.323, 1.39, 1.464],
    [1.176, 1.203, 1.232, 1.267, 1.305],
    [1.131, 1.146, 1.161, 1.179, 1.194],
    [1.089, 1.099, 1.11, 1.122, 1.13],
    [1.047, 1.054, 1.06, 1.065, 1.069],
    [1.022, 1.026, 1.028, 1.031, 1.035],
  ],
  rank: [
    [1.409, 1.409, 1.409, 1.409, 1.409],
    [1.277, 1.294, 1.294, 1.294, 1.294],
    [1.164, 1.204, 1.227, 1.274, 1.274],
    [1.12, 1.129, 1.129, 1.154, 1.155],
    [1.072, 1.07, 1.062, 1.065, 1.062],
    [1.038, 1.037, 1.041, 1.035, 1.037],
  ],
} as const;

/** Sizes of the two sides and the two-sided level of the test. */
export interface DetectionDesign {
  readonly baselineSize: number;
  readonly candidateSize: number;
  readonly level: number;
}

/**
 * By how much to multiply a detectable change for the uncertainty of the noise, from 1: interpolated between the sizes
 * (as 1 / size, and 1 for endless ones) and the logarithms of the levels, held at the ends of the tables. Sides of
 * unequal size count as their harmonic mean.
 * Example: Welch's test of 5 against 5 at level 0.05: 1.176.
 */
export function findDetectionFactor(rule: keyof typeof factors, design: DetectionDesign): number {
  const inverse = (1 / design.baselineSize + 1 / design.candidateSize) / 2;
  const rows = [...factors[rule].map((row) => interpolateLevel(row, design.level)), 1];
  const places = [...sizes.map((size) => 1 / size), 0];
  return interpolate(places, rows, inverse);
}

function interpolateLevel(row: readonly number[], level: number): number {
  return interpolate(
    cells.map((count) => -Math.log(count)),
    row,
    Math.log(level / 0.05),
  );
}

/** Between the neighbours of `at` in the falling `places`; beyond the ends the values there. */
function interpolate(places: readonly number[], values: readonly number[], at: number): number {
  const next = places.findIndex((place) => place <= at);
  const last = places.length - 1;
  if (next <= 0) return values[next === 0 ? 0 : last] as number;
  const [before, after] = [places[next - 1] as number, places[next] as number];
  const share = (before - at) / (before - after);
  return (values[next - 1] as number) * (1 - share) + (values[next] as number) * share;
}
