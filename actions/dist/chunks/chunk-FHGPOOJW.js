import { createRequire as createRequireOfBundle } from 'node:module'; const require = createRequireOfBundle(import.meta.url);
import {
  resolvedPlanSchema
} from "./chunk-UJNIHLDN.js";
import {
  accelerators,
  attachments,
  guestKinds,
  layers,
  sides,
  testNames,
  topologies
} from "./chunk-E4HQEAUX.js";
import {
  _enum,
  _null,
  array,
  boolean,
  discriminatedUnion,
  int,
  iso_exports,
  literal,
  number,
  record,
  strictObject,
  string,
  union
} from "./chunk-5MN45FIB.js";

// src/results/journal.schema.ts
var time = iso_exports.datetime();
var scalar = union([string(), number(), boolean(), _null()]);
var factsSchema = record(string(), scalar);
var parameterValue = union([string(), number(), boolean(), array(union([string(), number()]))]);
var sideSchema = strictObject({
  profile: string(),
  /** Of the resolved parameters, so that an edit of a comment changes nothing. */
  sha256: string().regex(/^[0-9a-f]{64}$/),
  /** Commit the profile was read at; null when read from the work tree. */
  revision: string().nullable(),
  /** Every parameter after `extends`, those of layers that this run does not apply included. */
  parameters: record(string(), parameterValue)
});
var runLineSchema = strictObject({
  kind: literal("run"),
  time,
  schema: literal("tunegate.run/1"),
  id: string(),
  seed: int().min(0),
  plan: resolvedPlanSchema,
  topology: _enum(topologies),
  baseline: sideSchema,
  candidate: sideSchema,
  /** Tool name to version: `{"netperf": "2.7.0", "tunegate": "0.1.0"}`. */
  versions: record(string(), string())
});
var checkSchema = strictObject({
  parameter: string(),
  layer: _enum(layers),
  requested: string(),
  /** What the probe read, or why it could not. */
  found: string(),
  /** Where it was read. */
  probe: string(),
  result: _enum(["verified", "mismatch", "unprobed", "not-applicable"])
});
var deploymentLineSchema = strictObject({
  kind: literal("deployment"),
  time,
  id: string(),
  /** Position in the run, from 1. */
  order: int().min(1),
  /** Block of the interleaved order, from 1. */
  block: int().min(1),
  side: _enum(sides),
  host: string(),
  guest: _enum(guestKinds),
  attachment: _enum(attachments),
  accelerator: _enum(accelerators).nullable(),
  bootId: string(),
  readySeconds: number().nullable(),
  facts: strictObject({ host: factsSchema, guest: factsSchema, client: factsSchema }).nullable(),
  checks: array(checkSchema)
});
var quantity = strictObject({ value: number(), unit: string() });
var quantities = strictObject({ values: array(number()), unit: string() });
var sampleLineSchema = strictObject({
  kind: literal("sample"),
  time,
  deployment: string(),
  test: _enum(testNames),
  /** Name and version of the measuring tool. */
  tool: string(),
  phase: _enum(["warmup", "measure"]),
  block: int().min(1),
  /** Position in the run, from 1. */
  order: int().min(1),
  start: time,
  /** Wall time of the tool, monotonic clock. */
  seconds: number(),
  argv: array(string()).min(1),
  status: _enum(["ok", "failed"]),
  reason: string().nullable(),
  /** Base units; empty when failed. `replies` of ping has `values`. */
  metrics: record(string(), union([quantity, quantities])),
  diagnostics: record(string(), scalar)
});
var deploymentEndLineSchema = strictObject({
  kind: literal("deployment-end"),
  time,
  id: string(),
  status: _enum(["ok", "failed"]),
  reason: string().nullable()
});
var resumeLineSchema = strictObject({ kind: literal("resume"), time, reason: string() });
var runEndLineSchema = strictObject({
  kind: literal("run-end"),
  time,
  status: _enum(["complete", "partial", "interrupted"]),
  reason: string().nullable()
});
var journalLineSchema = discriminatedUnion("kind", [
  runLineSchema,
  deploymentLineSchema,
  sampleLineSchema,
  deploymentEndLineSchema,
  resumeLineSchema,
  runEndLineSchema
]);

export {
  checkSchema,
  journalLineSchema
};
