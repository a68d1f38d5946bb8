import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { renderMarkdown } from '../reports/markdown.ts';
import { renderPlots } from '../reports/plots.ts';
import type { Comparison } from '../src/comparison/comparison.schema.ts';
import { renderJson } from './render-json.ts';

/** Writes `comparison.json`, `report.md` and `plots/*.svg` into the folder, which is made if it is missing. */
export async function writeReport(comparison: Comparison, folder: string): Promise<void> {
  await mkdir(join(folder, 'plots'), { recursive: true });
  const plots = await renderPlots(comparison);
  await Promise.all(plots.map(({ name, svg }) => writeFile(join(folder, 'plots', name), svg)));
  const pictures = plots.map(({ name, title }) => ({ title, path: `plots/${name}` }));
  await writeFile(join(folder, 'report.md'), renderMarkdown(comparison, { plots: pictures }));
  await writeFile(join(folder, 'comparison.json'), renderJson(comparison));
}
