import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ProvisionRequest } from '../../src/hosts/root-requests.schema.ts';
import { profileSchema } from '../../src/profiles/profile.schema.ts';
import type { TestName } from '../../src/vocabulary.ts';
import { parseYamlDocument } from '../../src/yaml-document.ts';
import type { MeasurementOrder } from '../measurement-order.ts';
import { orderMeasurement } from '../order-measurement.ts';
import type { Surroundings } from '../surroundings.ts';

/** What one guest is measured with. */
export interface SingleGuestWork {
  readonly tests: readonly TestName[];
  readonly samples: number;
  readonly seconds: number;
}

/** Enough to check whether this machine can start and reach the guest. */
export const noWork: SingleGuestWork = { tests: ['tcp_rr'], samples: 1, seconds: 1 };

/**
 * One guest of one profile as an order: a plan of one fresh start, with the profile on both sides. So it is checked
 * like every other measurement, before anything is started.
 */
export async function orderSingleGuest(
  folder: string,
  { profile, guest, attachment }: ProvisionRequest,
  { tests, samples, seconds }: SingleGuestWork,
  surroundings: Surroundings,
): Promise<MeasurementOrder> {
  const { name } = parseYamlDocument(profile, 'profile', profileSchema).value;
  const files = {
    plan: join(folder, 'request', 'single-guest.yaml'),
    profile: join(folder, 'request', `${name}.yaml`),
  };
  await mkdir(join(folder, 'request'), { recursive: true });
  await writeFile(files.profile, profile);
  const plan = {
    name: 'single-guest',
    description: 'One guest that runs until it is removed.',
    layers: ['guest'],
    guests: [guest],
    attachments: [attachment],
    ...{ tests, deployments: 1, samples, seconds },
  };
  await writeFile(files.plan, JSON.stringify(plan));
  return orderMeasurement(
    {
      ...{ plan: files.plan, baseline: files.profile, candidate: files.profile },
      ...{ out: join(folder, 'run'), dropUnsupported: false, resume: false },
    },
    surroundings,
  );
}
