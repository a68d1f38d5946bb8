import type { Comparison } from '../src/comparison/comparison.schema.ts';
import { formatChange, formatPercent } from '../src/units.ts';
import { formatP } from './format-cell.ts';
import type { Remark } from './remarks.ts';

/**
 * Every test over all its rows: a change that hits all guests shows here before any row alone can show it. Only where a
 * test has several rows; never gated.
 */
export function describeTestHeadlines({ headlines = [] }: Comparison): Remark | null {
  const joint = headlines.filter(({ cells }) => cells > 1);
  if (joint.length === 0) return null;
  const head = ['test', 'rows', 'better', 'change', 'p'];
  const rows = joint.map(({ test, metric, cells, ratio: { estimate, interval95 }, p }) => [
    test ?? metric.name,
    String(cells),
    metric.better === 'higher' ? '↑ higher' : '↓ lower',
    formatChange(estimate) + (interval95 === null ? '' : ` (${interval95.map(formatPercent).join(' to ')})`),
    formatP(p),
  ]);
  return {
    title: 'Each test over all its rows',
    lines: ['One test for all rows of a test together; p is not adjusted, and decides nothing.'],
    table: { head, rows, firstNumber: 3 },
  };
}
