import { markdownTable } from 'markdown-table';

/** A share as a percentage: one digit below 10 %, none above. */
export function formatRate(count: number, of: number): string {
  if (of === 0) return 'none';
  const percent = (100 * count) / of;
  return percent === 0 ? '0' : percent < 10 ? percent.toFixed(1) : percent.toFixed(0);
}

/** First column to the left, numbers to the right. */
export function renderTable(rows: readonly (readonly string[])[]): string {
  const columns = rows[0]?.length ?? 0;
  return markdownTable(
    rows.map((row) => row.map((cell) => cell.replaceAll('|', '\\|'))),
    { align: ['l', ...new Array<string>(Math.max(0, columns - 1)).fill('r')] },
  );
}
