import type * as z from 'zod';
import { describeProblems } from '../schema-words.ts';

/**
 * What of an answer of the API we use. An answer that breaks off arrives as a text or as nothing, without any error, so
 * nothing of it is used unseen. Throws an error that names `what` was asked for.
 */
export function parseAnswer<Schema extends z.ZodType>(schema: Schema, data: unknown, what: string): z.output<Schema> {
  const outcome = schema.safeParse(data);
  if (outcome.success) return outcome.data;
  const finding = describeProblems(outcome.error);
  throw new Error(`GitHub's answer about ${what} is not what it should be: ${finding.slice(0, 300)}`, {
    cause: outcome.error,
  });
}
