import type { Detection } from '../src/history/detect.ts';
import type { NightJudgement } from '../src/history/judge-nights.ts';
import type { Regression } from '../src/history/regressions.ts';
import type { Stall } from '../src/history/stalls.ts';
import { escapeMarkdown } from './escape-markdown.ts';
import { foldList, foldText } from './fold-text.ts';
import { describeState } from './night-issue.ts';
import { describeKind, drawSeries, formatNightTime, formatShift, nameSeriesCell } from './night-words.ts';

/** What the nights come to, with all that was noticed on the way. */
export interface NightReport extends NightJudgement {
  readonly stalls: readonly Stall[];
  readonly warnings: readonly string[];
}

/** For the summary of a workflow step; every text is escaped. Ends with a line break. */
export function renderNightMarkdown(report: NightReport): string {
  const parts = listNightParts(report).flatMap(({ title, lines }) => [
    `### ${escapeMarkdown(title)}`,
    lines.map((line) => `- ${escapeMarkdown(line)}`).join('\n'),
  ]);
  return `${['## Nights', escapeMarkdown(summarizeNights(report)), ...parts].join('\n\n')}\n`;
}

/** For a terminal. Ends with a line break. */
export function renderNightText(report: NightReport, columns: number | null): string {
  const parts = listNightParts(report).map(
    ({ title, lines }) => `${foldText(title, columns)}\n${foldList(lines, columns)}`,
  );
  return `${[foldText(summarizeNights(report), columns), ...parts].join('\n\n')}\n`;
}

/** One sentence: the first thing to know. */
export function summarizeNights({ detections, regressions, stalls }: NightReport): string {
  if (detections.length === 0) return 'No night is recorded yet.';
  const count = (wanted: readonly Regression['state'][]) =>
    regressions.filter(({ state }) => wanted.includes(state)).length;
  const bad = count(['regressed', 'recovering']);
  const suspected = count(['suspected']);
  const found = [
    bad === 0 ? 'No cell has got worse' : `${bad} ${bad === 1 ? 'cell has' : 'cells have'} got worse`,
    ...(suspected === 0 ? [] : [`${suspected} ${suspected === 1 ? 'is' : 'are'} suspected after one night`]),
    ...(stalls.length === 0 ? [] : [`${stalls.length === 1 ? 'a night is' : `${stalls.length} nights are`} missing`]),
  ];
  return `${found.join('; ')}.`;
}

export interface NightPart {
  readonly title: string;
  readonly lines: readonly string[];
}

/** What there is to say, by subject; plain text. */
export function listNightParts(report: NightReport): readonly NightPart[] {
  const { detections, regressions, stalls, warnings } = report;
  const told = regressions.filter(({ state }) => state !== 'recovered' && state !== 'accepted');
  const parts = [
    { title: 'Cells', lines: told.map(describeRegression) },
    { title: 'Missing nights', lines: stalls.map(({ sentence }) => sentence) },
    { title: 'Nights compared', lines: detections.flatMap(describeDetection) },
    { title: 'Skipped', lines: [...warnings] },
  ];
  return parts.filter(({ lines }) => lines.length > 0);
}

function describeRegression(regression: Regression): string {
  const series = regression.series.map((one) => {
    const shift = formatShift(regression, one) ?? 'worse';
    return `${describeKind(regression, one)} ${shift}, ${drawSeries(regression, one)}`;
  });
  const { comparison, host, state, first } = regression;
  return `${nameSeriesCell(regression)}, ${comparison} on ${host}: ${state} since ${formatNightTime(first.time)}. ${series.join('; ')}. ${describeState(regression)}`;
}

function describeDetection({ host, comparison, stretch, notes }: Detection): readonly string[] {
  const { nights } = stretch;
  const last = nights.at(-1)?.time;
  const count = `${nights.length} comparable ${nights.length === 1 ? 'night' : 'nights'}`;
  const line = `${comparison} on ${host}: ${count}, the last of ${last === undefined ? 'no time' : formatNightTime(last)}.`;
  return [[line, ...notes].join(' ')];
}
