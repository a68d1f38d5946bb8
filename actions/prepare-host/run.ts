import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readComparison, readRequest, refuseOtherHost } from '../../src/measurement/read-plan-directory.ts';
import { refuseLayers } from '../../src/plans/refuse-layers.ts';
import { catalogue } from '../../src/profiles/catalogue.ts';
import { formatParameterValue } from '../../src/profiles/parameter-value.ts';
import type { Profile } from '../../src/profiles/profile.schema.ts';
import type { Check } from '../../src/results/journal.schema.ts';
import type { PrepareInputs } from './inputs.ts';

export interface PrepareWorld {
  readonly temporaryFolder: string;
  readonly setOutput: (name: string, value: string) => void;
  readonly info: (text: string) => void;
  readonly fetchPlan: () => Promise<string>;
}

/**
 * Hosts cannot be switched yet: a plan that treats more than guests is refused, and of every other one it is proven that
 * it asks nothing of the host. What a profile sets beyond that is listed as not applicable.
 */
export async function runPrepareHost({ planDirectory, side, host }: PrepareInputs, world: PrepareWorld): Promise<void> {
  const directory = planDirectory ?? (await world.fetchPlan());
  const request = await readRequest(directory);
  refuseOtherHost(request, host);
  const checks: (Check & { comparison: string })[] = [];
  for (const { name, baseline, candidate } of request.comparisons) {
    if (baseline === null || candidate === null) continue;
    const { plan, profiles } = await readComparison(directory, request, name);
    refuseLayers(plan, 'embedded');
    checks.push(...listHostChecks(profiles[side]).map((check) => ({ comparison: name, ...check })));
  }
  const file = join(world.temporaryFolder, `tunegate-checks-${host}-${side}.json`);
  await writeFile(file, `${JSON.stringify({ schema: 'tunegate.checks/1', host, side, checks }, null, 2)}\n`);
  world.setOutput('verified', 'true');
  world.setOutput('checks-file', file);
  const left = checks.length === 0 ? '' : ` (${checks.length} parameters of other layers are not applied)`;
  world.info(`The plan's layers ask nothing of host ${host}, so nothing was changed${left}.`);
}

/** Said by the post: this action changes nothing until hosts can be switched. */
export const nothingToRestore = 'Nothing was changed on this host, so there is nothing to restore.';

function listHostChecks({ parameters }: Profile): readonly Check[] {
  return Object.entries(parameters).flatMap(([name, value]) => {
    const parameter = catalogue.get(name);
    if (parameter === undefined || parameter.layer === 'guest') return [];
    const { layer, probe } = parameter;
    const found = `layer ${layer} is not part of the plan`;
    return [
      {
        parameter: name,
        layer,
        requested: formatParameterValue(value),
        found,
        probe,
        result: 'not-applicable' as const,
      },
    ];
  });
}
