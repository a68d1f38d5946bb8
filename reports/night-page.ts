import type { Night } from '../src/history/night.schema.ts';
import { isOngoing, type Regression } from '../src/history/regressions.ts';
import { listPoints, type Point } from '../src/history/series.ts';
import { buildTracks, type Track } from '../src/history/stretches.ts';
import { escapeHtml } from './escape-html.ts';
import { buildNightPlot, type NightPlot } from './night-plot.ts';
import { listNightParts, type NightReport, summarizeNights } from './night-summary.ts';
import { drawPlot } from './plots.ts';

const style = `
body { font: 15px/1.5 sans-serif; color: #1f2328; background: #fff; max-width: 800px; margin: 2em auto; padding: 0 1em; }
h1 { font-size: 1.5em; } h2 { font-size: 1.2em; margin-top: 2em; border-bottom: 1px solid #d1d9e0; }
figure { margin: 1em 0; } svg { max-width: 100%; height: auto; } li { overflow-wrap: anywhere; }
`;

/**
 * All nights as one HTML page that loads nothing: what was found, then a picture for each primary cell, regressed ones
 * first. Every text is escaped; the pictures are drawn by Vega, which escapes its own. The same nights, the same bytes.
 */
export async function renderNightPage(report: NightReport & { readonly nights: readonly Night[] }): Promise<string> {
  const sections: string[] = [];
  for (const track of buildTracks(report.nights)) sections.push(await renderTrack(track, report.regressions));
  const parts = listNightParts(report).map(({ title, lines }) => {
    const items = lines.map((line) => `<li>${escapeHtml(line)}</li>`).join('\n');
    return `<h2>${escapeHtml(title)}</h2>\n<ul>\n${items}\n</ul>`;
  });
  return [
    '<!doctype html>',
    '<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">',
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`,
    `<title>Tunegate: nights</title><style>${style}</style></head><body>`,
    '<h1>Nights</h1>',
    `<p>${escapeHtml(summarizeNights(report))}</p>`,
    ...parts,
    ...sections,
    '</body></html>',
    '',
  ].join('\n');
}

async function renderTrack(track: Track, regressions: readonly Regression[]): Promise<string> {
  const { host, comparison } = track;
  const own = regressions.filter((one) => one.host === host && one.comparison === comparison && isOngoing(one));
  const plots = collectPlots(track, own).sort((a, b) => Number(b.regression !== null) - Number(a.regression !== null));
  const figures: string[] = [];
  for (const plot of plots) figures.push(`<figure>${await drawPlot(buildNightPlot(plot))}</figure>`);
  const legend =
    'Each point is a night. Dashed: profile, plan or environment changed, so nights on either side are not compared. Red: the first night of a regression.';
  return [`<h2>${escapeHtml(`${comparison} on ${host}`)}</h2>`, `<p>${legend}</p>`, ...figures].join('\n');
}

function collectPlots({ stretches }: Track, regressions: readonly Regression[]): NightPlot[] {
  const nights = stretches.flatMap((stretch) => stretch.nights);
  const breaks = stretches.slice(1).flatMap(({ nights: [first] }) => (first === undefined ? [] : [first.time]));
  const ids = new Set(
    nights.flatMap(({ cells }) => cells.filter(({ role }) => role === 'primary').map(({ id }) => id)),
  );
  return [...ids].flatMap((cellId) => {
    const [first, ...rest] = listPoints(nights, cellId, 'level');
    if (first === undefined) return [];
    const points: readonly [Point, ...Point[]] = [first, ...rest];
    return [{ cellId, points, breaks, regression: regressions.find((one) => one.cellId === cellId) ?? null }];
  });
}
