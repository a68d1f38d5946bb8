import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { ConfigurationError } from '../../src/errors.ts';
import type { Environment } from '../../src/github/environment.ts';
import { nameRootRun } from '../../src/hosts/finish-run.ts';
import { findRunFolders } from '../../src/hosts/root-program.ts';
import { callProgram, type RootStep, requireSuccess } from '../../src/hosts/root-step.ts';
import {
  type ComparisonFiles,
  readComparison,
  readRequest,
  refuseOtherHost,
} from '../../src/measurement/read-plan-directory.ts';
import { type Check, checkSchema } from '../../src/results/journal.schema.ts';
import type { Layer } from '../../src/vocabulary.ts';
import type { PrepareInputs } from './inputs.ts';
import { listOtherChecks, listPrepared } from './list-other-checks.ts';

export interface PrepareWorld extends RootStep {
  readonly environment: Pick<Environment, 'runId' | 'attempt'>;
  readonly info: (text: string) => void;
  readonly fetchPlan: () => Promise<string>;
}

/**
 * Brings a host into the state of one side, as far as the plan's layers reach it, and proves it; the post puts back what
 * was there. Where the plan asks nothing of the host nothing is changed. What a profile sets beyond is listed as not
 * applicable.
 */
export async function runPrepareHost(inputs: PrepareInputs, world: PrepareWorld): Promise<void> {
  const planned = await readChecked(inputs, world.fetchPlan);
  const asking = planned.filter(({ plan }) => listPrepared(plan.layers).length > 0);
  const others = planned.flatMap((files) => listOtherChecks(files, inputs.side));
  if (asking.length === 0) {
    await hand(inputs, others, world);
    const left = others.length === 0 ? '' : ` (${others.length} parameters of other layers are not applied)`;
    world.info(`The plan's layers ask nothing of host ${inputs.host}, so nothing was changed${left}.`);
    world.setOutput('verified', 'true');
    return;
  }
  await prepare(chooseComparison(asking, inputs.comparison), inputs, world, others);
  world.setOutput('verified', 'true');
}

async function prepare(
  { requested, plan, texts }: ComparisonFiles,
  inputs: PrepareInputs,
  world: PrepareWorld,
  others: readonly HostCheck[],
): Promise<void> {
  const { side, host, inventory } = inputs;
  const layers = listPrepared(plan.layers);
  const id = nameRootRun('prepare', world.environment.runId, world.environment.attempt);
  const listed = inventory === null ? {} : { host: { inventory, machine: host } };
  const request = { schema: 'tunegate.prepare/1' as const, profile: texts[side], layers, ...listed };
  const result = await callProgram(world, 'prepare', id, request);
  const checks = await readChecks(findRunFolders(id, world.runsFolder).checks);
  const own = checks.map((check) => ({ comparison: requested.name, ...check }));
  if (checks.length > 0) await hand(inputs, [...own, ...others], world);
  requireSuccess(result);
  const proven = checks.filter(({ result }) => result === 'verified').length;
  world.info(`Host ${host} is as the ${side} asks: ${proven} settings verified, put back when the job ends.`);
}

/** Everything that can be wrong with the files is found here, before the program is called. */
async function readChecked(
  { planDirectory, host, inventory }: PrepareInputs,
  fetchPlan: PrepareWorld['fetchPlan'],
): Promise<readonly ComparisonFiles[]> {
  const directory = planDirectory ?? (await fetchPlan());
  const request = await readRequest(directory);
  refuseOtherHost(request, host);
  const planned: ComparisonFiles[] = [];
  for (const { name, baseline, candidate } of request.comparisons) {
    if (baseline === null || candidate === null) continue;
    const files = await readComparison(directory, request, name);
    refuseUnprepared(files.plan.layers, inventory);
    planned.push(files);
  }
  return planned;
}

function refuseUnprepared(layers: readonly Layer[], inventory: string | null): void {
  if (layers.includes('daemon')) {
    throw new ConfigurationError(
      'the plan treats the layer daemon, which is the private dockerd of a run; accepted is the action measure, or a plan without that layer',
    );
  }
  if (layers.includes('host-boot') && inventory === null) {
    throw new ConfigurationError(
      'the plan treats the layer host-boot, and a runner cannot boot the machine that it runs on; accepted is a runner on another machine, the controller, with the input inventory',
    );
  }
}

function chooseComparison(asking: readonly ComparisonFiles[], asked: string | null): ComparisonFiles {
  const names = asking.map(({ requested }) => requested.name);
  const chosen = asked === null && asking.length === 1 ? asking[0] : asking[names.indexOf(asked ?? '')];
  if (chosen !== undefined) return chosen;
  const found = asked === null ? 'the input comparison is missing' : `there is no comparison ${asked} to prepare for`;
  throw new ConfigurationError(`${found}; a host is in one state at a time, accepted is one of ${names.join(', ')}`);
}

/** Nothing where the program did not come so far. */
async function readChecks(file: string): Promise<readonly Check[]> {
  const text = await readFile(file, 'utf8').catch(() => '[]');
  return z.array(checkSchema).parse(JSON.parse(text));
}

export type HostCheck = Check & { readonly comparison: string };

/** Also when they do not hold: what was found is what somebody wants to know then. */
async function hand({ host, side }: PrepareInputs, checks: readonly HostCheck[], world: PrepareWorld): Promise<void> {
  const file = join(world.temporaryFolder, `tunegate-checks-${host}-${side}.json`);
  await writeFile(file, `${JSON.stringify({ schema: 'tunegate.checks/1', host, side, checks }, null, 2)}\n`);
  world.setOutput('checks-file', file);
}
