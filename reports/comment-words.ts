import type { ComparisonCell, Verdict } from '../src/comparison/comparison.schema.ts';
import { describeCell } from './cell-name.ts';
import { escapeMarkdown } from './escape-markdown.ts';
import { stripControls } from './strip-controls.ts';

/** Colour is for the glance; the word that always follows says the same. */
export const dots: Readonly<Record<Verdict, string>> = {
  regressed: '🔴',
  invalid: '⛔',
  inconclusive: '🟡',
  improved: '🟢',
  unchanged: '⚪',
};

/** `1 row`, `2 rows` */
export function count(number: number, word: string): string {
  return `${number} ${word}${number === 1 ? '' : 's'}`;
}

/** The beginning of a text that is too long; counted in letters, so that none is torn in two. */
export function shorten(text: string, most: number): string {
  const letters = [...stripControls(text)];
  return letters.length <= most ? letters.join('') : `${letters.slice(0, most - 1).join('')}…`;
}

/** A text from outside, not longer than a reader wants it, as Markdown. */
export function quote(text: string, most = 300): string {
  return escapeMarkdown(shorten(text, most));
}

/** `about 40 minutes`: a time to wait by. */
export function describeMinutes(seconds: number): string {
  if (seconds < 90) return 'about a minute';
  const minutes = Math.round(seconds / 60);
  if (minutes < 100) return `about ${minutes} minutes`;
  const hours = Math.round(minutes / 6) / 10;
  return `about ${hours} hours`;
}

/** Words for metrics inside a sentence. */
export function describeMetric({ metric: { name } }: Pick<ComparisonCell, 'metric'>): string {
  const [, what, part] = /^(latency)_(p\d+|max)$/.exec(name) ?? [];
  if (what === undefined || part === undefined) return name;
  return part === 'max' ? `largest ${what}` : `${part} ${what}`;
}

/** `tcp_rr docker bridge`, of a secondary row with its metric. */
export function describeRow(cell: ComparisonCell): string {
  const name = describeCell(cell);
  return cell.role === 'primary' ? name : `${describeMetric(cell)} of ${name}`;
}

/** A link, or only its text where the address is none. */
export function renderLink(text: string, address: string): string {
  const words = quote(text, 120);
  return /^https?:\/\/[^\s()<>"'\\`[\]|]{1,1000}$/.test(address) ? `[${words}](${address})` : words;
}

/** The first digits of a commit, as people write it. */
export function shortSha(sha: string): string {
  return sha.slice(0, 7);
}

/** A call-out of GitHub; only ever at top level, where alone it is drawn. */
export function renderAlert(kind: 'CAUTION' | 'WARNING' | 'IMPORTANT', paragraphs: readonly string[]): string {
  const lines = paragraphs.join('\n\n').split('\n');
  return [`[!${kind}]`, ...lines].map((line) => `> ${line}`.trimEnd()).join('\n');
}
