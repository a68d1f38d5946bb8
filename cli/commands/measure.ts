import type { Command } from 'commander';
import { hasUsableCell } from '../../src/comparison/decide-gate.ts';
import { MeasurementError } from '../../src/errors.ts';
import { renderJson } from '../../src/render-json.ts';
import { compareFolders } from '../compare-folders.ts';
import { createCommand } from '../create-command.ts';
import { exitCodes } from '../exit-codes.ts';
import { loadAskedInventory } from '../load-inventory.ts';
import { orderMeasurement } from '../order-measurement.ts';
import { addPlanOptions, type PlanOptions } from '../plan-options.ts';
import { runMeasurement } from '../run-measurement.ts';
import type { Surroundings } from '../surroundings.ts';

interface Options extends PlanOptions {
  readonly plan: string;
  readonly out: string;
  readonly seed?: string;
  readonly resume?: true;
  readonly inventory?: string;
  readonly machine?: string;
  readonly json?: true;
}

export function createMeasureCommand(surroundings: Surroundings): Command {
  return addPlanOptions(createCommand('measure', surroundings))
    .description(
      'Measures a plan on this machine, or a host of a lab, and writes the run into a folder. Docker needs root.',
    )
    .requiredOption('--plan <plan>', 'name of a shipped plan, or the path of one')
    .requiredOption('--out <folder>', 'folder of the run; must not hold one, except with --resume')
    .option('--seed <number>', 'seed of the order (default: 1, with --resume that of the run)')
    .option(
      '--resume',
      'go on with the run in --out that was interrupted, killed or is partial; same plan and profiles',
    )
    .option('--inventory <file>', 'machines of a lab, of which a host is measured; left out: this machine')
    .option('--machine <name>', 'the host of the inventory that is meant, where it has several')
    .option('--json', 'one JSON document on standard output: the folder and how the run ended')
    .addHelpText(
      'after',
      '\nExample:\n  tunegate measure --plan smoke --candidate ./my-profile.yaml --out out/mine\n  tunegate measure --plan smoke --candidate ./my-profile.yaml --out out/mine --resume\n  tunegate measure --plan quick --inventory inventory.yaml --machine tuned --out out/tuned\n',
    )
    .action(async (options: Options) => {
      // A plan asked for by name is measured as it is or not at all.
      const { inventory: _, ...asked } = options;
      const inventory = await loadAskedInventory(options, surroundings.signal);
      const place = inventory === null ? {} : { inventory };
      const order = await orderMeasurement(
        { ...asked, ...place, dropUnsupported: false, resume: options.resume === true },
        surroundings,
      );
      const status = await runMeasurement(order, surroundings);
      const outcome = { run: order.out, status };
      surroundings.stdout.write(options.json ? renderJson(outcome) : `${order.out}: ${status}\n`);
      if (status === 'interrupted') surroundings.setExitCode(exitCodes.interrupted);
      else if (!hasUsableCell(await compareFolders([order.out]))) {
        throw new MeasurementError(
          `nothing in ${order.out} can be compared: no cell has measured samples on both sides`,
        );
      }
    });
}
