import { stringify } from 'yaml';
import type { Profile, ProfileDocument } from '../profiles/profile.schema.ts';
import type { Plan } from './plan.schema.ts';

/** Lists on one line each and no folding, so that a person can read and compare the files. */
const style = { lineWidth: 0, collectionStyle: 'any', aliasDuplicateObjects: false } as const;

/** `plan.yaml` of a plan directory; `parsePlan` reads the same plan from it. */
export function renderPlanFile(plan: Plan): string {
  return stringify(plan, style);
}

/** `baseline.yaml` or `candidate.yaml`: everything that `extends` brought is worked in, so the file stands alone. */
export function renderProfileFile({ name, description, parameters }: Profile): string {
  const document: ProfileDocument = {
    name,
    ...(description === null ? {} : { description }),
    parameters: { ...parameters },
  };
  return stringify(document, style);
}
