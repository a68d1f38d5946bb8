import type { Command } from 'commander';
import { findFolders } from '../../src/hosts/folders.ts';
import { createLocalMachine } from '../../src/machines/local.ts';
import { readBootSeconds } from '../../src/measurement/boot-times.ts';
import { buildPlanPreview, type PreviewPlace } from '../../src/plans/plan-preview.ts';
import { renderJson } from '../../src/render-json.ts';
import { createCommand } from '../create-command.ts';
import { chooseHost, loadAskedInventory } from '../load-inventory.ts';
import { loadRequest } from '../load-request.ts';
import { addPlanOptions, type PlanOptions, parseSeed } from '../plan-options.ts';
import { renderPlan } from '../render-plan.ts';
import type { Surroundings } from '../surroundings.ts';

interface Options extends PlanOptions {
  readonly seed?: string;
  readonly inventory?: string;
  readonly machine?: string;
  readonly json?: true;
}

export function createPlanCommand(surroundings: Surroundings): Command {
  return addPlanOptions(createCommand('plan', surroundings))
    .description('Says what would be measured, in which order and how long it would take. Starts nothing.')
    .argument('<plan>', 'name of a shipped plan, or the path of one')
    .option('--seed <number>', 'seed of the order')
    .option('--inventory <file>', 'machines of a lab, of which a host would be measured; left out: this machine')
    .option('--machine <name>', 'the host of the inventory that is meant, where it has several')
    .option('--json', 'one JSON document on standard output')
    .addHelpText(
      'after',
      '\nExample:\n  tunegate plan smoke --candidate ./my-profile.yaml --deployments 6\n  tunegate plan thesis --inventory inventory.yaml --machine tuned\n',
    )
    .action(async (plan: string, options: Options) => {
      const seed = parseSeed(options.seed);
      const { baseline, candidate } = options;
      const request = await loadRequest({ plan, baseline, candidate, overrides: options }, surroundings.home);
      const preview = buildPlanPreview(request, seed, await findPlace(options, surroundings));
      surroundings.stdout.write(options.json ? renderJson(preview) : renderPlan(preview));
    });
}

async function findPlace(options: Options, { signal }: Surroundings): Promise<PreviewPlace> {
  const inventory = await loadAskedInventory(options, signal);
  if (inventory === null) return { host: null, topology: 'embedded', bootSeconds: null };
  const host = chooseHost(inventory, options.machine);
  const here = createLocalMachine();
  const { cache } = await findFolders(here);
  return { host, topology: inventory.topology, bootSeconds: await readBootSeconds(here, cache, host) };
}
