import type { Comparison } from '../src/comparison/comparison.schema.ts';
import { renderJson } from '../src/render-json.ts';
import { renderMarkdown } from './markdown.ts';
import { renderPlots } from './plots.ts';

/** One file of a report; the path is relative to the report's folder. */
export interface ReportFile {
  readonly path: string;
  readonly text: string;
}

/** `comparison.json`, `report.md` and `plots/*.svg`, which the report shows. */
export async function renderReportFiles(comparison: Comparison): Promise<readonly ReportFile[]> {
  const plots = await renderPlots(comparison);
  const pictures = plots.map(({ name, title }) => ({ title, path: `plots/${name}` }));
  return [
    ...plots.map(({ name, svg }) => ({ path: `plots/${name}`, text: svg })),
    { path: 'report.md', text: renderMarkdown(comparison, { plots: pictures }) },
    { path: 'comparison.json', text: renderJson(comparison) },
  ];
}
