import * as z from 'zod';

/** The state of a machine as far as it can move figures: `tunegate.fingerprint/1`. */
export const fingerprintSchema = z.strictObject({
  schema: z.literal('tunegate.fingerprint/1'),
  machine: z.string().min(1),
  /** By name, or by the path of the file that was read; sorted. Nothing that moves by itself is among them. */
  facts: z.record(z.string(), z.string()),
});

export type Fingerprint = z.infer<typeof fingerprintSchema>;
