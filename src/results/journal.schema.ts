import * as z from 'zod';
import { resolvedPlanSchema } from '../plans/plan.schema.ts';
import { accelerators, attachments, guestKinds, layers, sides, testNames, topologies } from '../vocabulary.ts';

/** RFC 3339 in UTC. */
const time = z.iso.datetime();
const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()]);

/** Facts are flat: dotted keys such as `kernel.release`, so that two sets are compared key by key. */
export const factsSchema = z.record(z.string(), scalar);
export type Facts = z.infer<typeof factsSchema>;

const parameterValue = z.union([z.string(), z.number(), z.boolean(), z.array(z.union([z.string(), z.number()]))]);

const sideSchema = z.strictObject({
  profile: z.string(),
  /** Of the resolved parameters, so that an edit of a comment changes nothing. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  /** Commit the profile was read at; null when read from the work tree. */
  revision: z.string().nullable(),
  /** Every parameter after `extends`, those of layers that this run does not apply included. */
  parameters: z.record(z.string(), parameterValue),
});

export const runLineSchema = z.strictObject({
  kind: z.literal('run'),
  time,
  schema: z.literal('tunegate.run/1'),
  id: z.string(),
  seed: z.int().min(0),
  plan: resolvedPlanSchema,
  topology: z.enum(topologies),
  /** Digest of the host's machine id, by which it is known again after it was booted; null: it has none. */
  machineId: z.string().nullable().optional(),
  baseline: sideSchema,
  candidate: sideSchema,
  /** Tool name to version: `{"netperf": "2.7.0", "tunegate": "0.1.0"}`. */
  versions: z.record(z.string(), z.string()),
});

export const checkSchema = z.strictObject({
  parameter: z.string(),
  layer: z.enum(layers),
  requested: z.string(),
  /** What the probe read, or why it could not. */
  found: z.string(),
  /** Where it was read. */
  probe: z.string(),
  result: z.enum(['verified', 'mismatch', 'unprobed', 'not-applicable']),
});
export type Check = z.infer<typeof checkSchema>;

/** Written once the guest is up and probed, or once its start has failed (then `readySeconds` and `facts` are null). */
export const deploymentLineSchema = z.strictObject({
  kind: z.literal('deployment'),
  time,
  id: z.string(),
  /** Position in the run, from 1. */
  order: z.int().min(1),
  /** Block of the interleaved order, from 1. */
  block: z.int().min(1),
  side: z.enum(sides),
  host: z.string(),
  guest: z.enum(guestKinds),
  attachment: z.enum(attachments),
  accelerator: z.enum(accelerators).nullable(),
  bootId: z.string(),
  readySeconds: z.number().nullable(),
  facts: z.strictObject({ host: factsSchema, guest: factsSchema, client: factsSchema }).nullable(),
  checks: z.array(checkSchema),
});

const quantity = z.strictObject({ value: z.number(), unit: z.string() });
const quantities = z.strictObject({ values: z.array(z.number()), unit: z.string() });

export const sampleLineSchema = z.strictObject({
  kind: z.literal('sample'),
  time,
  deployment: z.string(),
  test: z.enum(testNames),
  /** Name and version of the measuring tool. */
  tool: z.string(),
  phase: z.enum(['warmup', 'measure']),
  block: z.int().min(1),
  /** Position in the run, from 1. */
  order: z.int().min(1),
  start: time,
  /** Wall time of the tool, monotonic clock. */
  seconds: z.number(),
  argv: z.array(z.string()).min(1),
  status: z.enum(['ok', 'failed']),
  reason: z.string().nullable(),
  /** Base units; empty when failed. `replies` of ping has `values`. */
  metrics: z.record(z.string(), z.union([quantity, quantities])),
  diagnostics: z.record(z.string(), scalar),
});

export const deploymentEndLineSchema = z.strictObject({
  kind: z.literal('deployment-end'),
  time,
  id: z.string(),
  status: z.enum(['ok', 'failed']),
  reason: z.string().nullable(),
});

export const resumeLineSchema = z.strictObject({ kind: z.literal('resume'), time, reason: z.string() });

export const runEndLineSchema = z.strictObject({
  kind: z.literal('run-end'),
  time,
  status: z.enum(['complete', 'partial', 'interrupted']),
  reason: z.string().nullable(),
});

/** One line of `run.jsonl` (design, section 4.1). */
export const journalLineSchema = z.discriminatedUnion('kind', [
  runLineSchema,
  deploymentLineSchema,
  sampleLineSchema,
  deploymentEndLineSchema,
  resumeLineSchema,
  runEndLineSchema,
]);

export type RunLine = z.infer<typeof runLineSchema>;
export type DeploymentLine = z.infer<typeof deploymentLineSchema>;
export type SampleLine = z.infer<typeof sampleLineSchema>;
export type DeploymentEndLine = z.infer<typeof deploymentEndLineSchema>;
export type RunEndLine = z.infer<typeof runEndLineSchema>;
export type JournalLine = z.infer<typeof journalLineSchema>;

/** A run as read back: the lines sorted by kind, in file order. */
export interface Run {
  readonly header: RunLine;
  readonly deployments: readonly DeploymentLine[];
  readonly samples: readonly SampleLine[];
  readonly deploymentEnds: readonly DeploymentEndLine[];
  /** For each time the run was resumed, how many deployments the journal had by then. */
  readonly resumedAfter: readonly number[];
  /** The last one, if nothing was resumed after it. null: the run was killed before it could write its last line. */
  readonly end: RunEndLine | null;
  /** What the reader had to recover from, one sentence each. */
  readonly warnings: readonly string[];
}
