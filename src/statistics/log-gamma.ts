/** From here on Stirling's series with the terms below is exact to the last digit of a double. */
const stirlingFrom = 10;

/** Coefficients B(2k) / (2k (2k - 1)) of the series in 1/x, 1/x^3, ... (NIST handbook, 5.11.1). */
const stirlingCoefficients = [1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360360, 1 / 156];

/** What ln Γ(x) exceeds (x - 1/2) ln x - x + ln(2π)/2 by, for x of at least 10. */
function stirlingCorrection(x: number): number {
  const inverseSquare = 1 / (x * x);
  return stirlingCoefficients.reduceRight((sum, coefficient) => sum * inverseSquare + coefficient, 0) / x;
}

/**
 * ln Γ(x) for x above 0, absolute error below 1e-14 times the larger of 1 and the result.
 * Example: `logGamma(5)` is ln 24.
 *
 * @throws RangeError when x is not a finite number above 0
 */
export function logGamma(x: number): number {
  if (!(x > 0 && x < Infinity)) throw new RangeError(`expected a finite number above 0, found ${x}`);
  let shifted = x;
  let product = 1;
  // Γ(x) = Γ(x + 1) / x, until the series holds.
  while (shifted < stirlingFrom) {
    product *= shifted;
    shifted += 1;
  }
  const stirling = (shifted - 0.5) * Math.log(shifted) - shifted + 0.5 * Math.log(2 * Math.PI);
  return stirling + stirlingCorrection(shifted) - Math.log(product);
}

/**
 * ln B(a, b) = ln Γ(a) + ln Γ(b) - ln Γ(a + b) for a, b above 0.
 * The difference of two large ln Γ would lose its digits, so for a large argument they are subtracted term by term.
 * Example: `logBeta(2, 3)` is ln(1/12).
 */
export function logBeta(a: number, b: number): number {
  const [small, large] = a < b ? [a, b] : [b, a];
  if (large < stirlingFrom) return logGamma(small) + logGamma(large) - logGamma(small + large);
  const sum = small + large;
  const difference = small - (large - 0.5) * Math.log1p(small / large) - small * Math.log(sum);
  return logGamma(small) + difference + stirlingCorrection(large) - stirlingCorrection(sum);
}

/**
 * ln of the number of ways to choose `chosen` of `total`, for whole numbers with 0 <= chosen <= total.
 * Example: `logChoose(5, 2)` is ln 10.
 */
export function logChoose(total: number, chosen: number): number {
  return logGamma(total + 1) - logGamma(chosen + 1) - logGamma(total - chosen + 1);
}
