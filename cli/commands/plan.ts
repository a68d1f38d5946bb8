import type { Command } from 'commander';
import { buildPlanPreview } from '../../src/plans/plan-preview.ts';
import { renderJson } from '../../src/render-json.ts';
import { createCommand } from '../create-command.ts';
import { loadRequest } from '../load-request.ts';
import { addPlanOptions, type PlanOptions, parseSeed } from '../plan-options.ts';
import { renderPlan } from '../render-plan.ts';
import type { Surroundings } from '../surroundings.ts';

interface Options extends PlanOptions {
  readonly seed?: string;
  readonly json?: true;
}

export function createPlanCommand(surroundings: Surroundings): Command {
  return addPlanOptions(createCommand('plan', surroundings))
    .description('Says what would be measured, in which order and how long it would take. Starts nothing.')
    .argument('<plan>', 'name of a shipped plan, or the path of one')
    .option('--seed <number>', 'seed of the order')
    .option('--json', 'one JSON document on standard output')
    .addHelpText('after', '\nExample:\n  tunegate plan smoke --candidate ./my-profile.yaml --deployments 6\n')
    .action(async (plan: string, options: Options) => {
      const seed = parseSeed(options.seed);
      const { baseline, candidate } = options;
      const request = await loadRequest({ plan, baseline, candidate, overrides: options }, surroundings.home);
      const preview = buildPlanPreview(request, seed);
      surroundings.stdout.write(options.json ? renderJson(preview) : renderPlan(preview));
    });
}
