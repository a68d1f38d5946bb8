import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type * as z from 'zod';
import { compareWithCatalogue } from '../../src/comparison/compare-with-catalogue.ts';
import { hasUsableCell } from '../../src/comparison/decide-gate.ts';
import { defaultPolicy } from '../../src/comparison/policy.schema.ts';
import { MeasurementError } from '../../src/errors.ts';
import { type ListedMachine, type MeasureRequest, measureRequestSchema } from '../../src/hosts/root-requests.schema.ts';
import { planSchema } from '../../src/plans/plan.schema.ts';
import { profileSchema } from '../../src/profiles/profile.schema.ts';
import { readRun } from '../../src/results/read-journal.ts';
import { parseYamlDocument } from '../../src/yaml-document.ts';
import { exitCodes } from '../exit-codes.ts';
import { orderMeasurement } from '../order-measurement.ts';
import { runMeasurement } from '../run-measurement.ts';
import type { Surroundings } from '../surroundings.ts';
import { readDocument } from './read-document.ts';
import { loadRootInventory } from './root-inventory.ts';
import { noteListed } from './run-notes.ts';
import { createRun, type RunsRoom } from './runs-room.ts';

/** `measure ID`: what `tunegate measure` does, with what came on standard input, into the folder of that run. */
export async function measureAsRoot(room: RunsRoom, id: string, surroundings: Surroundings): Promise<void> {
  const request = await readDocument(surroundings.stdin, measureRequestSchema);
  const { folder, run } = await createRun(room, id, process.pid);
  if (request.host !== undefined) await noteListed(room, id);
  const files = await writeRequest(join(folder, 'request'), request);
  const { seed, waitSeconds } = request.options;
  const host = request.host === undefined ? {} : await openListed(room, request.host, surroundings.signal);
  const chosen = { ...host, ...(seed === undefined ? {} : { seed: `${seed}` }) };
  const order = await orderMeasurement(
    { ...files, out: run, dropUnsupported: false, resume: false, ...chosen },
    surroundings,
  );
  const status = await runMeasurement({ ...order, waitSeconds }, surroundings);
  surroundings.stdout.write(`${run}: ${status}\n`);
  if (status === 'interrupted') surroundings.setExitCode(exitCodes.interrupted);
  else if (!hasUsableCell(compareWithCatalogue([await readRun(run)], defaultPolicy))) {
    throw new MeasurementError(`nothing in run ${id} can be compared: no cell has measured samples on both sides`);
  }
}

async function openListed({ inventories }: RunsRoom, { inventory, machine }: ListedMachine, signal: AbortSignal) {
  return { inventory: await loadRootInventory(inventory, inventories, signal), machine };
}

/** Each text as a file that is called as the plan or profile in it, in a folder of its own: the sides may share a name. */
async function writeRequest(folder: string, request: MeasureRequest) {
  const write = async (part: 'plan' | 'baseline' | 'candidate', schema: z.ZodType<{ readonly name: string }>) => {
    const { name } = parseYamlDocument(request[part], part, schema).value;
    const file = join(folder, part, `${name}.yaml`);
    await mkdir(join(folder, part), { recursive: true });
    await writeFile(file, request[part]);
    return file;
  };
  return {
    plan: await write('plan', planSchema),
    baseline: await write('baseline', profileSchema),
    candidate: await write('candidate', profileSchema),
  };
}
