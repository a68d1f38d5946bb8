import { keepFinite } from './keep-finite.ts';

/** Measurements nested in measurements: samples in runs in boots, outermost first. */
export type Nested = readonly number[] | readonly Nested[];

export interface VarianceLevel {
  /** Mean variance (n - 1) of this level's values around the mean of what holds them, in squared units; from 0. */
  readonly observed: number;
  /** What this level adds by itself, the levels inside taken out; never below 0, though the difference may be. */
  readonly component: number;
}

/**
 * How much of the scatter comes from which level, innermost first. All groups of a level must be of one size.
 * Constant data give zeros; variances too large for a number are the largest there is.
 * Source: Kalibera and Jones 2013, "Rigorous benchmarking in reasonable time", section 6.
 * Example: `[[1, 3], [5, 7]]` has observed 2 and 8, components 2 and 7.
 *
 * @throws RangeError when a group holds fewer than 2, groups differ in size, or a value is not finite
 */
export function computeVarianceComponents(data: Nested): readonly VarianceLevel[] {
  const levels: VarianceLevel[] = [];
  let inside: { observed: number; size: number } | undefined;
  for (const groups of listLevels(data)) {
    const observed = keepFinite(computeMean(groups.map(computeVariance)));
    const component = Math.max(0, observed - (inside === undefined ? 0 : inside.observed / inside.size));
    levels.push({ observed, component });
    inside = { observed, size: groups[0]?.length ?? 1 };
  }
  return levels;
}

/** For each level, innermost first, the means of what each of its groups holds. */
function listLevels(data: Nested): readonly (readonly number[])[][] {
  const levels: (readonly number[])[][] = [];
  collect(data, levels);
  for (const groups of levels) {
    const sizes = new Set(groups.map((group) => group.length));
    const [size] = sizes;
    if (size === undefined || size < 2 || sizes.size > 1) {
      throw new RangeError(`expected groups of one size from 2, found sizes ${[...sizes].join(', ') || 'none'}`);
    }
  }
  return levels;
}

/** @returns mean and depth of the group, which is entered at its level */
function collect(group: Nested, levels: (readonly number[])[][]): { mean: number; depth: number } {
  const items = group.map((item: number | Nested) =>
    typeof item === 'number' ? { mean: checkFinite(item), depth: -1 } : collect(item, levels),
  );
  const depth = (items[0]?.depth ?? -1) + 1;
  if (items.some((item) => item.depth !== depth - 1)) throw new RangeError('expected groups of one depth');
  const means = items.map((item) => item.mean);
  levels[depth] = [...(levels[depth] ?? []), means];
  return { mean: computeMean(means), depth };
}

function checkFinite(value: number): number {
  if (!Number.isFinite(value)) throw new RangeError(`expected finite numbers, found ${value}`);
  return value;
}

function computeMean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value / values.length, 0);
}

function computeVariance(values: readonly number[]): number {
  const mean = computeMean(values);
  return keepFinite(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1));
}
