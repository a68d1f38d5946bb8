import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'yaml';

interface ShortPlan {
  readonly guests: readonly string[];
  readonly tests: readonly string[];
  readonly deployments: number;
  readonly seconds?: number;
}

/** Writes a short plan on the bridge, one sample a test, of one second unless it says otherwise; returns its path. */
export async function writePlan(
  folder: string,
  { guests, tests, deployments, seconds = 1 }: ShortPlan,
): Promise<string> {
  const name = `soak-${guests.join('-')}`;
  const plan = { name, description: 'For a soak.', layers: ['guest'], guests, attachments: ['bridge'], tests };
  const file = join(folder, `${name}.yaml`);
  await writeFile(file, stringify({ ...plan, deployments, samples: 1, seconds }));
  return file;
}
