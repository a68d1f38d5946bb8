import * as z from 'zod';
import { inventoryInput, parseInputs, plainNameInput } from '../../src/github/parse-inputs.ts';
import { sides } from '../../src/vocabulary.ts';

const inputsSchema = z.strictObject({
  /** Left out: the artifact of the action `plan`. */
  'plan-directory': z.string().optional(),
  side: z.enum(sides),
  host: plainNameInput,
  /** Needed where the plan directory has several that ask something of the host. */
  comparison: plainNameInput.optional(),
  inventory: inventoryInput,
});

export type PrepareInputs = ReturnType<typeof readPrepareInputs>;

export function readPrepareInputs(read: (name: string) => string) {
  const inputs = parseInputs(inputsSchema, read);
  const { 'plan-directory': planDirectory = null, side, host, comparison = null, inventory = null } = inputs;
  return { planDirectory, side, host, comparison, inventory };
}
