import type { CommentInput, CommentText } from './comment-input.ts';
import { renderMarker } from './comment-marker.ts';
import { describeTitle, renderFooter, renderOpening } from './comment-opening.ts';
import { renderLines, renderNotes, renderPlanned } from './comment-request.ts';
import { chooseRows } from './comment-rows.ts';
import { renderOverview, renderSection } from './comment-section.ts';
import { describeSettlement } from './comment-settle.ts';
import { describeOutcome } from './comment-verdict.ts';
import { quote, renderLink, shorten } from './comment-words.ts';

export type { CommentGate, CommentInput, CommentSection, CommentState, CommentText } from './comment-input.ts';
export { type Marker, markerPrefix, parseMarker, renderMarker } from './comment-marker.ts';

/** Sections that a comment has room for. */
const mostSections = 20;
const artifactsShown = { whole: 30, minimum: 5 };

/**
 * The comment on a pull request in three sizes, each a whole comment that begins with the marker; every text from
 * outside is escaped. The step summary is the same text, for which `chooseRung` has more room. The same input gives the
 * same bytes.
 */
export function renderComment(input: CommentInput): CommentText {
  const join = (blocks: readonly string[]) => `${blocks.join('\n\n')}\n`;
  return {
    full: join(renderBlocks(input, true)),
    linked: join(renderBlocks(input, false)),
    minimum: join(renderMinimum(input)),
  };
}

/** GitHub refuses a comment of more than 65,536 characters; bytes, so that a count by either is safe. */
const commentLimit = 60_000;

/** A step summary of GitHub: 1 MiB for each step. */
export const summaryLimit = 1_048_576;

/** The largest text that fits; the minimum always does. @param limit bytes in UTF-8 */
export function chooseRung({ full, linked, minimum }: CommentText, limit: number = commentLimit): string {
  return [full, linked].find((text) => new TextEncoder().encode(text).length <= limit) ?? minimum;
}

/** For the check run: one line without markup (255 characters at most), and the comment without its marker. */
export function renderCheck(input: CommentInput): { readonly title: string; readonly summary: string } {
  const outcome = describeOutcome(input.sections);
  const sentence = outcome === null ? (input.gate?.sentence ?? '') : [outcome.sentence, outcome.moved ?? ''].join(' ');
  const title = `${describeTitle(input, outcome)}${sentence === '' ? '' : ` – ${sentence}`}`;
  const text = chooseRung(renderComment(input));
  return { title: cutTitle(title.trim()), summary: text.slice(text.indexOf('\n')).trimStart() };
}

/** GitHub counts 16-bit units; a sign outside the first plane has two, and is not torn. */
function cutTitle(title: string): string {
  const longest = 255;
  const letters = [...shorten(title, longest)];
  while (letters.join('').length > longest) letters.splice(-2, 2, '…');
  return letters.join('');
}

function renderBlocks(input: CommentInput, isWhole: boolean): readonly string[] {
  const outcome = describeOutcome(input.sections);
  return [
    ...renderHead(input),
    ...renderOpening(input, outcome),
    ...renderBody(input, isWhole),
    ...(isWhole
      ? []
      : [
          `The rest did not fit into a comment; it is in the artifacts and on the page of the ${renderLink('run', input.links.run)}.`,
        ]),
    '---',
    renderFooter(input, artifactsShown.whole),
  ];
}

function renderHead(input: CommentInput): readonly string[] {
  const title = describeTitle(input, describeOutcome(input.sections));
  return [renderMarker(input.marker), `## ${quote(title, 200)}`];
}

function renderBody(input: CommentInput, isWhole: boolean): readonly string[] {
  const { request, state } = input;
  const notes = renderNotes(request, isWhole);
  if (state === 'measuring' || state === 'waiting-for-approval') {
    return [...(request === null ? [] : renderPlanned(request, isWhole)), ...notes];
  }
  return state === 'nothing-to-measure' ? notes : renderResults(input, notes, isWhole);
}

function renderResults(input: CommentInput, notes: readonly string[], isWhole: boolean): readonly string[] {
  const sections = input.sections.slice(0, mostSections);
  const chosen = chooseRows(sections);
  const isNamed = sections.length > 1;
  const lines = describeSettlement(input);
  const settlement = lines.length === 0 ? [] : renderLines('What would settle the open rows', lines, isWhole);
  const left = input.sections.length - sections.length;
  const firstRows = chosen.findIndex((rows) => rows.length > 0);
  const blocks = sections.map((section, index) =>
    renderSection(input, section, { rows: chosen[index] ?? [], isWhole, isNamed, hasLegend: index === firstRows }),
  );
  const [only] = blocks;
  if (!isNamed) return [...(only?.open ?? []), ...settlement, ...notes, ...(only?.folded ?? [])];
  return [
    renderOverview(sections),
    ...settlement,
    ...notes,
    ...blocks.flatMap(({ open, folded }) => [...open, ...folded]),
    ...(left > 0 ? [`${left} more comparisons are in the artifacts.`] : []),
  ];
}

function renderMinimum(input: CommentInput): readonly string[] {
  return [
    ...renderHead(input),
    ...renderOpening(input, describeOutcome(input.sections)),
    `The report did not fit into a comment; it is in the artifacts and on the page of the ${renderLink('run', input.links.run)}.`,
    renderFooter(input, artifactsShown.minimum),
  ];
}
