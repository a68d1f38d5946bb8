import * as z from 'zod';
import { parameterValueSchema } from '../../profiles/profile.schema.ts';

const path = z.string().startsWith('/');

const actionSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('write'), path, text: z.string() }),
  z.strictObject({ kind: z.literal('run'), program: z.string().min(1), args: z.array(z.string()).readonly() }),
]);

/** What one parameter changes on the host. */
const changeSchema = z.strictObject({
  parameter: z.string(),
  value: parameterValueSchema,
  /** What leads back from any point of its application. */
  restore: z.array(actionSchema).min(1).readonly(),
  /** What the files it writes held before; null: there was none, so what is there later was made by it. */
  before: z.record(path, z.string().nullable()),
  /** What they held once everything was applied; null: that point was not reached, or not seen. */
  after: z.record(path, z.string().nullable()).nullable(),
  /** What its probe found before, and whether it found what was asked for once everything was applied. */
  probe: z.strictObject({ before: z.string(), verified: z.boolean() }),
});

/** What has been changed on a host and not been put back: `FOLDER/treatment.json`, written before the first change. */
export const treatmentStateSchema = z.strictObject({
  schema: z.literal('tunegate.treatment/1'),
  profile: z.strictObject({ name: z.string(), sha256: z.string() }),
  /** The run that applied it; null: a person did, and whoever wants it otherwise asks that person. */
  run: z.string().nullable(),
  /** RFC 3339, UTC. */
  appliedAt: z.iso.datetime(),
  /** After another boot nothing of it is in force any more. */
  bootId: z.string().min(1),
  /** What the parameters were told of the host, to ask their probes again. */
  place: z.strictObject({
    cpus: z.array(z.int()).readonly(),
    nic: z.strictObject({ name: z.string(), namespace: z.string().nullable() }).nullable(),
    dockerSocket: z.string().nullable(),
  }),
  /** In the order in which they are applied. */
  changes: z.array(changeSchema).readonly(),
});

export type TreatmentState = z.infer<typeof treatmentStateSchema>;
export type TreatmentChange = TreatmentState['changes'][number];
