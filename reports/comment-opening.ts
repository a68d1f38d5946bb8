import type { CommentInput } from './comment-input.ts';
import { renderApproval, renderMeasuring, renderNothing } from './comment-request.ts';
import type { Outcome } from './comment-verdict.ts';
import { count, dots, quote, renderAlert, renderLink, shorten } from './comment-words.ts';
import { joinWords } from './headline.ts';

const mostNames = 3;
const mostGaps = 10;

/** The first line, which also is what mail programs show; plain text. */
export function describeTitle(input: CommentInput, outcome: Outcome | null): string {
  const names = nameComparisons(input);
  const about = names === '' ? '' : `: ${names}`;
  switch (input.state) {
    case 'measuring':
      return `⏳ Measuring${about}`;
    case 'waiting-for-approval':
      return `✋ Waiting for approval${about}`;
    case 'nothing-to-measure':
      return input.request?.reason === 'invalid-files'
        ? `❌ Nothing measured: files that cannot be used`
        : '⚪ Nothing to measure';
    case 'finished':
    case 'partial':
    case 'cancelled':
    case 'failed':
      return describeEnding(input.state, outcome) + about;
  }
}

const withoutResult = {
  finished: '❌ No result',
  partial: '❌ No result',
  cancelled: '⏹️ Cancelled',
  failed: '❌ Failed',
};
const extents = {
  finished: '',
  partial: ', as far as it was measured',
  cancelled: ', cancelled half-way',
  failed: ', before it failed',
};

function describeEnding(state: keyof typeof extents, outcome: Outcome | null): string {
  if (outcome === null) return withoutResult[state];
  return `${dots[outcome.verdict]} ${capitalize(outcome.verdict)}${extents[state]}`;
}

function capitalize(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

/** `tuned on lab-1`, `tuned and tuned-rt on 2 hosts`. */
function nameComparisons({ request, sections }: CommentInput): string {
  const measured = sections.length > 0;
  const names = measured
    ? sections.map(({ comparison }) => comparison)
    : (request?.comparisons ?? []).map(({ name }) => name);
  const hosts = [...new Set(measured ? sections.map(({ host }) => host) : (request?.hosts ?? []))];
  const known = [...new Set(names)].map((name) => shorten(name, 64));
  if (known.length === 0) return '';
  const more = known.length - mostNames;
  const where =
    hosts.length === 1 ? ` on ${shorten(hosts[0] ?? '', 64)}` : hosts.length === 0 ? '' : ` on ${hosts.length} hosts`;
  return joinWords(more > 0 ? [...known.slice(0, mostNames), `${more} more`] : known) + where;
}

/** What a reader needs to know first: verdict and trade-off, or why there is none; then what the check says. */
export function renderOpening(input: CommentInput, outcome: Outcome | null): readonly string[] {
  return [...renderLead(input, outcome), ...(input.gate === null ? [] : [renderGate(input.gate)])];
}

function renderLead(input: CommentInput, outcome: Outcome | null): readonly string[] {
  switch (input.state) {
    case 'measuring':
      return renderMeasuring(input.request, input.links.run);
    case 'waiting-for-approval':
      return renderApproval(input.request, input.marker);
    case 'nothing-to-measure':
      return renderNothing(input.request);
    case 'finished':
      return outcome === null ? ['**There is no row that could be compared.**'] : [renderVerdict(outcome)];
    case 'partial':
    case 'cancelled':
    case 'failed':
      return [...(outcome === null ? [] : [renderVerdict(outcome)]), renderGap(input, input.state, outcome)];
  }
}

function renderVerdict({ verdict, sentence, moved, sensitivity }: Outcome): string {
  const isQuiet = verdict === 'unchanged' || verdict === 'inconclusive';
  const lines = [
    `**${quote(sentence)}**`,
    ...(moved === null ? [] : [quote(moved, 600)]),
    ...(isQuiet && sensitivity !== null ? [quote(sensitivity, 400)] : []),
  ];
  // A figure stays with its sign.
  const text = lines.join(' ').replaceAll(' %', '\u00a0%');
  if (verdict === 'regressed') return renderAlert('CAUTION', [text]);
  return verdict === 'invalid' ? renderAlert('WARNING', [text]) : text;
}

const gapTexts = {
  partial: 'Not everything was measured.',
  cancelled: 'Cancelled before everything was measured.',
  failed: 'The measurement failed.',
};

/** What is not there, and why. */
function renderGap(
  { sections, request, links }: CommentInput,
  state: keyof typeof gapTexts,
  outcome: Outcome | null,
): string {
  const gaps = sections.filter(({ missing }) => missing !== null);
  const list = gaps
    .slice(0, mostGaps)
    .map(
      ({ comparison, host, missing }) => `- ${quote(comparison, 64)} on ${quote(host, 64)}: ${quote(missing ?? '')}`,
    );
  const more = gaps.length - list.length;
  const nothingKnown = request === null ? ' It was not known yet what to measure.' : '';
  const nothingThere = outcome === null ? ' There is nothing to compare.' : '';
  return renderAlert('WARNING', [
    `**${gapTexts[state]}**${nothingKnown || nothingThere} ${renderLink('What the jobs said', links.run)}.`,
    ...(list.length === 0 ? [] : [[...list, ...(more > 0 ? [`- ${more} more`] : [])].join('\n')]),
  ]);
}

const gateSigns = { success: '✅', failure: '❌', neutral: '⚪' };

function renderGate({ conclusion, sentence }: NonNullable<CommentInput['gate']>): string {
  return `**Check \`tunegate\`: ${gateSigns[conclusion]} ${conclusion}.** ${quote(sentence)}`;
}

/** From what and when: small, at the end. */
export function renderFooter({ marker, request, links }: CommentInput, mostArtifacts: number): string {
  const short = (sha: string) => sha.slice(0, 7);
  const base = request === null ? '' : ` against ${short(request.baseSha)}`;
  const artifacts = links.artifacts.slice(0, mostArtifacts).map(({ name, url }) => renderLink(name, url));
  const more = links.artifacts.length - artifacts.length;
  const parts = [
    `commit ${short(marker.headSha)}${base}`,
    `${renderLink('run', links.run)}, attempt ${marker.attempt}`,
    ...(artifacts.length === 0 ? [] : [`artifacts: ${artifacts.join(', ')}`]),
    ...(more > 0 ? [count(more, 'more artifact')] : []),
  ];
  return `<sub>Tunegate · ${parts.join(' · ')}</sub>`;
}
