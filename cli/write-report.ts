import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { renderReportFiles } from '../reports/report-files.ts';
import type { Comparison } from '../src/comparison/comparison.schema.ts';

/** Writes `comparison.json`, `report.md` and `plots/*.svg` into the folder, which is made if it is missing. */
export async function writeReport(comparison: Comparison, folder: string): Promise<void> {
  await mkdir(join(folder, 'plots'), { recursive: true });
  const files = await renderReportFiles(comparison);
  await Promise.all(files.map(({ path, text }) => writeFile(join(folder, path), text)));
}
