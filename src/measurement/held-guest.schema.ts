import * as z from 'zod';
import { deploymentSchema } from '../guests/deployment.schema.ts';
import { factsSchema } from '../results/journal.schema.ts';
import { accelerators } from '../vocabulary.ts';

/** A guest that runs until it is removed, as whoever holds it tells whoever measures it. */
export const heldGuestSchema = z.strictObject({
  schema: z.literal('tunegate.held/1'),
  deployment: deploymentSchema,
  dataPort: z.int().optional(),
  accelerator: z.enum(accelerators).nullable(),
  /** From the start of the guest until its control port answered. */
  readySeconds: z.number(),
  watched: z.strictObject({ network: z.int().nullable(), threads: z.int().nullable() }).nullable(),
  /** Read inside the guest when it had started. */
  facts: factsSchema,
  /** Versions that only a prepared machine tells. */
  versions: z.record(z.string(), z.string()),
});

export type HeldGuest = z.infer<typeof heldGuestSchema>;
