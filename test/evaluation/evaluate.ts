import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { drawPlot } from '../../reports/plots.ts';
import { ConfigurationError } from '../../src/errors.ts';
import { openCheckpoint } from './checkpoint.ts';
import { buildPictures } from './document/pictures.ts';
import { renderDocument } from './document/render-document.ts';
import { efforts, scaleEffort } from './effort.ts';
import { judgeMarks } from './marks/judge-marks.ts';
import { type Options, parseOptions, usage } from './options.ts';
import { parseResults, type Results } from './results.ts';
import { runParts } from './run-parts.ts';

const home = fileURLToPath(new URL('../..', import.meta.url));

process.exitCode = await main(process.argv.slice(2));

/** 0 also when a mark is missed: the document says so; 2 for a request that was wrong. */
async function main(argv: readonly string[]): Promise<number> {
  try {
    const options = parseOptions(argv);
    if (options.help) process.stdout.write(usage);
    else await evaluate(options);
    return 0;
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    process.stderr.write(`tunegate: ${error.message}.\n`);
    return 2;
  }
}

async function evaluate(options: Options): Promise<void> {
  const data = options.out ?? join(home, 'out/evaluation');
  const document = options.out ?? join(home, 'docs');
  const images = options.out ?? join(home, 'docs/images');
  await Promise.all([data, document, images].map((folder) => mkdir(folder, { recursive: true })));
  const results = options.from === null ? await measure(options, data) : await read(options.from);
  await writeFile(join(data, 'results.json'), `${JSON.stringify(results)}\n`);
  const paths: Record<string, string> = {};
  for (const { name, specification } of buildPictures(results.outcomes)) {
    await writeFile(join(images, `${name}.svg`), `${await drawPlot(specification)}\n`);
    paths[name] = options.out === null ? `images/${name}.svg` : `${name}.svg`;
  }
  await writeFile(join(document, 'evaluation.md'), renderDocument(results, paths));
  for (const { title, result, worst } of results.marks) {
    process.stdout.write(`${result.toUpperCase().padEnd(5)} ${title} (worst: ${worst})\n`);
  }
  process.stdout.write(`Written: ${join(document, 'evaluation.md')} and ${join(data, 'results.json')}\n`);
}

/** Finished parts are kept in the folder until all are. */
async function measure({ mode, seed, percent, only, threads, resume }: Options, folder: string): Promise<Results> {
  const report = (line: string) => process.stderr.write(`${line}\n`);
  const effort = scaleEffort(efforts[mode], percent);
  const order = { seed, effort, only };
  const file = join(folder, 'finished-parts.jsonl');
  const checkpoint = await openCheckpoint(file, order, resume);
  const outcomes = await runParts(order, { threads, checkpoint, report });
  await rm(file);
  const marks = judgeMarks(outcomes);
  return { schema: 'tunegate.evaluation/1', mode, seed, percent, repetitions: effort, outcomes, marks };
}

/** Marks are judged anew, so that the document follows the marks as they are today. */
async function read(file: string): Promise<Results> {
  const results = parseResults(await readFile(file, 'utf8'), file);
  return { ...results, marks: judgeMarks(results.outcomes) };
}
