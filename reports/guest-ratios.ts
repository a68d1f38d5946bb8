import type { Comparison, GuestRatio } from '../src/comparison/comparison.schema.ts';
import { formatNumber } from '../src/units.ts';
import { describeGuest } from './cell-name.ts';
import { nothing } from './format-cell.ts';
import { nameSides } from './headline.ts';
import type { Remark } from './remarks.ts';

/** One kind of guest as a multiple of another, with its interval, on each side; null when there is one kind only. */
export function describeGuestRatios(comparison: Comparison): Remark | null {
  const ratios = comparison.guestRatios ?? [];
  if (ratios.length === 0) return null;
  const places = Map.groupBy(ratios, ({ host, test, attachment, guest, reference }) =>
    JSON.stringify([host, test, attachment, guest, reference]),
  );
  const head = ['test', 'attachment', 'guests', 'better', ...nameSides(comparison)];
  return {
    title: 'One guest as a multiple of another',
    lines: [],
    // Every pair of guests on every test and attachment: 42 rows for a plan that measures everything.
    longestTable: 12,
    table: { head, rows: [...places.values()].map(buildRow), firstNumber: head.length - 2 },
  };
}

function buildRow(ratios: readonly GuestRatio[]): string[] {
  const [first] = ratios;
  if (first === undefined) return [];
  const { host, test, attachment, accelerator, metric } = first;
  const name = (guest: string) => describeGuest(guest, guest === 'qemu' ? accelerator : null);
  const show = (side: GuestRatio['side']) => formatRatio(ratios.find((ratio) => ratio.side === side));
  return [
    host === null ? test : `${host}:${test}`,
    attachment,
    `${name(first.guest)} / ${name(first.reference)}`,
    metric.better === 'higher' ? '↑ higher' : '↓ lower',
    show('baseline'),
    show('candidate'),
  ];
}

/** `0.412 x (0.398 to 0.427)` */
function formatRatio(found: GuestRatio | undefined): string {
  if (found === undefined) return nothing;
  const { estimate, interval95 } = found.ratio;
  const range = interval95 === null ? '' : ` (${interval95.map(formatNumber).join(' to ')})`;
  return `${formatNumber(estimate)} x${range}`;
}
