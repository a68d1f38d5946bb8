import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { comparisonSchema } from '../../src/comparison/comparison.schema.ts';
import { messageOf } from '../../src/errors.ts';
import { readRun } from '../../src/results/read-journal.ts';
import { judgeRun } from './judge-run.ts';

// `node test/ci/check-run.ts FOLDER`: ends with 1, and a line for each fault, unless the folder holds a whole, proven run.
const folder = process.argv[2] ?? '';
const faults = await listFaults(folder).catch((thrown: unknown) => [messageOf(thrown)]);
for (const fault of faults) process.stdout.write(`${folder}: ${fault}\n`);
process.exitCode = faults.length === 0 ? 0 : 1;

async function listFaults(run: string): Promise<readonly string[]> {
  const comparison = comparisonSchema.parse(JSON.parse(await readFile(join(run, 'comparison.json'), 'utf8')));
  const report = await readFile(join(run, 'report.md'), 'utf8');
  const plots = (await readdir(join(run, 'plots'))).filter((name) => name.endsWith('.svg'));
  return [
    ...judgeRun(await readRun(run), comparison),
    ...(report.trim() === '' ? ['report.md is empty'] : []),
    ...(plots.length > 0 ? [] : ['there is no picture in plots/']),
    ...plots.filter((name) => !report.includes(name)).map((name) => `report.md does not show plots/${name}`),
  ];
}
