import { type Command, Option } from 'commander';
import { MeasurementError } from '../../src/errors.ts';
import { renderJson } from '../../src/render-json.ts';
import { buildBencherMetrics } from '../../src/results/export-bencher.ts';
import { renderCsv } from '../../src/results/export-csv.ts';
import { renderGoBenchmarks } from '../../src/results/export-gobench.ts';
import { type ExportedSample, listSamplesOfRun } from '../../src/results/list-values.ts';
import { readRun } from '../../src/results/read-journal.ts';
import { type Side, sides } from '../../src/vocabulary.ts';
import { createCommand } from '../create-command.ts';
import type { Surroundings } from '../surroundings.ts';

const renderers = {
  gobench: renderGoBenchmarks,
  bencher: (samples: readonly ExportedSample[]) => renderJson(buildBencherMetrics(samples)),
  csv: renderCsv,
};

interface Options {
  readonly format: keyof typeof renderers;
  readonly side?: Side;
}

export function createExportCommand(surroundings: Surroundings): Command {
  return createCommand('export', surroundings)
    .description('Writes the samples of a run in a form that other tools read, on standard output.')
    .argument('<run>', 'folder of a run')
    .addOption(
      new Option('--format <format>', "Go's benchmark format, Bencher Metric Format (JSON), or a row for each sample")
        .choices(Object.keys(renderers))
        .makeOptionMandatory(),
    )
    .addOption(new Option('--side <side>', 'this side only').choices([...sides]))
    .addHelpText(
      'after',
      '\nExample:\n  tunegate export out/a --format gobench > a.txt && benchstat -col side a.txt\n  tunegate export out/a --format bencher --side candidate\n',
    )
    .action(async (folder: string, { format, side }: Options) => {
      const samples = listSamplesOfRun(await readRun(folder), side ?? null);
      if (samples.length === 0) throw new MeasurementError(`${folder} has no measured sample to export`);
      surroundings.stdout.write(renderers[format](samples));
    });
}
