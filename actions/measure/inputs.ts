import * as z from 'zod';
import { noInventory, parseInputs, plainNameInput, wholeNumber } from '../../src/github/parse-inputs.ts';

const inputsSchema = z.strictObject({
  /** Left out: the artifact of the action `plan`. */
  'plan-directory': z.string().optional(),
  comparison: plainNameInput,
  host: plainNameInput,
  inventory: noInventory,
  /** Minutes. */
  'wait-minutes': wholeNumber(0, 1440).default(60),
});

export interface MeasureInputs {
  /** null: the plan directory that this workflow run uploaded. */
  readonly planDirectory: string | null;
  readonly comparison: string;
  readonly host: string;
  /** How long another run on this host may go on until this one begins. */
  readonly waitSeconds: number;
}

export function readMeasureInputs(read: (name: string) => string): MeasureInputs {
  const inputs = parseInputs(inputsSchema, read);
  const { comparison, host } = inputs;
  return {
    planDirectory: inputs['plan-directory'] ?? null,
    comparison,
    host,
    waitSeconds: inputs['wait-minutes'] * 60,
  };
}
