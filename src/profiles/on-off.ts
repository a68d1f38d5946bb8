import * as z from 'zod';

/** A switch as people write it in YAML, where `on` is a text and `true` is not; yields a boolean. */
export const onOff: z.ZodType<boolean> = z.union([
  z.boolean(),
  z.enum(['on', 'off']).transform((text) => text === 'on'),
]);

export const acceptedOnOff = 'on or off, or true or false';
