import * as z from 'zod';
import { machineName } from '../plans/inventory.schema.ts';
import { attachments, testNames } from '../vocabulary.ts';

/** What `tunegate-root` can be asked to do; each wants the id of a run. `hold` is for the program itself. */
export const rootVerbs = ['measure', 'prepare', 'provision', 'hold', 'benchmark', 'stop', 'remove', 'forget'] as const;
export type RootVerb = (typeof rootVerbs)[number];

/** Id of a run of the privileged program: becomes the name of a folder, so nothing else may stand in it. */
export const rootIdSchema = z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/);

/** Bytes of the document on standard input. */
export const largestDocument = 1024 * 1024;

/** A plan or a profile as YAML; as long as a file of that kind may be. NUL has no place in a text. */
const yamlText = z
  .string()
  .min(1)
  .max(256 * 1024)
  .regex(/^[^\0]*$/);

/**
 * A machine of an inventory that root keeps on the machine of the runner, `/etc/tunegate/INVENTORY.yaml`: both are names,
 * so that no file of a workspace can say which machine is meant, how it is reached and what programs switch its power.
 */
const listedMachine = z.strictObject({ inventory: machineName, machine: machineName });

/** Standard input of `measure`: what `tunegate measure` reads from three files. */
export const measureRequestSchema = z.strictObject({
  schema: z.literal('tunegate.measure/1'),
  plan: yamlText,
  /** Profiles without `extends`. */
  baseline: yamlText,
  candidate: yamlText,
  /** The host to measure; left out, the machine that the program runs on. */
  host: listedMachine.optional(),
  options: z.strictObject({
    /** Of the order; left out, the usual one. */
    seed: z.int().min(0).optional(),
    /** How long another run may go on until this one begins, seconds. */
    waitSeconds: z.int().min(0).max(86_400).default(0),
  }),
});

/** Layers of a profile that `prepare` brings a host to; the others belong to a run, or to a guest. */
export const preparedLayers = ['host-boot', 'host'] as const;

/** Standard input of `prepare`: a host in the state that a profile asks for, until `remove`. */
export const prepareRequestSchema = z.strictObject({
  schema: z.literal('tunegate.prepare/1'),
  /** Without `extends`. */
  profile: yamlText,
  layers: z
    .array(z.enum(preparedLayers))
    .min(1)
    .refine((names) => new Set(names).size === names.length, { error: 'names the same layer twice' }),
  /** As in `measure`. */
  host: listedMachine.optional(),
});

/** Standard input of `provision`: one guest that runs until `remove`. A bare guest is none. */
export const provisionRequestSchema = z.strictObject({
  schema: z.literal('tunegate.provision/1'),
  profile: yamlText,
  guest: z.enum(['docker', 'qemu']),
  attachment: z.enum(attachments),
});

/** Standard input of `benchmark`. */
export const benchmarkRequestSchema = z.strictObject({
  schema: z.literal('tunegate.benchmark/1'),
  /** Id with which the guest was provisioned. */
  guest: rootIdSchema,
  tests: z
    .array(z.enum(testNames))
    .min(1)
    .refine((tests) => new Set(tests).size === tests.length, { error: 'names the same test twice' }),
  samples: z.int().min(1).max(1000),
  /** Of one sample. */
  seconds: z.int().min(1).max(3600),
});

export type MeasureRequest = z.infer<typeof measureRequestSchema>;
export type PrepareRequest = z.infer<typeof prepareRequestSchema>;
export type ListedMachine = z.infer<typeof listedMachine>;
export type ProvisionRequest = z.infer<typeof provisionRequestSchema>;
export type BenchmarkRequest = z.infer<typeof benchmarkRequestSchema>;
