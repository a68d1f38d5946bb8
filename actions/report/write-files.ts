import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { CommentSection } from '../../reports/comment-input.ts';

export interface WrittenReport {
  readonly folder: string;
  /** One `comparison.json` for each section that has a result. */
  readonly comparisonFiles: readonly string[];
}

/** Writes `HOST/COMPARISON/comparison.json`, `report.md` and `plots/*.svg` into a new folder. */
export async function writeFiles(sections: readonly CommentSection[], parent: string): Promise<WrittenReport> {
  // The pictures are drawn by Vega, which takes longer to load than everything else here.
  const { renderReportFiles } = await import('../../reports/report-files.ts');
  await mkdir(parent, { recursive: true });
  const folder = await mkdtemp(join(parent, 'tunegate-report-'));
  const comparisonFiles: string[] = [];
  for (const { host, comparison, result } of sections) {
    if (result === null) continue;
    const room = join(folder, host, comparison);
    for (const { path, text } of await renderReportFiles(result)) {
      await mkdir(dirname(join(room, path)), { recursive: true });
      await writeFile(join(room, path), text);
    }
    comparisonFiles.push(join(room, 'comparison.json'));
  }
  return { folder, comparisonFiles };
}
