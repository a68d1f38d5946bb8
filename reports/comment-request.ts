import type { Request, RequestedComparison } from '../src/plans/request.schema.ts';
import { formatChange } from '../src/units.ts';
import type { Marker } from './comment-marker.ts';
import { renderChanges, renderLost } from './comment-treatment.ts';
import { count, describeMinutes, quote, renderAlert, renderLink, shortSha } from './comment-words.ts';
import { nothing } from './format-cell.ts';
import { drawTable, longestOpenList, renderFolded } from './markdown-parts.ts';

/** Of a list that nobody asked for. */
const mostNotes = 30;

/** What is or would be measured: cells, cost and the parameters at stake. */
export function renderPlanned({ comparisons, hosts, plan }: Request, isWhole: boolean): readonly string[] {
  const measured = comparisons.filter(({ cells }) => cells > 0);
  if (measured.length === 0) return [];
  const head = ['comparison', 'rows', 'fresh starts x samples', 'detectable', 'time on each host'];
  const rows = measured.map(({ name, cells, deployments, samples, detectableChange, estimatedSeconds }) => [
    quote(name, 64),
    String(cells),
    `${deployments}\u00a0x\u00a0${samples} a side`,
    detectableChange === null ? nothing : formatChange(1 + detectableChange).replace(' ', '\u00a0'),
    describeMinutes(estimatedSeconds),
  ]);
  const source = plan.source === 'pull-request' ? 'as this pull request has it' : 'of the default branch';
  const where = `${hosts.length === 1 ? 'host' : 'hosts'} ${quote(hosts.slice(0, 10).join(', '))}`;
  return [
    `Plan ${quote(plan.name, 64)} (${source}) on ${where}:`,
    drawTable([head, ...rows], (index) => index > 0),
    ...measured.flatMap((comparison) => renderChanges(comparison, isWhole)),
  ];
}

/** What reading the files brought up, one sentence each. */
export function renderNotes(request: Request | null, isWhole: boolean): readonly string[] {
  const notes = [
    ...(request?.notes ?? []).map((note) => quote(note)),
    ...(request?.comparisons ?? []).flatMap(({ name, notes }) =>
      notes.map((note) => `${quote(name, 64)}: ${quote(note)}`),
    ),
  ];
  return notes.length === 0 ? [] : renderLines('Notes', notes, isWhole);
}

/** @param lines Markdown; a long list is folded, or cut where there is no room */
export function renderLines(title: string, lines: readonly string[], isWhole: boolean): readonly string[] {
  const list = (shown: readonly string[]) => shown.map((line) => `- ${line}`).join('\n');
  if (lines.length <= longestOpenList) return [`**${title}**`, list(lines)];
  const more = lines.length - (isWhole ? mostNotes : longestOpenList);
  const cut = more > 0 ? [`${more} more`] : [];
  if (!isWhole) return [`**${title}**`, list([...lines.slice(0, longestOpenList), ...cut])];
  return [renderFolded(`${title} (${lines.length})`, list([...lines.slice(0, mostNotes), ...cut]))];
}

/** Who can start the measurement, and what exactly to write. */
export function renderApproval(request: Request | null, { headSha }: Marker): readonly string[] {
  const place = request === null ? 'this repository' : `${request.repository.owner}/${request.repository.name}`;
  const longest = Math.max(0, ...(request?.comparisons ?? []).map(({ deployments }) => deployments));
  return [
    renderAlert('IMPORTANT', [
      `**Nothing is measured until somebody who may write to ${quote(place)} approves commit ${shortSha(headSha)}.** ` +
        'The author has no write access, and what is measured is set up on real hosts. A push ends the approval.',
    ]),
    'To approve exactly this commit, read the parameters below, then write this comment:',
    `\`\`\`\n/tunegate run ${headSha}\n\`\`\``,
    `Or add the label \`tunegate:run\`, which approves the commit that is the newest at that moment. More fresh starts a side find smaller changes and take longer: \`/tunegate run ${headSha} --deployments ${Math.min(100, Math.max(10, 2 * longest))}\`.`,
  ];
}

/** What is going on, and for how long. */
export function renderMeasuring(request: Request | null, run: string): readonly string[] {
  const measured = (request?.comparisons ?? []).filter(({ cells }) => cells > 0);
  const rows = measured.reduce((sum, { cells }) => sum + cells, 0);
  const seconds = measured.reduce((sum, { estimatedSeconds }) => sum + estimatedSeconds, 0);
  const hosts = request?.hosts.length ?? 0;
  const place = hosts === 1 ? 'on the host' : `on each of ${hosts} hosts`;
  const what =
    rows === 0
      ? 'What is to be measured is being worked out.'
      : `${count(rows, 'row')} are being measured, ${describeMinutes(seconds)} ${place}.`;
  return [`**${what}** This comment is replaced by the result; the ${renderLink('run', run)} shows how far it is.`];
}

/** Why there is nothing to measure. */
export function renderNothing(request: Request | null): readonly string[] {
  const deleted = (request?.comparisons ?? []).filter(({ change }) => change === 'deleted');
  switch (request?.reason) {
    case 'no-tuning-files':
      return [
        'This pull request changes no tuning profile and no plan, so no guest was started and nothing can have moved.',
      ];
    case 'invalid-files':
      return [
        renderAlert('WARNING', [
          '**Nothing was measured: files of this pull request cannot be used as they are.** What is wrong, and what would be accepted, stands below; a push starts over.',
        ]),
      ];
    default:
      return deleted.length === 0
        ? ['Nothing that this pull request changes can be compared with anything, so nothing was measured.']
        : deleted.flatMap(renderDeleted);
  }
}

function renderDeleted(comparison: RequestedComparison): readonly string[] {
  const { name, parameterDifference } = comparison;
  const sets = parameterDifference.length === 0 ? '' : ` It set ${count(parameterDifference.length, 'parameter')}:`;
  return [
    `Profile ${quote(name, 64)} is deleted: there is no candidate to measure, and hosts that idle in it need another.${sets}`,
    ...renderLost(comparison),
  ];
}
