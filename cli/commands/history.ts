import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { renderNightPage } from '../../reports/night-page.ts';
import { renderNightText } from '../../reports/night-summary.ts';
import { compareWithCatalogue } from '../../src/comparison/compare-with-catalogue.ts';
import { defaultPolicy } from '../../src/comparison/policy.schema.ts';
import { ConfigurationError, messageOf } from '../../src/errors.ts';
import { buildNight, nameRun } from '../../src/history/build-night.ts';
import { createFolderStore } from '../../src/history/folder-store.ts';
import { buildAlarms, judgeNights } from '../../src/history/judge-nights.ts';
import { nightPath } from '../../src/history/night-file.ts';
import { addNight } from '../../src/history/night-store.ts';
import { findStalls } from '../../src/history/stalls.ts';
import { renderJson } from '../../src/render-json.ts';
import { readRun } from '../../src/results/read-journal.ts';
import { createCommand } from '../create-command.ts';
import { loadNights } from '../load-nights.ts';
import type { Surroundings } from '../surroundings.ts';

interface StoreOptions {
  readonly store: string;
  readonly json?: true;
}

interface AddOptions extends StoreOptions {
  readonly host?: string;
  readonly comparison?: string;
  readonly commit?: string;
}

const storeText = 'folder that keeps the nights, or a checkout of the branch that does';

/** `tunegate history`: what the action record-history does, in a local folder and without issues. */
export function createHistoryCommand(surroundings: Surroundings): Command {
  const command = createCommand('history', surroundings).description(
    'Keeps what runs measured night after night, and says what has got worse.',
  );
  addAdd(command, surroundings);
  addDetect(command, surroundings);
  addPage(command, surroundings);
  return command;
}

function addAdd(command: Command, surroundings: Surroundings): void {
  command
    .command('add')
    .description('Adds a run to the nights. The same run again changes nothing.')
    .argument('<run>', 'folder of a run')
    .requiredOption('--store <folder>', storeText)
    .option('--host <name>', 'name of the host, instead of the one in the run')
    .option('--comparison <name>', "name of the comparison, instead of that of the candidate's profile")
    .option('--commit <sha>', 'commit that was measured: a regression is looked for between two of them')
    .option('--json', 'one JSON document on standard output')
    .addHelpText('after', '\nExample:\n  tunegate history add out/a --store nights --commit $(git rev-parse HEAD)\n')
    .action(async (folder: string, options: AddOptions) => {
      const run = await readRun(folder);
      const usual = nameRun(run);
      const night = buildNight(run, compareWithCatalogue([run], defaultPolicy), {
        host: options.host ?? usual.host,
        comparison: options.comparison ?? usual.comparison,
        commit: options.commit ?? null,
        run: { id: run.header.id, attempt: 1 },
      });
      const outcome = await addNight(createFolderStore(options.store), night);
      const path = nightPath(night);
      surroundings.stdout.write(
        options.json
          ? renderJson({ path, outcome })
          : `${path}: ${outcome === 'added' ? 'added' : 'was there already'}, ${night.cells.length} cells.\n`,
      );
    });
}

function addDetect(command: Command, surroundings: Surroundings): void {
  command
    .command('detect')
    .description('Judges the nights, each by those before it. Changes nothing.')
    .requiredOption('--store <folder>', storeText)
    .option('--json', 'one JSON document on standard output')
    .addHelpText('after', '\nExample:\n  tunegate history detect --store nights\n')
    .action(async ({ store, json }: StoreOptions) => {
      const { nights, places, warnings } = await loadNights('--store', store);
      const judgement = judgeNights(nights);
      const stalls = findStalls(places, { now: new Date() });
      const report = { ...judgement, stalls, warnings };
      surroundings.stdout.write(
        json ? renderJson(buildAlarms(judgement, stalls, warnings)) : renderNightText(report, surroundings.columns),
      );
    });
}

function addPage(command: Command, surroundings: Surroundings): void {
  command
    .command('page')
    .description('Draws the nights: one page that needs nothing else, a picture for each cell.')
    .requiredOption('--store <folder>', storeText)
    .requiredOption('--out <file>', 'HTML file to write')
    .addHelpText('after', '\nExample:\n  tunegate history page --store nights --out nights.html\n')
    .action(async ({ store, out }: StoreOptions & { readonly out: string }) => {
      const { nights, places, warnings } = await loadNights('--store', store);
      const stalls = findStalls(places, { now: new Date() });
      const page = await renderNightPage({ ...judgeNights(nights), nights, stalls, warnings });
      await writePage(out, page);
      surroundings.stderr.write(`${out}: ${nights.length} nights.\n`);
    });
}

async function writePage(file: string, page: string): Promise<void> {
  try {
    await writeFile(file, page);
  } catch (thrown) {
    const reason = `the page cannot be written (${messageOf(thrown)}), a file in an existing folder is accepted`;
    throw new ConfigurationError(`--out ${file}: ${reason}`, { cause: thrown });
  }
}
