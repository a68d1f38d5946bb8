import * as z from 'zod';
import { noInventory, parseInputs, plainNameInput, wholeNumber } from '../../src/github/parse-inputs.ts';

const inputsSchema = z.strictObject({
  'plan-directory': z.string(),
  comparison: plainNameInput,
  host: plainNameInput,
  inventory: noInventory,
  /** Minutes. */
  'wait-minutes': wholeNumber(0, 1440).default(60),
});

export interface MeasureInputs {
  readonly planDirectory: string;
  readonly comparison: string;
  readonly host: string;
  /** How long another run on this host may go on until this one begins. */
  readonly waitSeconds: number;
}

export function readMeasureInputs(read: (name: string) => string): MeasureInputs {
  const inputs = parseInputs(inputsSchema, read);
  const { comparison, host } = inputs;
  return { planDirectory: inputs['plan-directory'], comparison, host, waitSeconds: inputs['wait-minutes'] * 60 };
}
