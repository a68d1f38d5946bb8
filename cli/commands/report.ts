import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type Command, Option } from 'commander';
import * as z from 'zod';
import { renderMarkdown } from '../../reports/markdown.ts';
import { type Comparison, comparisonSchema } from '../../src/comparison/comparison.schema.ts';
import { defaultPolicy } from '../../src/comparison/policy.schema.ts';
import { ConfigurationError, messageOf } from '../../src/errors.ts';
import { compareFolders } from '../compare-folders.ts';
import { createCommand } from '../create-command.ts';
import { renderForPeople } from '../render-for-people.ts';
import { renderJson } from '../render-json.ts';
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
}

export function createReportCommand(surroundings: Surroundings): Command {
  return createCommand('report', surroundings)
    .description('Shows a comparison, or writes it with its pictures into a folder. Measures nothing.')
    .argument('<run-or-comparison>', 'folder of a run, or a comparison.json')
    .addOption(
      new Option('--format <format>', 'on standard output').choices(Object.keys(renderers)).default('terminal'),
    )
    .option('--out <folder>', 'also write report.md, plots/ and comparison.json into this folder')
    .addHelpText(
      'after',
      '\nExample:\n  tunegate report out/a --format markdown\n  tunegate report out/a --out out/a\n',
    )
    .action(async (source: string, { format, out }: Options) => {
      const comparison = await loadComparison(source);
      if (out !== undefined) await writeReport(comparison, out);
      surroundings.stdout.write(renderers[format](comparison, surroundings));
    });
}

/** A run is compared as it is now; a finished comparison is taken as it stands. */
async function loadComparison(source: string): Promise<Comparison> {
  if (await isFile(source)) return parseComparison(await readFile(source, 'utf8'), source);
  if (await isFile(join(source, 'run.jsonl'))) return compareFolders([source], defaultPolicy);
  const file = join(source, 'comparison.json');
  if (await isFile(file)) return parseComparison(await readFile(file, 'utf8'), file);
  throw new ConfigurationError(
    `${source}: found neither a run folder (with run.jsonl) nor a comparison.json; accepted is one of them`,
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
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (thrown) {
    throw new ConfigurationError(
      `${file}: found no JSON (${messageOf(thrown)}), a tunegate.comparison/1 document is accepted`,
      {
        cause: thrown,
      },
    );
  }
  const outcome = comparisonSchema.safeParse(document);
  if (outcome.success) return outcome.data;
  const [first] = outcome.error.issues;
  const where = first === undefined ? '' : ` at ${z.core.toDotPath(first.path) || 'the top'}: ${first.message}`;
  throw new ConfigurationError(`${file}: this is no tunegate.comparison/1 document${where}`);
}
