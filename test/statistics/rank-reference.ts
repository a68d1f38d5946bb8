import reference from '../fixtures/statistics/rank-and-spread-values.json' with { type: 'json' };

/** Pairs of samples (a = baseline, b = candidate) with what independent implementations say about them. */
export const pairs = reference.vectors;
export const extra = reference.extra;
