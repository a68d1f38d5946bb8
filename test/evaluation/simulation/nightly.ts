import type { Random } from '../../../src/statistics/random.ts';
import { drawDependent } from './dependence.ts';
import { drawChance, drawExponential, drawNormal } from './draws.ts';

/** Noise of a nightly series; the deviation of a night is 0.7 % throughout, but for the spikes. */
export const nightlyNoises = ['normal', 'lower tail', 'two modes', 'autocorrelated 0.4', 'spikes'] as const;
export type NightlyNoise = (typeof nightlyNoises)[number];

export interface NightlyChange {
  /** Index of the first night after the change. */
  readonly at: number;
  /** Relative; 0 where only the spread changes. */
  readonly shift: number;
  readonly spreadFactor: number;
}

const scale = 0.007;

/**
 * One value a night around 100. `spikes`: deviation 0.4 %, and one night in 25 is lower by 5 % on average;
 * `two modes`: 30 % of the nights 3 deviations lower.
 */
export function drawNights(
  noise: NightlyNoise,
  nights: number,
  change: NightlyChange | null,
  random: Random,
): readonly number[] {
  const correlation = noise === 'autocorrelated 0.4' ? 0.4 : 0;
  const deviations = drawDependent(
    nights,
    { kind: 'autocorrelated', correlation },
    (stream) => drawNight(noise, stream),
    random,
  );
  return deviations.map((deviation, night) => {
    const isAfter = change !== null && night >= change.at;
    const spread = isAfter ? change.spreadFactor : 1;
    return 100 * (1 + (isAfter ? change.shift : 0)) * Math.exp(spread * deviation);
  });
}

function drawNight(noise: NightlyNoise, random: Random): number {
  switch (noise) {
    case 'normal':
    case 'autocorrelated 0.4':
      return scale * drawNormal(random);
    case 'lower tail':
      return -scale * drawExponential(random);
    case 'two modes':
      return scale * (0.5 * drawNormal(random) - (drawChance(random, 0.3) ? 3 : 0));
    case 'spikes':
      return 0.004 * drawNormal(random) - (drawChance(random, 0.04) ? 0.05 * drawExponential(random) : 0);
  }
}
