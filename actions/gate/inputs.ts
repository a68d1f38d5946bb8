import * as z from 'zod';
import { type Needs, parseNeeds } from '../../src/github/needs.ts';
import { parseInputs } from '../../src/github/parse-inputs.ts';

const inputsSchema = z.strictObject({
  'github-token': z.string(),
  needs: z.string(),
  'head-sha': z
    .string()
    .regex(/^[0-9a-f]{40}$/, { error: 'must be a full commit SHA' })
    .optional(),
});

export interface GateInputs {
  readonly token: string;
  readonly needs: Needs;
  /** Commit whose check is concluded; null: as the plan job or the event says. */
  readonly headSha: string | null;
}

export function readGateInputs(read: (name: string) => string): GateInputs {
  const inputs = parseInputs(inputsSchema, read);
  return { token: inputs['github-token'], needs: parseNeeds(inputs.needs), headSha: inputs['head-sha'] ?? null };
}
