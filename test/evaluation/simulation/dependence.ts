import type { Random } from '../../../src/statistics/random.ts';
import { drawNormal } from './draws.ts';

/** How measurements that follow each other hang together; sizes in units of the scenario's scale. */
export type Dependence =
  | { readonly kind: 'independent' }
  | { readonly kind: 'autocorrelated'; readonly correlation: number }
  | { readonly kind: 'ramp'; readonly size: number }
  | { readonly kind: 'walk'; readonly size: number };

/**
 * Noise in the order of time: independent; autocorrelated of first order with the deviation kept; on a straight line
 * that rises by `size` from first to last; on a random walk whose end has the standard deviation `size`.
 */
export function drawDependent(
  count: number,
  dependence: Dependence,
  draw: (random: Random) => number,
  random: Random,
): number[] {
  const noise = Array.from({ length: count }, () => draw(random));
  switch (dependence.kind) {
    case 'independent':
      return noise;
    case 'autocorrelated':
      return correlate(noise, dependence.correlation);
    case 'ramp':
      return noise.map((value, index) => value + (dependence.size * index) / (count - 1));
    case 'walk': {
      let level = 0;
      const step = dependence.size / Math.sqrt(count);
      return noise.map((value) => {
        level += step * drawNormal(random);
        return value + level;
      });
    }
  }
}

function correlate(noise: readonly number[], correlation: number): number[] {
  const fresh = Math.sqrt(1 - correlation ** 2);
  let last = noise[0] ?? 0;
  return noise.map((value, index) => {
    if (index > 0) last = correlation * last + fresh * value;
    return last;
  });
}
