/**
 * Beyond this many values of a cell, both sides together, what is drawn at random for fewer is computed from the normal
 * limit: drawing would take longer than a reader of one cell waits. `pMethod` says so.
 */
export const manyValues = 120;

/** Up to this many the spread is still tested by drawing, if by less: its mean distances hang on few far values. */
export const manyDistances = 1000;
