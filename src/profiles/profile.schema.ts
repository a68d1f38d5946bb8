import * as z from 'zod';

export const parameterValueSchema = z.union([
  z.string(),
  z.number(),
  z.boolean(),
  z.array(z.union([z.string(), z.number()])),
]);
export type ParameterValue = z.infer<typeof parameterValueSchema>;

/** Names become file names, so nothing else may stand in them. */
const name = z
  .string()
  .max(100)
  .regex(/^[a-z0-9][a-z0-9-]*$/, { error: 'must be lower-case words joined by hyphens' });

/** A profile as a person writes it: `runner-setup/profiles/NAME.yaml`. Values are checked against the catalogue. */
export const profileSchema = z.strictObject({
  /** The profile's name; equals the file's. */
  name,
  /** One sentence: what the profile is for. */
  description: z.string().min(1).optional(),
  /** Profile whose parameters this one starts from. */
  extends: name.optional(),
  /** A new profile is compared with this one instead of `stock`. */
  compareTo: name.optional(),
  /** Parameter name to value; `null` takes back what `extends` brought. */
  parameters: z.record(z.string(), parameterValueSchema.nullable()).default({}),
});

export type ProfileDocument = z.infer<typeof profileSchema>;

/** A profile with `extends` worked in and every value checked; keys sorted. */
export interface Profile {
  readonly name: string;
  readonly description: string | null;
  readonly compareTo: string | null;
  readonly parameters: Readonly<Record<string, ParameterValue>>;
  /** SHA-256 of the sorted parameters as JSON: an edit of a comment changes nothing. */
  readonly sha256: string;
}
