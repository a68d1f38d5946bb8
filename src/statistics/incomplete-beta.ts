import { logBeta } from './log-gamma.ts';

/** The fraction needs about the square root of the larger parameter; this is enough for parameters of 1e8. */
const mostSteps = 20_000;

/**
 * The regularised incomplete beta function I_x(a, b), from 0 to 1: the probability that a Beta(a, b) variable is at
 * most x. Relative error about 1e-13, also far out in the tails.
 * Continued fraction of NIST handbook 8.17.22, evaluated from the front (Lentz); on the far side of the bulk
 * I_x(a, b) = 1 - I_{1-x}(b, a) is used, where it converges fast.
 * Example: `computeIncompleteBeta(2, 3, 0.5)` is 0.6875.
 *
 * @param complement 1 - x; give it where it is known better than by subtracting
 * @throws RangeError when a or b is not above 0, or x is outside 0..1
 */
export function computeIncompleteBeta(a: number, b: number, x: number, complement = 1 - x): number {
  if (!(a > 0 && b > 0)) throw new RangeError(`expected parameters above 0, found ${a} and ${b}`);
  if (!(x >= 0 && x <= 1)) throw new RangeError(`expected a number from 0 to 1, found ${x}`);
  if (x === 0 || complement === 0) return x === 0 ? 0 : 1;
  if (x > (a + 1) / (a + b + 2)) return 1 - computeTail(b, a, complement, x);
  return computeTail(a, b, x, complement);
}

function computeTail(a: number, b: number, x: number, complement: number): number {
  // ln(1 - small) keeps its digits only when it is asked for in that form.
  const logX = x > 0.5 ? Math.log1p(-complement) : Math.log(x);
  const logComplement = complement > 0.5 ? Math.log1p(-x) : Math.log(complement);
  return (Math.exp(a * logX + b * logComplement - logBeta(a, b)) / a) * evaluateFraction(a, b, x);
}

function evaluateFraction(a: number, b: number, x: number): number {
  const awayFromZero = (value: number) => (Math.abs(value) < 1e-300 ? 1e-300 : value);
  let c = 1;
  let d = 1 / awayFromZero(1 - ((a + b) * x) / (a + 1));
  let fraction = d;
  for (let m = 1; m <= mostSteps; m += 1) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    for (const term of [even, odd]) {
      d = 1 / awayFromZero(1 + term * d);
      c = awayFromZero(1 + term / c);
      fraction *= c * d;
    }
    if (Math.abs(c * d - 1) < 1e-15) return fraction;
  }
  throw new RangeError(`the incomplete beta function did not converge for ${a}, ${b}, ${x}`);
}
