import type { ComparisonCell, Verdict } from '../src/comparison/comparison.schema.ts';
import { precedence } from '../src/comparison/family-verdict.ts';
import { formatPercent } from '../src/units.ts';
import type { CommentSection } from './comment-input.ts';
import { isTelling } from './comment-rows.ts';
import { count, describeMetric, describeRow, shorten } from './comment-words.ts';
import { describeChange, formatDetectable } from './format-cell.ts';
import { joinWords } from './headline.ts';

export interface Outcome {
  readonly verdict: Verdict;
  /** What a busy reader needs to know; plain text. */
  readonly sentence: string;
  /** What got better and what got worse, or a null: nothing moved. */
  readonly moved: string | null;
  /** How small a change would have been seen; null where nothing can be said. */
  readonly sensitivity: string | null;
}

/** The verdict over all sections that have a result; null when none has a gated row. */
export function describeOutcome(sections: readonly CommentSection[]): Outcome | null {
  const cells = sections.flatMap(({ result }) => result?.cells ?? []);
  const primary = cells.filter(({ role }) => role === 'primary');
  if (primary.length === 0) return null;
  const verdict = precedence.find((word) => primary.some((cell) => cell.verdict === word)) ?? 'inconclusive';
  return {
    verdict,
    sentence: describeCounts(verdict, primary),
    moved: describeMoved(cells),
    sensitivity: describeSensitivity(primary),
  };
}

function describeCounts(verdict: Verdict, primary: readonly ComparisonCell[]): string {
  const number = (word: Verdict) => primary.filter((cell) => cell.verdict === word).length;
  const total = primary.length;
  const share = (word: Verdict) => `${number(word)} of ${count(total, 'row')}`;
  const rest = (...words: readonly (readonly [Verdict, string])[]) =>
    words
      .filter(([word]) => number(word) > 0)
      .map(([word, text]) => `, ${number(word)} ${text}`)
      .join('');
  const better = ['improved', 'got better'] as const;
  const open = ['inconclusive', 'stayed open'] as const;
  const broken = ['invalid', number('invalid') === 1 ? 'is invalid' : 'are invalid'] as const;
  const still = ['unchanged', 'did not move'] as const;
  const one = (word: Verdict, singular: string, plural: string) => (number(word) === 1 ? singular : plural);
  switch (verdict) {
    case 'regressed':
      return `${share(verdict)} got worse by more than ${one(verdict, 'its margin', 'their margins')}${rest(better, broken, open, still)}.`;
    case 'invalid':
      return `${share(verdict)} ${one(verdict, 'does', 'do')} not compare what was asked for, and nothing follows from ${one(verdict, 'it', 'them')}${rest(better, open, still).replace(',', ';')}.`;
    case 'inconclusive':
      return `No regression was shown, but ${share(verdict)} ${one(verdict, 'is', 'are')} too uncertain to exclude one${rest(better, still).replace(',', ';')}.`;
    case 'improved':
      return `${share(verdict)} got better by more than ${one(verdict, 'its margin', 'their margins')}, and none got worse${rest(still).replace(',', ';')}.`;
    case 'unchanged':
      return `Measured, and nothing moved: ${total === 1 ? 'the only row' : `all ${total} rows`} stayed within ${total === 1 ? 'its margin' : 'their margins'}.`;
  }
}

/** Kinds of change that a sentence names. */
const mostNamed = 4;

/** `Trade-off: worse throughput (−15.0 %, tcp_stream docker bridge) for better latency (−30.0 %, 3 rows).` */
function describeMoved(cells: readonly ComparisonCell[]): string | null {
  const worse = listMoves(cells, 'regressed');
  const better = listMoves(cells, 'improved');
  if (worse.length > 0 && better.length > 0) return `Trade-off: ${joinWords(worse)} for ${joinWords(better)}.`;
  if (worse.length > 0) return `What moved: ${joinWords(worse)}.`;
  return better.length > 0 ? `What moved: ${joinWords(better)}.` : null;
}

function listMoves(cells: readonly ComparisonCell[], verdict: 'regressed' | 'improved'): readonly string[] {
  const moved = cells.filter((cell) => cell.verdict === verdict && isTelling(cell));
  const word = verdict === 'regressed' ? 'worse' : 'better';
  const named = [...Map.groupBy(moved, (cell) => describeMetric(cell))].map(
    ([metric, group]) => `${word} ${shorten(metric, 40)} (${describeGroup(group)})`,
  );
  const more = named.length - mostNamed;
  return more > 0 ? [...named.slice(0, mostNamed), `${more} more`] : named;
}

function describeGroup(group: readonly ComparisonCell[]): string {
  const [first] = group;
  if (first !== undefined && group.length === 1)
    return `${describeChange(first).estimate}, ${shorten(describeRow({ ...first, role: 'primary' }), 60)}`;
  const ratios = group.flatMap(({ ratio }) => (ratio === null ? [] : [ratio.estimate]));
  if (ratios.length < group.length) return count(group.length, 'row');
  const [low, high] = [Math.min(...ratios), Math.max(...ratios)].map(formatPercent);
  return `${low === high ? low : `${low} to ${high}`} %, ${count(group.length, 'row')}`;
}

/** Silence is no answer: a reader of "nothing moved" must know what would have been seen. */
function describeSensitivity(primary: readonly ComparisonCell[]): string | null {
  const known = primary
    .filter(({ detectableChange, verdict }) => detectableChange !== null && verdict !== 'invalid')
    .sort((left, right) => Number(left.detectableChange) - Number(right.detectableChange));
  const [best, worst] = [known.at(0), known.at(-1)];
  if (best === undefined || worst === undefined) {
    return 'How small a change would have been found cannot be said from so few fresh starts.';
  }
  const show = (cell: ComparisonCell) => formatDetectable(cell.detectableChange).replace('+', '');
  const name = (cell: ComparisonCell) => shorten(describeRow(cell), 60);
  if (known.length === 1) return `The smallest detectable change is ${show(best)} (${name(best)}).`;
  if (show(best) === show(worst)) return `The smallest detectable change is ${show(best)} in every row.`;
  return `The smallest detectable change is ${show(best)} in the quietest row (${name(best)}) and ${show(worst)} in the noisiest (${name(worst)}).`;
}
