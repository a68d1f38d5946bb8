import type { Comparison, ComparisonCell } from '../src/comparison/comparison.schema.ts';
import { formatNumber } from '../src/units.ts';
import { describeCell } from './cell-name.ts';
import { formatP, nothing } from './format-cell.ts';
import type { Remark } from './remarks.ts';

/** How far samples scatter, as a verdict of its own: rows that changed stand in a table, the rest in a sentence. */
export function describeSpread({ cells }: Comparison): Remark | null {
  const tested = cells.filter(({ role, spread }) => role === 'primary' && spread.p !== null);
  if (tested.length === 0) return null;
  const changed = tested.filter(({ spread: { verdict } }) => verdict === 'improved' || verdict === 'regressed');
  const rest = tested.length - changed.length;
  const title = 'Spread: how far samples scatter within a fresh start or block';
  const lines = [
    ...(rest === 0
      ? []
      : [`${changed.length === 0 ? 'No change shown' : 'No other change shown'} in ${rest} of ${tested.length} rows.`]),
  ];
  if (changed.length === 0) return { title, lines };
  const head = ['row', 'verdict', 'candidate / baseline', 'p'];
  return { title, lines, table: { head, rows: changed.map(buildRow), firstNumber: 2 } };
}

function buildRow(cell: ComparisonCell): string[] {
  const { ratio, interval95, verdict, p, pAdjusted } = cell.spread;
  const range = interval95 === null ? '' : ` (${interval95.map(formatNumber).join(' to ')})`;
  return [
    describeCell(cell),
    verdict === 'improved' ? '▲ steadier' : '▼ less steady',
    ratio === null ? nothing : `${formatNumber(ratio)} x${range}`,
    formatP(pAdjusted ?? p),
  ];
}
