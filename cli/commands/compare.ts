import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import type { Comparison } from '../../src/comparison/comparison.schema.ts';
import { decideGate, hasUsableCell, refuseIdleGate } from '../../src/comparison/decide-gate.ts';
import { parsePolicy } from '../../src/comparison/parse-policy.ts';
import { defaultPolicy, type Policy } from '../../src/comparison/policy.schema.ts';
import { ConfigurationError, MeasurementError, messageOf } from '../../src/errors.ts';
import { recallNights } from '../../src/history/recall.ts';
import { renderJson } from '../../src/render-json.ts';
import type { Recall } from '../compare-folders.ts';
import { createCommand } from '../create-command.ts';
import { chooseSource, loadComparison, type SourceOptions } from '../load-comparison.ts';
import { loadNights } from '../load-nights.ts';
import { parseSeed } from '../plan-options.ts';
import { readText } from '../read-text.ts';
import { renderForPeople } from '../render-for-people.ts';
import type { Surroundings } from '../surroundings.ts';

interface Options extends SourceOptions {
  readonly gate?: true;
  readonly policy?: string;
  readonly seed?: string;
  readonly out?: string;
  readonly json?: true;
}

export function createCompareCommand(surroundings: Surroundings): Command {
  return createCommand('compare', surroundings)
    .description('Compares a candidate with its baseline, cell by cell. Measures nothing.')
    .argument('[run]', 'folder of a run; its baseline is the baseline')
    .argument('[other]', 'folder of another run, whose candidate is the candidate then (not interleaved)')
    .option('--samples <file>', 'compare the cells of this tunegate.samples/1 file instead of a run')
    .option('--baseline <file>', 'compare two files in Go benchmark format instead of a run: the baseline')
    .option('--candidate <file>', 'and the candidate')
    .option('--gate', 'exit 3 on a regression, 4 on an invalid cell or a run that is not complete')
    .option('--policy <file>', 'margins and gate, instead of the usual ones')
    .option('--history <folder>', 'nights of `tunegate history add`: what they teach of the host counts too')
    .option('--seed <number>', "seed of random choices, instead of the run's")
    .option('--out <file>', 'write the comparison to this file as well')
    .option('--json', 'one JSON document on standard output, the comparison itself')
    .addHelpText(
      'after',
      '\nExample:\n  tunegate compare out/a\n  tunegate compare out/a --gate --policy tunegate.policy.yaml --out out/a/comparison.json\n  tunegate compare out/a --history nights\n  tunegate compare --samples samples.json --json\n  tunegate compare --baseline old.txt --candidate new.txt\n',
    )
    .action(async (run: string | undefined, other: string | undefined, options: Options) => {
      const folders = [run, other].filter((folder) => folder !== undefined);
      const source = chooseSource(folders, options);
      const policy = await loadPolicy(options.policy, source.kind === 'runs' ? 'of runs' : 'any');
      const seed = options.seed === undefined ? undefined : parseSeed(options.seed);
      const recall = options.history === undefined ? undefined : await prepareRecall(options.history, surroundings);
      const comparison = await loadComparison(source, { policy, seed, recall });
      if (options.gate) refuseIdleGate(comparison, policy);
      if (options.out !== undefined) await writeComparison(options.out, comparison);
      surroundings.stdout.write(options.json ? renderJson(comparison) : renderForPeople(comparison, surroundings));
      if (!hasUsableCell(comparison)) {
        throw new MeasurementError('no cell has measured samples on both sides, so nothing can be compared');
      }
      if (options.gate) surroundings.setExitCode(decideGate(comparison, policy));
    });
}

async function loadPolicy(file: string | undefined, names: 'of runs' | 'any'): Promise<Policy> {
  if (file === undefined) return defaultPolicy;
  const { text } = await readText(file, file);
  return parsePolicy(text, file, names);
}

/** The nights are read before any run is, so that a wrong folder is told first. */
async function prepareRecall(folder: string, { stderr }: Surroundings): Promise<Recall> {
  const { nights, warnings } = await loadNights('--history', folder);
  return (run, policy) => {
    const recalled = recallNights(nights, policy, { run });
    for (const line of [recalled.note, ...warnings]) stderr.write(`${line}\n`);
    return recalled.policy;
  };
}

async function writeComparison(file: string, comparison: Comparison): Promise<void> {
  try {
    await writeFile(file, renderJson(comparison));
  } catch (thrown) {
    const reason = `the comparison cannot be written (${messageOf(thrown)}), a file in an existing folder is accepted`;
    throw new ConfigurationError(`--out ${file}: ${reason}`, { cause: thrown });
  }
}
