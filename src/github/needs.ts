import * as z from 'zod';
import { ConfigurationError, messageOf } from '../errors.ts';
import { describeProblems } from '../schema-words.ts';

const jobSchema = z.strictObject({
  /** An empty text where a job never came to a result. */
  result: z.enum(['success', 'failure', 'cancelled', 'skipped', '']),
  /** null where a job has none: act writes it so, GitHub an empty object. */
  outputs: z
    .record(z.string(), z.string())
    .nullish()
    .transform((outputs) => outputs ?? {}),
});

/** `toJSON(needs)` of the job that runs the gate. */
const needsSchema = z.record(z.string(), jobSchema);

export type Job = z.infer<typeof jobSchema>;
export type Needs = Readonly<Record<string, Job>>;

/** @throws ConfigurationError when the text is not what `toJSON(needs)` gives */
export function parseNeeds(text: string): Needs {
  const refuse = (found: string, cause?: unknown) =>
    new ConfigurationError(`needs: \${{ toJSON(needs) }} is accepted, found ${found}`, { cause });
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (thrown) {
    throw refuse(`no JSON (${messageOf(thrown).replace(/\s+/g, ' ')})`, thrown);
  }
  const outcome = needsSchema.safeParse(data);
  if (!outcome.success) throw refuse(describeProblems(outcome.error), outcome.error);
  return outcome.data;
}
