import type { ComparisonCell, SideSummary } from '../src/comparison/comparison.schema.ts';
import { chooseScale, formatQuantity } from '../src/units.ts';
import { chooseDomain } from './collect-boxes.ts';
import { describeRow, shorten } from './comment-words.ts';

/** Letters from the left end of a scale to its right end. */
const width = 60;
const longestName = 60;

const signs = { low: '├', high: '┤', whisker: '─', box: '▒', median: '█' };

const legend = `${signs.low} smallest, ${signs.box} middle half, ${signs.median} median, ${signs.high} largest; each pair on a scale of its own`;

type Box = Readonly<Record<'minimum' | 'q1' | 'median' | 'q3' | 'maximum', number>>;

/**
 * Both sides of a row as boxes of letters on one scale, for a font in which all letters are equally wide:
 *
 *     tcp_rr docker bridge: 38.6 µs to 76.4 µs
 *     baseline                       ├────▒▒█▒──────────┤
 *     candidate  ├──▒▒█▒─────┤
 *
 * null when neither side has values. Never longer than three lines, never with a line break or a backtick from outside.
 */
export function drawTextBoxes(cell: ComparisonCell): string | null {
  const sides = { baseline: readBox(cell.baseline), candidate: readBox(cell.candidate) };
  const boxes = Object.values(sides).filter((box) => box !== null);
  const [first] = boxes;
  if (first === undefined) return null;
  const [low, high] = chooseDomain(boxes, cell.margin?.value ?? 0);
  const scale = chooseScale(first.median, cell.metric.unit);
  const show = (value: number) => formatQuantity(value, cell.metric.unit, scale);
  const name = `${describeRow(cell)}: ${shorten(show(low), 20)} to ${shorten(show(high), 20)}`;
  return [
    shorten(name, longestName + 50).replaceAll('`', "'"),
    ...Object.entries(sides).map(([side, box]) => `${side.padEnd(9)}  ${drawBox(box, low, high)}`.trimEnd()),
  ].join('\n');
}

/** ping: over every single reply, as in the pictures. */
function readBox(summary: SideSummary): Box | null {
  const { minimum, q1, median, q3, maximum } = summary.replies ?? summary;
  if (minimum === null || q1 === null || median === null || q3 === null || maximum === null) return null;
  return { minimum, q1, median, q3, maximum };
}

function drawBox(box: Box | null, low: number, high: number): string {
  if (box === null) return 'nothing measured';
  const place = (value: number) =>
    high > low ? Math.round(((value - low) / (high - low)) * (width - 1)) : Math.floor(width / 2);
  const [minimum, q1, median, q3, maximum] = [box.minimum, box.q1, box.median, box.q3, box.maximum].map(place);
  return Array.from({ length: width }, (_, column) => {
    if (column === median) return signs.median;
    if (column >= Number(q1) && column <= Number(q3)) return signs.box;
    if (column === minimum) return signs.low;
    if (column === maximum) return signs.high;
    return column > Number(minimum) && column < Number(maximum) ? signs.whisker : ' ';
  }).join('');
}

/** The boxes of these rows as a block of code; null when there are none. */
export function drawPlots(cells: readonly ComparisonCell[], hasLegend: boolean): string | null {
  const drawn = cells.flatMap((cell) => drawTextBoxes(cell) ?? []);
  if (drawn.length === 0) return null;
  const block = ['```', drawn.join('\n\n'), '```'].join('\n');
  return hasLegend ? `${block}\n<sub>${legend}</sub>` : block;
}
