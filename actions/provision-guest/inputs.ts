import * as z from 'zod';
import { parseInputs } from '../../src/github/parse-inputs.ts';
import { provisionRequestSchema } from '../../src/hosts/root-requests.schema.ts';

const { guest, attachment } = provisionRequestSchema.shape;

const inputsSchema = z.strictObject({
  'profile-file': z.string().endsWith('.yaml', { error: 'must be the path of a YAML file that ends in .yaml' }),
  guest,
  attachment: attachment.default('bridge'),
});

export type ProvisionInputs = ReturnType<typeof readProvisionInputs>;

export function readProvisionInputs(read: (name: string) => string) {
  const { 'profile-file': profileFile, ...others } = parseInputs(inputsSchema, read);
  return { profileFile, ...others };
}
