import { compareMeans, computeWelchInterval } from '../statistics/welch.ts';
import { type GuestKind, sides as sideNames } from '../vocabulary.ts';
import { type CellPlacement, readPlacement } from './cell-placement.ts';
import type { GuestRatio, Interval } from './comparison.schema.ts';
import { computeObservations } from './deployment-rule.ts';
import type { MeasuredCell } from './measure-cell.ts';
import { collectDeployments } from './observations.ts';
import { noStandardError } from './shift.ts';

/** Guest and reference of each pair, in the order in which people ask. */
const pairs: readonly (readonly [GuestKind, GuestKind])[] = [
  ['docker', 'qemu'],
  ['docker', 'bare'],
  ['qemu', 'bare'],
];

interface PlacedCell extends CellPlacement {
  readonly measured: MeasuredCell;
}

/**
 * Every pair of guest kinds that was measured over the same attachment on the same host, for each primary metric, on
 * each side for itself. Invalid cells are left out: what they ran under is not known.
 */
export function compareGuestKinds(measured: readonly MeasuredCell[]): GuestRatio[] {
  const placed = measured.flatMap((entry): PlacedCell[] => {
    const { id, role, circumstances } = entry.cell;
    const placement = readPlacement(id);
    const isValid = (circumstances?.invalid ?? []).length === 0;
    return placement !== null && role === 'primary' && entry.scale === 'ratio' && isValid
      ? [{ ...placement, measured: entry }]
      : [];
  });
  const groups = Map.groupBy(placed, ({ host, attachment, test, measured: { cell } }) =>
    JSON.stringify([host, attachment, test, cell.metric.name, cell.metric.unit]),
  );
  return [...groups.values()].flatMap((cells) =>
    pairs.flatMap(([guest, reference]) => {
      const above = cells.find((cell) => cell.guest === guest);
      const below = cells.find((cell) => cell.guest === reference);
      return above === undefined || below === undefined ? [] : comparePair(above, below);
    }),
  );
}

function comparePair(above: PlacedCell, below: PlacedCell): GuestRatio[] {
  const { host, attachment, test } = above;
  return sideNames.flatMap((side) => {
    const guest = computeObservations(collectDeployments(above.measured.cell[side]), 'ratio');
    const reference = computeObservations(collectDeployments(below.measured.cell[side]), 'ratio');
    if (guest.length === 0 || reference.length === 0) return [];
    const figures = compareObservations(guest, reference);
    if (figures === null) return [];
    return [
      {
        host,
        attachment,
        test,
        metric: { ...above.measured.cell.metric },
        side,
        guest: above.guest,
        reference: below.guest,
        accelerator: (above.guest === 'qemu' ? above : below).measured.cell.circumstances?.accelerator ?? null,
        deployments: [guest.length, reference.length] as [number, number],
        ...figures,
      },
    ];
  });
}

/** null where the ratio is beyond the range of numbers. */
function compareObservations(
  guest: readonly number[],
  reference: readonly number[],
): Pick<GuestRatio, 'ratio' | 'p' | 'untested'> | null {
  const estimate = Math.exp(computeMean(guest) - computeMean(reference));
  if (!(estimate > 0 && estimate < Infinity)) return null;
  if (Math.min(guest.length, reference.length) < 2) {
    const untested = 'one fresh start of a guest; 2 needed of both';
    return { ratio: { estimate, interval95: null }, p: null, untested };
  }
  const found = compareMeans(reference, guest);
  if (found.kind === 'constant') return { ratio: { estimate, interval95: null }, p: null, untested: noStandardError };
  const interval = computeWelchInterval(found, 0.95).map(Math.exp) as Interval;
  if (!(interval[0] > 0 && interval[1] < Infinity)) {
    return {
      ratio: { estimate, interval95: null },
      p: found.p,
      untested: 'the interval is beyond the range of numbers',
    };
  }
  return { ratio: { estimate, interval95: interval }, p: found.p, untested: null };
}

function computeMean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value / values.length, 0);
}
