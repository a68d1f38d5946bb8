import { logGamma } from './log-gamma.ts';
import { normalCdf } from './normal.ts';

/** Beyond this the density of the scale no longer counts: its logarithm is this far below the peak's. */
const negligible = 42;

export interface NoncentralT {
  /** Above 0, need not be whole. */
  readonly degreesOfFreedom: number;
  /** Mean of the normal variable: the true difference in standard errors. */
  readonly noncentrality: number;
}

/**
 * P(T' > t) for the noncentral t distribution, T' = (Z + noncentrality) / sqrt(chi-square / degrees of freedom),
 * from 0 to 1, absolute error below 1e-10. With noncentrality 0 it is Student's t.
 *
 * The condition on the scale s = sqrt(chi-square / v) leaves a normal tail, so the probability is the mean of
 * Φ(noncentrality - t s) over s. Over u = ln s the integrand is smooth and vanishes fast at both ends, where the
 * trapezoid rule converges faster than any power of its step (Trefethen and Weideman 2014, SIAM Review 56).
 * The textbook series (Lenth 1989, AS 243) underflows at noncentralities that few deployments and many cells need.
 * Example: t = 2.5, 8 degrees of freedom, noncentrality 3 give 0.6901.
 *
 * @throws RangeError when the degrees of freedom are not a finite number above 0, or t or the noncentrality not finite
 */
export function computeNoncentralUpperTail(t: number, { degreesOfFreedom: v, noncentrality }: NoncentralT): number {
  if (!(v > 0 && v < Infinity)) throw new RangeError(`expected finite degrees of freedom above 0, found ${v}`);
  if (!Number.isFinite(t) || !Number.isFinite(noncentrality)) {
    throw new RangeError(`expected finite numbers, found ${t} and ${noncentrality}`);
  }
  // Density of u, constant factors in front: exp(v u - v exp(2 u) / 2), with its peak at u = 0.
  const logPeak = Math.LN2 + (v / 2) * Math.log(v / 2) - logGamma(v / 2);
  const logDensity = (u: number) => logPeak + v * u - (v / 2) * Math.exp(2 * u);
  const step = chooseStep(v, noncentrality);
  let sum = 0;
  for (const direction of [1, -1]) {
    // Zero is visited once, on the way up.
    for (let index = direction === 1 ? 0 : 1; ; index += 1) {
      const u = direction * index * step;
      const logWeight = logDensity(u);
      if (logWeight < logPeak - v / 2 - negligible) break;
      sum += Math.exp(logWeight) * normalCdf(noncentrality - t * Math.exp(u));
    }
  }
  return Math.min(1, sum * step);
}

/** A fifth of the narrower of the two shapes: the density (width about 1 / sqrt(2 v)) and the edge of the normal tail. */
function chooseStep(degreesOfFreedom: number, noncentrality: number): number {
  return 0.2 / (1 + Math.max(Math.sqrt(2 * degreesOfFreedom), Math.abs(noncentrality)));
}
