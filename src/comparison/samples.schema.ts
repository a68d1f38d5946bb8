import * as z from 'zod';
import { historySchema } from './policy.schema.ts';

/** Values are looked at one by one by `parseSamples`: a schema would take seconds for a million of them. */
const values = z.unknown();

const entrySchema = z.strictObject({
  /** Entries of a side with the same deployment belong to one deployment. */
  deployment: z.string().min(1),
  /** Matched across the sides by number; the observation `block` needs it. */
  block: z.int().min(0).optional(),
  /** Position in time among all entries of the cell; without it the order within a side is that of the list. */
  order: z.int().min(0).optional(),
  /** Samples that were tried and gave no value. */
  failed: z.int().min(0).optional(),
  /** Finite numbers in the metric's unit, in the order of measuring. */
  values,
});

/** `tunegate.samples/1`: any data to compare (design, section 4.2). */
export const samplesSchema = z.strictObject({
  schema: z.literal('tunegate.samples/1'),
  cells: z
    .array(
      z.strictObject({
        /** Unique in the file. */
        id: z.string().min(1),
        role: z.enum(['primary', 'secondary']).default('primary'),
        metric: z.strictObject({
          name: z.string().min(1),
          unit: z.string(),
          better: z.enum(['higher', 'lower']),
        }),
        /** What counts as one independent observation. */
        observation: z.enum(['deployment', 'block', 'sample']).default('deployment'),
        baseline: z.array(entrySchema),
        candidate: z.array(entrySchema),
        /** What is known of the cell from before, as in a policy. */
        history: historySchema.optional(),
      }),
    )
    .min(1),
});
