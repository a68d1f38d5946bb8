import { relative } from 'node:path';
import type { Command } from 'commander';
import { hasUsableCell } from '../../src/comparison/decide-gate.ts';
import { ConfigurationError } from '../../src/errors.ts';
import { compareFolders } from '../compare-folders.ts';
import { createCommand } from '../create-command.ts';
import { exitCodes } from '../exit-codes.ts';
import { orderMeasurement } from '../order-measurement.ts';
import { addPlanOptions, type PlanOptions } from '../plan-options.ts';
import { createProgress } from '../progress.ts';
import { renderForPeople } from '../render-for-people.ts';
import { runMeasurement } from '../run-measurement.ts';
import type { Surroundings } from '../surroundings.ts';
import { writeReport } from '../write-report.ts';

interface Options extends PlanOptions {
  readonly plan?: string;
  readonly out?: string;
  readonly seed?: string;
  readonly resume?: true;
}

/** What is measured when no plan is named; then what this machine cannot do is left out. */
const usualPlan = 'smoke';

export function createBenchCommand(surroundings: Surroundings): Command {
  return addPlanOptions(createCommand('bench', surroundings))
    .description('Measures, compares and reports in one go: what `npm run bench` does once the machine is set up.')
    .option('--plan <plan>', `name or path of a plan (default: ${usualPlan}, without what this machine cannot do)`)
    .option('--out <folder>', 'folder of the run (default: a new one below out/)')
    .option('--seed <number>', 'seed of the order (default: 1, with --resume that of the run)')
    .option(
      '--resume',
      'go on with the run in --out that was interrupted, killed or is partial; same plan and profiles',
    )
    .addHelpText(
      'after',
      '\nExample:\n  npm run bench -- --yes --out out/mine\n  npm run bench -- --yes --out out/mine --resume\n',
    )
    .action(async (options: Options) => {
      const resume = options.resume === true;
      if (resume && options.out === undefined) {
        throw new ConfigurationError(
          '--resume needs --out, found none; accepted is the folder of the run to go on with',
        );
      }
      const order = await orderMeasurement(
        {
          ...options,
          plan: options.plan ?? usualPlan,
          out: options.out ?? nameFolder(new Date()),
          dropUnsupported: options.plan === undefined,
          resume,
        },
        surroundings,
      );
      const status = await runMeasurement(order, surroundings);
      if (status === 'interrupted') {
        surroundings.setExitCode(exitCodes.interrupted);
        return;
      }
      const comparison = await createProgress(surroundings).step('Compare and report', async () => {
        const compared = await compareFolders([order.out]);
        await writeReport(compared, order.out);
        return compared;
      });
      const fromHere = relative(process.cwd(), order.out);
      const folder = fromHere.startsWith('..') ? order.out : fromHere || '.';
      surroundings.stdout.write(
        `\n${renderForPeople(comparison, surroundings)}\nThe report is ${folder}/report.md; its data are ${folder}/run.jsonl and comparison.json.\n`,
      );
      if (!hasUsableCell(comparison)) surroundings.setExitCode(exitCodes.failed);
    });
}

function nameFolder(now: Date): string {
  return `out/${now.toISOString().slice(0, 19).replaceAll(':', '').replace('T', '-')}`;
}
