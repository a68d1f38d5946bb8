import { realpath, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Command, Option } from 'commander';
import * as z from 'zod';
import { renderMarkdown } from '../../reports/markdown.ts';
import { type Comparison, comparisonSchema } from '../../src/comparison/comparison.schema.ts';
import { ConfigurationError, messageOf } from '../../src/errors.ts';
import { renderJson } from '../../src/render-json.ts';
import { compareFolders } from '../compare-folders.ts';
import { createCommand } from '../create-command.ts';
import { readData } from '../read-text.ts';
import { renderForPeople } from '../render-for-people.ts';
import type { Surroundings } from '../surroundings.ts';
import { writeReport } from '../write-report.ts';

const renderers = {
  terminal: renderForPeople,
  markdown: (comparison: Comparison) => renderMarkdown(comparison),
  json: (comparison: Comparison) => renderJson(comparison),
};

interface Options {
  readonly format: keyof typeof renderers;
  readonly out?: string;
  readonly json?: boolean;
}

export function createReportCommand(surroundings: Surroundings): Command {
  return createCommand('report', surroundings)
    .description('Shows a comparison, or writes it with its pictures into a folder. Measures nothing.')
    .argument('<run-or-comparison>', 'folder of a run, compared first if it was not yet; or a comparison.json')
    .addOption(
      new Option('--format <format>', 'on standard output').choices(Object.keys(renderers)).default('terminal'),
    )
    .addOption(new Option('--json', 'the same as --format json').conflicts('format'))
    .option('--out <folder>', 'also write report.md, plots/ and comparison.json into this folder')
    .addHelpText(
      'after',
      '\nExample:\n  tunegate report out/a --format markdown\n  tunegate report out/a --out out/a\n',
    )
    .action(async (source: string, { format, out, json }: Options) => {
      const comparison = await loadComparison(source);
      if (out !== undefined) await writeInto(out, comparison, source);
      surroundings.stdout.write(renderers[json ? 'json' : format](comparison, surroundings));
    });
}

const accepted = 'a tunegate.comparison/1 document';

/** A comparison is taken as it stands, with the margins it was judged by; a run without one is compared by the usual ones. */
async function loadComparison(source: string): Promise<Comparison> {
  for (const file of [source, join(source, 'comparison.json')]) {
    if (await isFile(file)) return parseComparison(await readData(file, accepted), file);
  }
  if (await isFile(join(source, 'run.jsonl'))) return compareFolders([source]);
  throw new ConfigurationError(
    `${source}: found neither a run (run.jsonl or comparison.json in a folder) nor a comparison.json, one of them is accepted`,
  );
}

async function isFile(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}

function parseComparison(text: string, file: string): Comparison {
  const refuse = (found: string, cause: unknown) =>
    new ConfigurationError(`${file}: ${found}, ${accepted} is accepted`, { cause });
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (thrown) {
    // The message quotes the text around the fault, line breaks and all.
    throw refuse(`this is no JSON (${messageOf(thrown).replace(/\s+/g, ' ')})`, thrown);
  }
  const outcome = comparisonSchema.safeParse(document);
  if (outcome.success) return outcome.data;
  const [first] = outcome.error.issues;
  throw refuse(
    `${z.core.toDotPath(first?.path ?? []) || 'the document'}: ${first?.message ?? 'invalid'}`,
    outcome.error,
  );
}

/** A report is never mixed into the folder of another run. */
async function writeInto(out: string, comparison: Comparison, source: string): Promise<void> {
  if ((await isFile(join(out, 'run.jsonl'))) && !(await isSameRun(out, source))) {
    throw new ConfigurationError(
      `--out ${out} holds another run (run.jsonl); accepted is the folder of this run or one without a run`,
    );
  }
  try {
    await writeReport(comparison, out);
  } catch (thrown) {
    const reason = `the report cannot be written (${messageOf(thrown)}), a folder that may be written is accepted`;
    throw new ConfigurationError(`--out ${out}: ${reason}`, { cause: thrown });
  }
}

async function isSameRun(out: string, source: string): Promise<boolean> {
  const folder = (await isFile(source)) ? dirname(source) : source;
  return (await realpath(folder)) === (await realpath(out));
}
