import { labelOutliers } from '../statistics/label-outliers.ts';
import { computeMedian } from '../statistics/quantile.ts';
import type { Side } from '../vocabulary.ts';
import type { CellData, SampleEntry } from './cell-data.ts';
import { toScale } from './sample-rule.ts';
import type { Shift } from './shift.ts';

/** A cell without its labelled outliers, and how many there were. */
export interface Trimmed {
  readonly cell: CellData;
  readonly baseline: number;
  readonly candidate: number;
}

/**
 * The cell without the values more than 3 interquartile ranges outside the quartiles of their deployment, of their
 * block (both sides, each about its own median), or of their side; null when there are none. For a second look at the
 * verdict only.
 */
export function removeOutliers(cell: CellData, scale: Shift['scale']): Trimmed | null {
  const kept = new Map(listGroups(cell).flatMap((group) => keepUnlabelled(group, scale)));
  const of = (side: Side) => cell[side].map((entry) => ({ ...entry, values: kept.get(entry) ?? entry.values }));
  const [baseline, candidate] = [of('baseline'), of('candidate')];
  const removed = {
    baseline: count(cell.baseline) - count(baseline),
    candidate: count(cell.candidate) - count(candidate),
  };
  return removed.baseline + removed.candidate === 0 ? null : { cell: { ...cell, baseline, candidate }, ...removed };
}

interface PlacedEntry {
  readonly side: Side;
  readonly entry: SampleEntry;
}

function listGroups(cell: CellData): readonly (readonly PlacedEntry[])[] {
  const place = (side: Side) => cell[side].map((entry) => ({ side, entry }));
  const all = [...place('baseline'), ...place('candidate')];
  const keys = {
    deployment: ({ side, entry }: PlacedEntry) => `${side}:${entry.deployment}`,
    block: ({ entry }: PlacedEntry) => String(entry.block),
    sample: ({ side }: PlacedEntry) => side,
  };
  return [...Map.groupBy(all, keys[cell.observation]).values()];
}

/** The values of each entry that are not labelled, for the entries that lose any. */
function keepUnlabelled(group: readonly PlacedEntry[], scale: Shift['scale']): [SampleEntry, readonly number[]][] {
  const centred = [...Map.groupBy(group, ({ side }) => side).values()].flatMap((entries) => centre(entries, scale));
  const labels = labelOutliers(centred.flatMap(({ values }) => values));
  if (!labels.includes(true)) return [];
  let place = 0;
  return centred.map(({ entry, values }) => {
    const start = place;
    place += values.length;
    return [entry, entry.values.filter((_, index) => !labels[start + index])];
  });
}

/** Values minus the median of their side, so that a shift between the sides is no outlier. */
function centre(
  entries: readonly PlacedEntry[],
  scale: Shift['scale'],
): readonly { entry: SampleEntry; values: readonly number[] }[] {
  const scaled = entries.map(({ entry }) => ({ entry, values: toScale(entry.values, scale) }));
  const all = scaled.flatMap(({ values }) => values);
  if (all.length === 0) return [];
  const middle = computeMedian(all);
  return scaled.map(({ entry, values }) => ({ entry, values: values.map((value) => value - middle) }));
}

function count(entries: readonly SampleEntry[]): number {
  return entries.reduce((sum, { values }) => sum + values.length, 0);
}
