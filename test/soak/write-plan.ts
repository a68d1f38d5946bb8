import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'yaml';
import type { Plan } from '../../src/plans/plan.schema.ts';

/** Writes a short plan on the bridge, one sample of one second a test; returns its path. */
export async function writePlan(
  folder: string,
  { guests, tests, deployments }: Pick<Plan, 'deployments'> & { guests: readonly string[]; tests: readonly string[] },
): Promise<string> {
  const name = `soak-${guests.join('-')}`;
  const plan = { name, description: 'For a soak.', layers: ['guest'], guests, attachments: ['bridge'], tests };
  const file = join(folder, `${name}.yaml`);
  await writeFile(file, stringify({ ...plan, deployments, samples: 1, seconds: 1 }));
  return file;
}
