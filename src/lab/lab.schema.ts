import * as z from 'zod';
import { labHostNames } from './lab.ts';

/** What a running lab was made from; written when its hosts may be started, so that each can be started again. */
export const labSchema = z.strictObject({
  schema: z.literal('tunegate.lab/1'),
  /** Folder of its QEMU. */
  qemu: z.string(),
  /** Public key of each host, `TYPE BASE64`. */
  hostKeys: z.record(z.enum(labHostNames), z.string()),
});

export type LabDocument = z.infer<typeof labSchema>;
