import { nightsToRecover } from '../src/history/follow-series.ts';
import { buildIssueMarker } from '../src/history/issue-marker.ts';
import type { IssueText } from '../src/history/plan-issues.ts';
import type { RegressedSeries, Regression } from '../src/history/regressions.ts';
import { formatNumber } from '../src/units.ts';
import { escapeMarkdown } from './escape-markdown.ts';
import { describeKind, drawSeries, formatNightTime, formatShift, nameSeriesCell } from './night-words.ts';
import { stripControls } from './strip-controls.ts';

export interface IssueSurroundings {
  /** Address of the repository, `https://github.com/OWNER/NAME`. */
  readonly repositoryUrl: string;
  /** Where the nights are kept. */
  readonly branch: string;
}

/** The issue of a regressed cell, for GitHub; every text that came from a file is escaped. */
export function renderNightIssue(regression: Regression, surroundings: IssueSurroundings): IssueText {
  const { host, comparison } = regression;
  const where = `${comparison} on ${host}`;
  return {
    // Plain text on GitHub: there is nothing to escape, and it never changes.
    title: stripControls(`Nightly regression: ${nameSeriesCell(regression)}, ${where}`).slice(0, 250),
    body: [
      buildIssueMarker(regression),
      `**${escapeMarkdown(summarize(regression))}**`,
      escapeMarkdown(describeState(regression)),
      renderList(listFacts(regression, surroundings)),
      fence(regression.series.flatMap((series) => [describeKind(regression, series), drawSeries(regression, series)])),
      'One block a night, oldest first; the bar stands before the first night outside.',
      '### To look into it',
      'Read the nights again, on any machine:',
      fence([
        `git fetch origin ${surroundings.branch}`,
        `git worktree add ../tunegate-history FETCH_HEAD`,
        'npx --no-install tunegate history detect --store ../tunegate-history',
      ]),
      'Measure both profiles interleaved, on the host:',
      fence([renderMeasureCommand(regression)]),
      renderList(explainEnding()),
    ].join('\n\n'),
    comment: escapeMarkdown(describeState(regression)),
  };
}

function summarize(regression: Regression): string {
  const [series] = regression.series;
  const shift = series === undefined ? null : formatShift(regression, series);
  const what = series === undefined ? '' : `, ${describeKind(regression, series)}`;
  const direction = regression.metric.better === 'lower' ? 'lower is better' : 'higher is better';
  return `${nameSeriesCell(regression)} on ${regression.host}${what}: ${shift ?? 'worse'} since ${formatNightTime(regression.first.time)} (${direction}).`;
}

/** What is known tonight, in a sentence or two. */
export function describeState({ state, back, series, tonight }: Regression): string {
  const nights = Math.max(0, ...series.map(({ nightsSince }) => nightsSince));
  const count = `${nights} ${nights === 1 ? 'night' : 'nights'}`;
  const last = `Last night looked at: ${formatNightTime(tonight.time)}.`;
  switch (state) {
    case 'suspected':
      return `One night is outside; the next one decides. ${last}`;
    case 'regressed':
      return `${count} say so, and no interleaved run has confirmed it yet: nights are hours apart, so whatever else changed between them may be the reason. ${last}`;
    case 'recovering':
      return `The last ${back} nights were back on the good side; after ${nightsToRecover} in a row this is over. ${last}`;
    case 'recovered':
      return `The last ${back} nights in a row were back on the good side, so this is over. ${last}`;
    case 'accepted':
      return `The level of these nights was accepted as the new reference. ${last}`;
    case 'unfollowed':
      return `Profile, plan or environment has changed since, so later nights cannot be compared with those before this regression. Whether it is over has to be found out by hand. ${last}`;
  }
}

function listFacts(regression: Regression, { repositoryUrl }: IssueSurroundings): readonly string[] {
  const { first, lastGood, series, tonight } = regression;
  const run = `run ${first.run.id}, attempt ${first.run.attempt}`;
  return [
    escapeMarkdown(`First night outside: ${formatNightTime(first.time)}, ${run}.`),
    ...series.map((one) => escapeMarkdown(describeEvidence(regression, one))),
    renderCommits(lastGood?.commit ?? null, first.commit, repositoryUrl),
    escapeMarkdown(
      `The same in all these nights: both profiles (${tonight.baseline.profile} ${tonight.baseline.sha256.slice(0, 12)}, ${tonight.candidate.profile} ${tonight.candidate.sha256.slice(0, 12)}), plan ${tonight.design.plan}, kernels, processor, and versions of QEMU, Docker and the tools.`,
    ),
    ...(series.length === 2 ? [] : [escapeMarkdown(explainOneSeries(series[0]?.kind === 'level'))]),
  ];
}

function describeEvidence(regression: Regression, series: RegressedSeries): string {
  const { foundBy, nightsBefore, nightsSince, spreadRatio } = series;
  const shift = formatShift(regression, series) ?? 'no interval: the nights before are all equal';
  const scatter =
    spreadRatio === null ? '' : `; scatter inside fresh starts ${formatNumber(spreadRatio)} times that of before`;
  return `${describeKind(regression, series)}: ${shift}, 95 % interval, from ${nightsSince} ${nightsSince === 1 ? 'night' : 'nights'} since and ${nightsBefore} before; found by ${foundBy}${scatter}.`;
}

function explainOneSeries(isLevel: boolean): string {
  return isLevel
    ? 'The difference between the profiles is not shown to have changed: the host, or what lies between host and client, may have become worse for both.'
    : 'The candidate alone is not shown to have changed by as much: look at the baseline too.';
}

/** SHAs are checked on reading, so they are safe in an address. */
function renderCommits(lastGood: string | null, firstBad: string | null, repositoryUrl: string): string {
  if (lastGood === null || firstBad === null) return 'Suspected commits: not known, the nights do not name theirs.';
  if (lastGood === firstBad) {
    return `No commit is suspected: the last good night ran \`${firstBad.slice(0, 12)}\` as well.`;
  }
  const range = `${lastGood.slice(0, 12)}...${firstBad.slice(0, 12)}`;
  return `Suspected commits: [\`${range}\`](${repositoryUrl}/compare/${lastGood}...${firstBad}).`;
}

/** Names of plans and profiles are words of letters, digits, dots and hyphens, checked on reading. */
function renderMeasureCommand({ tonight }: Regression): string {
  const { design, baseline, candidate } = tonight;
  return `npx --no-install tunegate measure --plan ${design.plan} --baseline ${baseline.profile} --candidate ${candidate.profile} --deployments ${Math.max(10, design.deployments)} --out out/confirm`;
}

function explainEnding(): readonly string[] {
  return [
    `After ${nightsToRecover} nights in a row on the good side this issue is closed by itself.`,
    'Close it as *not planned* to accept the new level: later nights are then compared with it.',
    'Closed as *completed*, it is opened again when two more nights are bad.',
  ];
}

function renderList(lines: readonly string[]): string {
  return lines.map((line) => `- ${line}`).join('\n');
}

/** A fence longer than any that could stand inside. */
function fence(lines: readonly string[]): string {
  return ['````', ...lines.map((line) => stripControls(line).replaceAll('`', "'")), '````'].join('\n');
}
