/**
 * The 95 % interval of a share (Wilson 1927, Journal of the American Statistical Association 22), from 0 to 1.
 * Example: 5 of 100 gives 0.0215 to 0.1118.
 */
export function computeWilsonLimits(count: number, of: number): [number, number] {
  const z = 1.959963984540054;
  const share = count / of;
  const centre = (share + z ** 2 / (2 * of)) / (1 + z ** 2 / of);
  const reach = (z / (1 + z ** 2 / of)) * Math.sqrt((share * (1 - share)) / of + z ** 2 / (4 * of ** 2));
  return [Math.max(0, centre - reach), Math.min(1, centre + reach)];
}
