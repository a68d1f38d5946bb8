import * as z from 'zod';
import { noInventory, parseInputs, plainNameInput } from '../../src/github/parse-inputs.ts';
import { sides } from '../../src/vocabulary.ts';

const inputsSchema = z.strictObject({
  /** Left out: the artifact of the action `plan`. */
  'plan-directory': z.string().optional(),
  side: z.enum(sides),
  host: plainNameInput,
  inventory: noInventory,
});

export type PrepareInputs = ReturnType<typeof readPrepareInputs>;

export function readPrepareInputs(read: (name: string) => string) {
  const { 'plan-directory': planDirectory = null, side, host } = parseInputs(inputsSchema, read);
  return { planDirectory, side, host };
}
