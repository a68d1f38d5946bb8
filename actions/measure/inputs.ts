import * as z from 'zod';
import { inventoryInput, parseInputs, plainNameInput, wholeNumber } from '../../src/github/parse-inputs.ts';

const inputsSchema = z.strictObject({
  /** Left out: the artifact of the action `plan`. */
  'plan-directory': z.string().optional(),
  comparison: plainNameInput,
  host: plainNameInput,
  inventory: inventoryInput,
  /** Minutes. */
  'wait-minutes': wholeNumber(0, 1440).default(60),
});

export interface MeasureInputs {
  /** null: the plan directory that this workflow run uploaded. */
  readonly planDirectory: string | null;
  readonly comparison: string;
  readonly host: string;
  /** Name of an inventory that root keeps here, in which the host is; null: the machine of the runner is measured. */
  readonly inventory: string | null;
  /** How long another run on this host may go on until this one begins. */
  readonly waitSeconds: number;
}

export function readMeasureInputs(read: (name: string) => string): MeasureInputs {
  const inputs = parseInputs(inputsSchema, read);
  const { comparison, host, inventory = null } = inputs;
  return {
    planDirectory: inputs['plan-directory'] ?? null,
    comparison,
    host,
    inventory,
    waitSeconds: inputs['wait-minutes'] * 60,
  };
}
