import * as z from 'zod';
import { parseInputs, wholeNumber } from '../../src/github/parse-inputs.ts';
import { benchmarkRequestSchema } from '../../src/hosts/root-requests.schema.ts';

const inputsSchema = z.strictObject({
  'deployment-file': z.string(),
  tests: z
    .string()
    .default('tcp_stream, tcp_rr, udp_stream, udp_rr')
    .transform((text) => text.split(/[\s,]+/).filter(Boolean))
    .pipe(benchmarkRequestSchema.shape.tests),
  samples: wholeNumber(1, 1000).default(3),
  /** Of one sample. */
  seconds: wholeNumber(1, 3600).default(2),
});

export type BenchmarkInputs = ReturnType<typeof readBenchmarkInputs>;

export function readBenchmarkInputs(read: (name: string) => string) {
  const { 'deployment-file': deploymentFile, ...work } = parseInputs(inputsSchema, read);
  return { deploymentFile, work };
}
