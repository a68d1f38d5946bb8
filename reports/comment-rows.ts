import type { ComparisonCell, SideSummary } from '../src/comparison/comparison.schema.ts';
import { chooseScale, formatQuantity } from '../src/units.ts';
import { readCellName } from './cell-name.ts';
import type { CommentSection } from './comment-input.ts';
import { describeMetric, dots, quote } from './comment-words.ts';
import { describeChange, formatDetectable, nothing } from './format-cell.ts';
import { drawTable, keepTogether } from './markdown-parts.ts';

/** Rows of a comment that are not folded. */
const mostRows = 10;

/** These say what another row of the same test says: 1 / latency, and quantiles on the way to the tail. */
const repeated = ['transactions', 'latency_p50', 'latency_p90'];

/** A row of its own beside the others that moved. */
export function isTelling({ metric }: ComparisonCell): boolean {
  return !repeated.includes(metric.name);
}

/**
 * The rows of each section that a reader must see, ten in all: what moved or is invalid before what is open, gated
 * before ungated, large before small.
 */
export function chooseRows(sections: readonly CommentSection[]): readonly (readonly ComparisonCell[])[] {
  const ranked = sections
    .flatMap(({ result }, section) => (result?.cells ?? []).map((cell) => ({ cell, section, rank: rankCell(cell) })))
    .filter(({ rank }) => rank !== null)
    .sort((left, right) => Number(left.rank) - Number(right.rank) || sizeOf(right.cell) - sizeOf(left.cell))
    .slice(0, mostRows);
  return sections.map((_, index) => ranked.filter(({ section }) => section === index).map(({ cell }) => cell));
}

const order = [
  'primary regressed',
  'primary invalid',
  'primary improved',
  'secondary regressed',
  'secondary improved',
  'primary inconclusive',
];

/** null: not worth a reader's time before it is asked for. */
function rankCell(cell: ComparisonCell): number | null {
  const rank = order.indexOf(`${cell.role} ${cell.verdict}`);
  return rank < 0 || !isTelling(cell) ? null : rank;
}

/** Size of a change whatever its direction; of a difference nothing is known that could be compared. */
function sizeOf({ ratio }: ComparisonCell): number {
  return ratio === null || !(ratio.estimate > 0) ? 0 : Math.abs(Math.log(ratio.estimate));
}

const head = ['row', 'better', 'baseline', 'candidate', 'change', 'verdict', 'detectable'];
const numeric = ['baseline', 'candidate', 'change', 'detectable'];

const legend =
  'change: with its 95 % interval · detectable: the smallest increase that such a run finds in four of five cases, from fresh starts x samples a side';

/**
 * Made to fit the width of a comment, about 780 pixels: what belongs together stands on two lines of one cell, and the
 * verdict before what only supports it.
 */
export function renderRows(cells: readonly ComparisonCell[], hasLegend: boolean): string {
  const isRight = (index: number) => numeric.includes(head[index] ?? '');
  const table = drawTable([head, ...cells.map(buildRow)], isRight);
  return hasLegend ? `${table}\n\n<sub>${legend}</sub>` : table;
}

function buildRow(cell: ComparisonCell): string[] {
  const scale = chooseScale(cell.baseline.median || cell.candidate.median || 0, cell.metric.unit);
  const show = ({ median }: SideSummary) =>
    median === null ? nothing : quoteNumber(formatQuantity(median, cell.metric.unit, scale));
  const { estimate, interval } = describeChange(cell);
  return [
    nameRow(cell),
    cell.metric.better,
    show(cell.baseline),
    show(cell.candidate),
    addSmall(quoteNumber(estimate), interval === null ? '' : quoteNumber(interval)),
    `${dots[cell.verdict]}\u00a0${cell.verdict}`,
    addSmall(
      quoteNumber(formatDetectable(cell.detectableChange)).replace('over\u00a0', 'over '),
      describeEvidence(cell),
    ),
  ];
}

/** @param small Markdown of a second line */
function addSmall(text: string, small: string): string {
  return small === '' ? text : `${text}<br><sub>${small}</sub>`;
}

function quoteNumber(text: string): string {
  return keepTogether(quote(text, 30));
}

/** `tcp_rr docker` above `latency, bridge`; a row that no gate looks at says so. */
function nameRow(cell: ComparisonCell): string {
  const { guest, attachment, test } = readCellName(cell);
  const title = [test, guest].filter(Boolean).join(' ');
  const small = [describeMetric(cell), attachment, ...(cell.role === 'primary' ? [] : ['not gated'])].filter(Boolean);
  return addSmall(quote(title, 60), quote(small.join(', '), 80));
}

/** `5 x 3`: fresh starts and samples in each; both sides where they differ. */
function describeEvidence({ baseline, candidate }: ComparisonCell): string {
  const [left, right] = [countSide(baseline), countSide(candidate)];
  return left === right ? left : `${left}, ${right}`;
}

function countSide({ deployments, n }: SideSummary): string {
  if (deployments > 0 && n % deployments === 0) return `${deployments}\u00a0x\u00a0${n / deployments}`;
  return `${deployments}\u00a0with\u00a0${n}`;
}
