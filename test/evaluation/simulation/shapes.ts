import type { Random } from '../../../src/statistics/random.ts';
import { drawChance, drawExponential, drawNormal } from './draws.ts';

/** What single measurements scatter like. */
export const shapes = ['normal', 'lower-tail', 'upper-tail', 'spikes', 'two-modes', 'quantised'] as const;
export type Shape = (typeof shapes)[number];

export const shapeTitles: Readonly<Record<Shape, string>> = {
  normal: 'normal',
  'lower-tail': 'lower tail (exponential)',
  'upper-tail': 'upper tail (log-normal)',
  spikes: 'spikes (5 % of the samples)',
  'two-modes': 'two modes (25 % at -3 sd)',
  quantised: 'rounded (many ties)',
};

/** Log-normal with sigma 0.8: mean and deviation, so that the shape can be drawn with deviation 1. */
const tail = { sigma: 0.8, mean: Math.exp(0.32), deviation: Math.sqrt((Math.exp(0.64) - 1) * Math.exp(0.64)) };

/**
 * One draw of the shape, in units of the scenario's scale: the standard deviation of its bulk. `spikes` adds 4 to 12
 * deviations upwards to one sample in twenty; `two-modes` puts a quarter of the samples 3 deviations lower;
 * `quantised` is normal here: values are rounded last of all, as a tool that prints few digits does.
 */
export function drawShape(shape: Shape, random: Random): number {
  switch (shape) {
    case 'normal':
    case 'quantised':
      return drawNormal(random);
    case 'lower-tail':
      return -drawExponential(random);
    case 'upper-tail':
      return (Math.exp(tail.sigma * drawNormal(random)) - tail.mean) / tail.deviation;
    case 'spikes':
      return drawNormal(random) + (drawChance(random, 0.05) ? 4 + 8 * drawExponential(random) : 0);
    case 'two-modes':
      return 0.5 * drawNormal(random) - (drawChance(random, 0.25) ? 3 : 0);
  }
}
