import type { Mark } from '../marks/mark.ts';
import type { Results } from '../results.ts';
import {
  renderCoverageTable,
  renderDetectableTable,
  renderMarginTable,
  renderNullTable,
  renderPowerTable,
  renderSmallestTable,
} from './comparison-tables.ts';
import { explainMark } from './explanations.ts';
import { renderTable } from './format.ts';
import { renderAlarmTable, renderDetectionTable, renderF1Table, renderRealTable } from './other-tables.ts';
import { describeLimits, describePeers, describeReal, describeSpeed, howToRead, introduceTables } from './prose.ts';

const resultWords = { pass: 'PASS', miss: '**MISS**', open: 'open' } as const;

/** The evaluation as GitHub Markdown. `pictures` are paths as seen from the document, by name. Ends with a line break. */
export function renderDocument(results: Results, pictures: Readonly<Record<string, string>>): string {
  const { outcomes, marks } = results;
  const show = (name: string, title: string) => (name in pictures ? [`![${title}](${pictures[name]})`] : []);
  const parts = [
    '# Do the verdicts keep their promises?',
    howToRead,
    describeRun(results),
    '## The marks',
    renderMarks(marks),
    ...renderMisses(marks),
    '## Differences where there are none',
    introduceTables.none,
    ...show('evaluation-null', 'False findings by rule and scenario'),
    renderNullTable(outcomes),
    introduceTables.coverage,
    renderCoverageTable(outcomes),
    '## Differences that are there',
    introduceTables.power,
    ...show('evaluation-power', 'Power by rule and scenario'),
    renderPowerTable(outcomes),
    introduceTables.smallest,
    renderSmallestTable(outcomes),
    '## Verdicts and the margin',
    introduceTables.margin,
    ...show('evaluation-verdicts', 'Verdicts by size of the change'),
    renderMarginTable(outcomes),
    '## The detectable change that is printed',
    introduceTables.detectable,
    renderDetectableTable(outcomes),
    '## Nightly series',
    introduceTables.nightly,
    ...show('evaluation-nightly', 'F1 by rule and noise'),
    renderF1Table(outcomes),
    introduceTables.alarms,
    renderAlarmTable(outcomes),
    introduceTables.detection,
    renderDetectionTable(outcomes),
    '## Recorded data',
    describeReal(),
    renderRealTable(outcomes),
    '## The peers, and how we know that these are their rules',
    describePeers,
    '## Speed',
    describeSpeed,
    '## What this does not show',
    describeLimits,
  ];
  return `${parts.join('\n\n')}\n`;
}

function describeRun({ mode, seed, percent, repetitions }: Results): string {
  const { null: none, power, margin, family, detectable, smallest, nightly, real } = repetitions;
  const counts = [
    `${none} comparisons a scenario without a difference`,
    `${power} with one`,
    `${margin} for each size in margins, ${none} for a change as large as the margin`,
    `${family} comparisons of 48 cells`,
    `about ${detectable} cells for each detectable change`,
    `${smallest} for each rung of the smallest changes`,
    `${nightly} series of each kind`,
    `${real} resampled comparisons of each recorded source`,
  ];
  const few = mode === 'full' ? '' : ' These are too few to judge the marks by: an *open* one says so.';
  return `This document was written by \`npm run evaluate -- --${mode}${percent === 100 ? '' : ` --percent ${percent}`} --seed ${seed}\`: ${counts.join(', ')}.${few}`;
}

function renderMarks(marks: readonly Mark[]): string {
  const rows = marks.map(({ title, limit, worst, cases, misses, result }) => [
    title,
    limit,
    worst,
    `${cases - misses.length} of ${cases}`,
    resultWords[result],
  ]);
  return renderTable([['what', 'must be', 'worst seen', 'cases inside', 'result'], ...rows]);
}

function renderMisses(marks: readonly Mark[]): string[] {
  const missed = marks.filter(({ result }) => result !== 'pass');
  if (missed.length === 0) return ['Every mark is met.'];
  return [
    '### What is not met, and why',
    ...missed.map(({ id, title, misses, result }) => {
      if (misses.length === 0) return `**${title}.** Not measured in this run.`;
      const why = result === 'open' ? 'Too few repetitions in this run to tell it from chance.' : explainMark(id);
      return `**${title}.** ${why} Outside: ${misses.join('; ')}.`;
    }),
  ];
}
