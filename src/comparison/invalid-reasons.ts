import { type Side, sides as sideNames } from '../vocabulary.ts';
import type { Environment } from './environment-difference.ts';
import type { MatchedCell } from './match-cells.ts';
import { listMeasuredSamples } from './measured-values.ts';
import { placementKey } from './side-data.ts';

/** Why the sides of a cell must not be compared, one clause each; empty when they may. */
export function listInvalidReasons(cell: MatchedCell, environment: Environment): readonly string[] {
  return [
    ...describeMismatches(cell),
    ...(environment.invalidating.get(placementKey(cell)) ?? []).map(
      ({ scope, key, baseline, candidate }) =>
        `the sides differ in ${scope}.${key}, which no changed parameter declares: baseline ${baseline}, candidate ${candidate}`,
    ),
    ...describeDifference(cell, 'accelerator', readAccelerators),
    ...describeDifference(cell, 'measuring tool', readTools),
  ];
}

/** Request and reading side by side, each pair once. */
function describeMismatches(cell: MatchedCell): readonly string[] {
  const reasons = sideNames.flatMap((side) =>
    cell[side]
      .flatMap(({ line }) => line.checks)
      .filter(({ result }) => result === 'mismatch')
      .map(
        ({ parameter, requested, found }) =>
          `${parameter} is not in force on the ${side}: asked for ${requested}, found ${found}`,
      ),
  );
  return [...new Set(reasons)];
}

/** Figures of KVM and TCG, or of two versions of a tool, are never compared: each side must have one, and the same. */
function describeDifference(
  cell: MatchedCell,
  what: string,
  read: (cell: MatchedCell, side: Side) => readonly string[],
): readonly string[] {
  const [baseline, candidate] = [new Set(read(cell, 'baseline')), new Set(read(cell, 'candidate'))];
  if (new Set([...baseline, ...candidate]).size < 2) return [];
  const show = (values: ReadonlySet<string>) => [...values].sort().join(', ');
  return [`more than one ${what}: baseline ${show(baseline)}, candidate ${show(candidate)}`];
}

/** A start that failed has no accelerator to speak of. */
function readAccelerators(cell: MatchedCell, side: Side): readonly string[] {
  return cell[side].flatMap(({ line }) => (line.facts === null ? [] : [line.accelerator ?? 'none']));
}

function readTools(cell: MatchedCell, side: Side): readonly string[] {
  return cell[side].flatMap((deployment) => listMeasuredSamples(deployment, cell.test).map(({ tool }) => tool));
}
