import * as z from 'zod';

/**
 * What of an answer of the API we use. An answer that breaks off arrives as a text or as nothing, without any error, so
 * nothing of it is used unseen. Throws an error that names `what` was asked for.
 */
export function parseAnswer<Schema extends z.ZodType>(schema: Schema, data: unknown, what: string): z.output<Schema> {
  const outcome = schema.safeParse(data);
  if (outcome.success) return outcome.data;
  const finding = z.prettifyError(outcome.error).replace(/\s*\n\s*/g, ' ');
  throw new Error(`GitHub's answer about ${what} is not what it should be: ${finding.slice(0, 300)}`, {
    cause: outcome.error,
  });
}
