import type { Random } from '../../../src/statistics/random.ts';

/** Uniform on (0, 1), the ends excluded; 53 random bits. */
export function drawUniform(random: Random): number {
  const high = random.nextUint32() >>> 5;
  const low = random.nextUint32() >>> 6;
  return (high * 2 ** 26 + low + 0.5) / 2 ** 53;
}

/** Exponential with mean 1. */
export function drawExponential(random: Random): number {
  return -Math.log(drawUniform(random));
}

/** Standard normal (Box and Muller 1958, one of the two values). */
export function drawNormal(random: Random): number {
  return Math.sqrt(2 * drawExponential(random)) * Math.cos(2 * Math.PI * drawUniform(random));
}

export function drawChance(random: Random, chance: number): boolean {
  return drawUniform(random) < chance;
}
