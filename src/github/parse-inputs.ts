import * as z from 'zod';
import { ConfigurationError } from '../errors.ts';
import { machineName } from '../plans/inventory.schema.ts';
import { describeProblems } from '../schema-words.ts';

/**
 * The inputs of an action, by the names of the schema's fields. GitHub gives an empty text for what is absent; it comes
 * to the schema as undefined. Throws `ConfigurationError` that names every input which is not accepted.
 *
 * @param read `getInput` of the toolkit
 */
export function parseInputs<Shape extends z.ZodRawShape>(
  schema: z.ZodObject<Shape>,
  read: (name: string) => string,
): z.output<z.ZodObject<Shape>> {
  const entries = Object.keys(schema.shape).map((name) => [name, read(name)] as const);
  const outcome = schema.safeParse(Object.fromEntries(entries.filter(([, text]) => text !== '')));
  if (outcome.success) return outcome.data;
  throw new ConfigurationError(`the inputs of the action are not accepted: ${describeProblems(outcome.error)}`);
}

/** A whole number written with digits only. */
export function wholeNumber(least: number, most: number) {
  const accepted = `must be a whole number from ${least} to ${most}`;
  return z
    .string()
    .regex(/^\d{1,9}$/, { error: accepted })
    .transform(Number)
    .refine((number) => number >= least && number <= most, { error: accepted });
}

/** Name of a host, a comparison or a file without a path. */
export const plainNameInput = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, {
  error: 'must be 1 to 64 letters, digits, dots, hyphens or underscores',
});

/** Name of the branch that holds the recorded nights. */
export const historyBranchInput = z
  .string()
  .max(100)
  .regex(/^[A-Za-z0-9][\w-]*([./][\w-]+)*$/, { error: 'must be the name of a branch' })
  .default('tunegate-history');

/**
 * Name of an inventory that root keeps on the machine of the runner, `/etc/tunegate/NAME.yaml`: never a path, so that
 * no file of a workspace says how a host is reached. Left out: the host is the machine of the runner.
 */
export const inventoryInput = machineName.optional();
